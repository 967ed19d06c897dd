// What a token may do, so that the shell offers nothing that the service would refuse.

export interface Abilities {
  /** Any metadata at all: PATCH takes either of the update scopes. */
  readonly canUpdate: boolean;
  readonly canCreate: boolean;
}

/** `scopes` undefined means unknown, as with an opaque token: everything is offered and the service decides. */
export function abilitiesOf(scopes: ReadonlySet<string> | undefined): Abilities {
  const may = (scope: string) => scopes?.has(scope) ?? true;
  return {
    canUpdate: may('update:users') || may('update:users_app_metadata'),
    canCreate: may('create:users'),
  };
}
