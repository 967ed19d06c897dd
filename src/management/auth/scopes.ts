// Tells what a token may do, so that nothing is offered that the service would refuse.
import { ManagementError } from '../errors';

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

/** Whether anything can be changed at all. */
export function canWrite(scopes: ReadonlySet<string> | undefined): boolean {
  const { canUpdate, canCreate } = abilitiesOf(scopes);
  return canUpdate || canCreate;
}

/** What a message names: the one scope that allows it, or the usual one of two. */
export const SCOPE_FOR: Readonly<Record<keyof Abilities, string>> = {
  canUpdate: 'update:users',
  canCreate: 'create:users',
};

/** The service's refusal for lack of the scope, where the token is known to lack it. Nothing was sent. */
export function lackingScope(ability: keyof Abilities): ManagementError {
  const scope = SCOPE_FOR[ability];
  const serviceMessage = `Insufficient scope, expected any of: ${scope}`;
  return new ManagementError(`lacks ${scope}`, {
    kind: 'forbidden',
    outcome: 'notSent',
    serviceMessage,
    isAuth0s: true,
  });
}

/**
 * All `wanted` scopes, those in front that are missing. Any one of `needed` is enough for what was refused: of these, the
 * wanted ones count, else all.
 *
 * @param granted undefined if unknown
 */
export function scopesToAskFor(
  wanted: readonly string[],
  granted: ReadonlySet<string> | undefined,
  needed: readonly string[] = [],
): readonly string[] {
  const usual = needed.filter(scope => wanted.includes(scope));
  const missing = wanted.filter(scope => granted?.has(scope) === false);
  return [...new Set([...(usual.length > 0 ? usual : needed), ...missing, ...wanted])];
}
