// What a token may do, so that the shell offers nothing that the service would refuse.

export interface Abilities {
  readonly canList: boolean;
  /** Any metadata at all: PATCH takes either of the update scopes. */
  readonly canUpdate: boolean;
  /** False with `update:users_app_metadata` alone, which covers `app_metadata` only. */
  readonly canUpdateUserMetadata: boolean;
  readonly canCreate: boolean;
  readonly canReadConnections: boolean;
}

/** `scopes` undefined means unknown, as with an opaque token: everything is offered and the service decides. */
export function abilitiesOf(scopes: ReadonlySet<string> | undefined): Abilities {
  const may = (scope: string) => scopes?.has(scope) ?? true;
  return {
    canList: may('read:users'),
    canUpdate: may('update:users') || may('update:users_app_metadata'),
    canUpdateUserMetadata: may('update:users'),
    canCreate: may('create:users'),
    canReadConnections: may('read:connections'),
  };
}
