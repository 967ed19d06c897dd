// Tells what a token may do, so that nothing is offered that the service would refuse.

export interface Abilities {
  readonly canList: boolean;
  /** Whether any metadata can be updated: PATCH accepts either of the update scopes. */
  readonly canUpdate: boolean;
  /** False with `update:users_app_metadata` alone, which covers `app_metadata` only. */
  readonly canUpdateUserMetadata: boolean;
  readonly canCreate: boolean;
  readonly canReadConnections: boolean;
}

/** Undefined `scopes` are unknown, as with an opaque token: then everything is offered, and the service decides. */
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
