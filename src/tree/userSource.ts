// Where the tree's users come from: the client of their tenant, each request as one of a gesture.
import type { ManagementClient } from '../management/client';
import { fetchUsers } from '../management/listing/fetchUsers';
import type { TenantDomain } from '../management/tenant';
import { settings } from '../shell/settings';
import type { UserSource } from './model/treeModel';
import type { RequestRunner, TenantClients } from './sources';

export function userSource(access: Pick<TenantClients, 'client'>, requests: RequestRunner): UserSource {
  /** One request, ended by `signal` as well as by the user who does not want to wait. */
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
