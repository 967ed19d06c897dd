// The Management API client: one method per request, one type of error.

import { parsePlain } from '../json/plain';
import { type ApiRequest, authorized, type Ready, type RequestOptions, refuseIfLocked } from './authorized';
import type { Priority } from './budget/lanes';
import { RequestQueue } from './budget/requestQueue';
import { holding } from './budget/waiting';
import { unreadableAnswer } from './http/failures';
import {
  decodeConnections,
  decodeFriendlyName,
  decodeProfile,
  decodeProfileOf,
  decodeProfiles,
  decodeUserPage,
} from './resources/decode';
import {
  type Connection,
  LIST_FIELDS,
  type UserId,
  type UserPage,
  type UserProfile,
  userPath,
} from './resources/users';
import type { Tenant } from './tenant';

export interface ListQuery {
  /** From 0. */
  readonly page: number;
  /** 1 to 100. */
  readonly perPage: number;
  /** Lucene, see search.ts; undefined for all users. */
  readonly query?: string | undefined;
  /** For example `created_at:-1`. */
  readonly sort?: string | undefined;
}

/** Every method makes one request (retries aside) and throws ManagementError. */
export interface ManagementClient {
  readonly tenant: Tenant;
  /** The same client, whose requests give way to those of the user, which all others are. */
  at(priority: Priority): ManagementClient;
  /**
   * Does all the waiting for the next `requests` requests in advance: for a token, and for room in the rate limit,
   * which nobody else can take until they are sent. Sends no request except for the token. Fails at once if the tenant
   * is locked: what it is for ends with a write.
   */
  ready(requests: number, signal?: AbortSignal): Promise<Ready>;
  listUsers(query: ListQuery, signal?: AbortSignal): Promise<UserPage>;
  /** @param ready given for the read of a save: after a 429 or a 401 the save begins again, see Ready */
  getUser(id: UserId, signal?: AbortSignal, ready?: Ready): Promise<UserProfile>;
  /** Exact and case-sensitive; immediately consistent, unlike a search. */
  usersByEmail(email: string, signal?: AbortSignal): Promise<readonly UserProfile[]>;
  /**
   * Sends `body` unchanged: its numbers keep their text. Never sends it again, and with `ready` sends it at once or not
   * at all, because the state that it was planned for becomes outdated. Resolves with the updated user.
   */
  patchUser(id: UserId, body: string, signal?: AbortSignal, options?: WriteOptions): Promise<UserProfile>;
  /** As `patchUser`, but for a new user. */
  createUser(body: string, signal?: AbortSignal, options?: WriteOptions): Promise<UserProfile>;
  /** What the tenant is called in its settings, if anything; needs `read:tenant_settings`. */
  friendlyName(signal?: AbortSignal): Promise<string | undefined>;
  /** The first 100; needs `read:connections`. */
  listConnections(signal?: AbortSignal): Promise<readonly Connection[]>;
}

export interface WriteOptions {
  readonly ready?: Ready | undefined;
  /** Shown in the tenant's log beside the request; see correlation.ts. */
  readonly correlationId?: string | undefined;
}

export type ClientOptions = Omit<RequestOptions, 'queue'> & {
  /** That of the tenant, which all its clients share; default: one of its own. */
  readonly queue?: RequestQueue | undefined;
};

const USERS = '/api/v2/users';
const USER = '/api/v2/users/{id}';
const USERS_BY_EMAIL = '/api/v2/users-by-email';
const CONNECTIONS = '/api/v2/connections';
const SETTINGS = '/api/v2/tenants/settings';

export function createManagementClient(options: ClientOptions): ManagementClient {
  return clientAt('user', { ...options, queue: options.queue ?? new RequestQueue() });
}

function clientAt(priority: Priority, options: RequestOptions): ManagementClient {
  const { tenant, tokens, observer, queue } = options;

  async function request<T>(
    api: ApiRequest,
    decode: (text: string) => T | undefined,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    refuseIfLocked(options, api.method, api.route);
    const response = await authorized(options, priority, api, signal);
    const decoded = decode(response.text);
    if (decoded === undefined) throw unreadableAnswer(`${api.method} ${api.route}`, response.status);
    return decoded;
  }

  return {
    tenant,
    at: other => clientAt(other, options),
    async ready(requests, signal) {
      refuseIfLocked(options, 'PATCH', USER);
      // First, because it may take longer than room is held.
      await tokens.getToken(signal);
      const places = await holding(queue, requests, observer, signal);
      return { token: await tokens.getToken(signal), places };
    },
    listUsers({ page, perPage, query, sort }, signal) {
      const params = new URLSearchParams({
        page: String(page),
        per_page: String(perPage),
        include_totals: 'true',
        fields: LIST_FIELDS,
        include_fields: 'true',
        ...(sort === undefined ? {} : { sort }),
        ...(query === undefined ? {} : { q: query, search_engine: 'v3' }),
      });
      const api = { method: 'GET', path: `${USERS}?${params}`, route: USERS } as const;
      return request(api, text => decodeUserPage(parsePlain(text), page, perPage), signal);
    },
    getUser: (id, signal, ready) =>
      request({ method: 'GET', path: userPath(id), route: USER, ready }, text => decodeProfileOf(id, text), signal),
    usersByEmail(email, signal) {
      const path = `${USERS_BY_EMAIL}?${new URLSearchParams({ email })}`;
      return request({ method: 'GET', path, route: USERS_BY_EMAIL }, decodeProfiles, signal);
    },
    patchUser(id, body, signal, options) {
      const api = { method: 'PATCH', path: userPath(id), route: USER, body, ...options } as const;
      return request(api, text => decodeProfileOf(id, text), signal);
    },
    createUser: (body, signal, options) =>
      request({ method: 'POST', path: USERS, route: USERS, body, ...options }, decodeProfile, signal),
    async friendlyName(signal) {
      const path = `${SETTINGS}?${new URLSearchParams({ fields: 'friendly_name', include_fields: 'true' })}`;
      const { name } = await request({ method: 'GET', path, route: SETTINGS }, decodeFriendlyName, signal);
      return name;
    },
    listConnections(signal) {
      const path = `${CONNECTIONS}?${new URLSearchParams({ fields: 'name,strategy', per_page: '100' })}`;
      return request({ method: 'GET', path, route: CONNECTIONS }, text => decodeConnections(parsePlain(text)), signal);
    },
  };
}
