// The requests of a save: what the token is known not to allow is said before anything is asked or sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScopes } from '../../../src/management/auth/token';
import type { ManagementClient } from '../../../src/management/client';
import { ManagementError } from '../../../src/management/errors';
import { ofUser } from '../../../src/management/resourceId';
import { userResource } from '../../../src/saving/resource';
import { user } from '../../support/json';
import { tenantDomain, userId } from '../../support/management';
import { profileOf } from '../../support/userResource';

for (const [scopes, may] of [
  [undefined, true],
  ['read:users update:users', true],
  ['read:users update:users_app_metadata', true],
  ['read:users create:users', false],
] as const) {
  test(`a save whose token turns out, with its read, to allow: ${scopes ?? 'nobody knows what'}`, async () => {
    let known: string | undefined;
    const client: Partial<ManagementClient> = {
      ready: async () => ({}) as never,
      getUser: async () => {
        // As where the token was renewed for this request.
        known = scopes;
        return profileOf(user('{}'));
      },
    };
    const clients = {
      client: async () => client as ManagementClient,
      knownClaims: () => (known === undefined ? undefined : { scopes: parseScopes(known), expiresAtMs: undefined }),
    };
    const id = ofUser(tenantDomain('acme.eu.auth0.com'), userId('auth0|1'));
    const read = (await userResource(id, clients, () => undefined).begin()).get();
    if (may) await read;
    else await assert.rejects(read, error => ManagementError.is(error, 'forbidden') && error.outcome === 'notSent');
  });
}
