// Tells what a token may do, so that nothing is offered that the service would refuse.

export interface Abilities {
  /** Whether any metadata can be updated: PATCH accepts either of the update scopes. */
  readonly canUpdate: boolean;
  readonly canCreate: boolean;
}

/** Undefined `scopes` are unknown, as with an opaque token: then everything is offered, and the service decides. */
export function abilitiesOf(scopes: ReadonlySet<string> | undefined): Abilities {
  const may = (scope: string) => scopes?.has(scope) ?? true;
  return {
    canUpdate: may('update:users') || may('update:users_app_metadata'),
    canCreate: may('create:users'),
  };
}
