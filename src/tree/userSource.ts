// Reads the tree's users through the client of their tenant. Each request is shown and can be cancelled.
import type { ManagementClient } from '../management/client';
import { fetchUsers } from '../management/listing/fetchUsers';
import type { TenantDomain } from '../management/tenant';
import { settings } from '../shell/settings';
import type { UserSource } from './model/treeModel';
import type { RequestRunner, TenantClients } from './sources';

export function userSource(access: Pick<TenantClients, 'client'>, requests: RequestRunner): UserSource {
  /** Makes one request. Both `signal` and the user can abort it. */
  const ask = <T>(
    tenant: TenantDomain,
    signal: AbortSignal,
    task: (client: ManagementClient, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => requests.run(async either => task(await access.client(tenant), either), signal);
  return {
    pageSize: settings.pageSize,
    page: (tenant, request, signal) => ask(tenant, signal, (client, either) => fetchUsers(client, request, either)),
    profile: (tenant, userId, signal) => ask(tenant, signal, (client, either) => client.getUser(userId, either)),
  };
}
