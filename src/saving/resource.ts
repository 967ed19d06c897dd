// Reads and saves a user of a tenant. A save is bound to one sign-in. Independent of VS Code.

import { abilitiesOf, lackingScope } from '../management/auth/scopes';
import { signedInAnew } from '../management/errors';
import type { ResourceId } from '../management/resourceId';
import type { UserProfile } from '../management/resources/users';
import type { Clients } from './clients';
import type { UserResource } from './save';

/**
 * @param received called with each profile; `isCurrent` if no request that changes the user can have overtaken or
 *   returned it
 */
export function userResource(
  { tenant, id }: ResourceId,
  clients: Pick<Clients, 'client' | 'knownClaims'>,
  received: (profile: UserProfile, isCurrent: boolean) => void,
): UserResource {
  const noted = async (request: Promise<UserProfile>, isCurrent = false): Promise<UserProfile> => {
    const profile = await request;
    received(profile, isCurrent);
    return profile;
  };
  return {
    get: async signal => noted((await clients.client(tenant)).getUser(id, signal)),
    async begin(signal, correlationId) {
      const client = await clients.client(tenant);
      const ready = await client.ready(2, signal);
      return {
        async get(signal) {
          const profile = await noted(client.getUser(id, signal, ready), true);
          // The token is known now, and may have been renewed with less: nothing is asked that would be refused.
          if (!abilitiesOf(clients.knownClaims(tenant)?.scopes).canUpdate) throw lackingScope('canUpdate');
          return profile;
        },
        async patch(body, signal) {
          // Another client means a new sign-in. The plan was not made with it, and getting the client took time.
          if ((await clients.client(tenant)) !== client) throw signedInAnew('PATCH');
          return noted(client.patchUser(id, body, signal, { ready, correlationId }));
        },
      };
    },
  };
}
