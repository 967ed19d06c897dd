// The Management API client: one method a request, one way to fail.
import { decodeConnections, decodeProfile, decodeProfiles, decodeUserPage } from './decode';
import { ManagementError } from './errors';
import { unreadableAnswer } from './failures';
import { parsePlain } from './plainJson';
import { type RequestObserver, type SendRequest, send } from './send';
import type { Tenant } from './tenant';
import type { TokenProvider } from './token';
import type { HttpResponse, Transport } from './transport';
import { type Connection, LIST_FIELDS, type UserId, type UserPage, type UserProfile, userPath } from './users';

export interface ListQuery {
  /** From 0. */
  readonly page: number;
  /** 1 to 100. */
  readonly perPage: number;
  /** Lucene, see search.ts; without it all users. */
  readonly query?: string | undefined;
  /** `created_at:-1` and the like. */
  readonly sort?: string | undefined;
}

/** Every method makes one request (retries aside) and throws ManagementError. */
export interface ManagementClient {
  readonly tenant: Tenant;
  listUsers(query: ListQuery, signal?: AbortSignal): Promise<UserPage>;
  getUser(id: UserId, signal?: AbortSignal): Promise<UserProfile>;
  /** Exact and case-sensitive; immediately consistent, unlike a search. */
  usersByEmail(email: string, signal?: AbortSignal): Promise<readonly UserProfile[]>;
  /** `body` is sent as it is: its numbers keep their text. Resolves with the user as the service holds it now. */
  patchUser(id: UserId, body: string, signal?: AbortSignal): Promise<UserProfile>;
  createUser(body: string, signal?: AbortSignal): Promise<UserProfile>;
  /** The first 100; needs `read:connections`. */
  listConnections(signal?: AbortSignal): Promise<readonly Connection[]>;
}

export interface ClientOptions {
  readonly tenant: Tenant;
  readonly tokens: TokenProvider;
  readonly transport: Transport;
  readonly observer?: RequestObserver | undefined;
  /** See HttpRequest. */
  readonly timeoutMs?: number | undefined;
}

interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  /** The path as it may be logged. */
  readonly route: string;
  readonly body?: string;
}

const USERS = '/api/v2/users';
const USER = '/api/v2/users/{id}';
const USERS_BY_EMAIL = '/api/v2/users-by-email';
const CONNECTIONS = '/api/v2/connections';

export function createManagementClient(options: ClientOptions): ManagementClient {
  const { tenant } = options;

  async function request<T>(
    api: ApiRequest,
    decode: (text: string) => T | undefined,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const response = await authorized(options, api, signal);
    const decoded = decode(response.text);
    if (decoded === undefined) throw unreadableAnswer(`${api.method} ${api.route}`, response.status);
    return decoded;
  }

  return {
    tenant,
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
    getUser: (id, signal) => request({ method: 'GET', path: userPath(id), route: USER }, decodeProfile, signal),
    usersByEmail(email, signal) {
      const path = `${USERS_BY_EMAIL}?${new URLSearchParams({ email })}`;
      return request({ method: 'GET', path, route: USERS_BY_EMAIL }, decodeProfiles, signal);
    },
    patchUser: (id, body, signal) =>
      request({ method: 'PATCH', path: userPath(id), route: USER, body }, decodeProfile, signal),
    createUser: (body, signal) => request({ method: 'POST', path: USERS, route: USERS, body }, decodeProfile, signal),
    listConnections(signal) {
      const path = `${CONNECTIONS}?${new URLSearchParams({ fields: 'id,name,strategy', per_page: '100' })}`;
      return request({ method: 'GET', path, route: CONNECTIONS }, text => decodeConnections(parsePlain(text)), signal);
    },
  };
}

/** Sends with a token; once more with a new one if the service no longer takes one that was cached. */
async function authorized(
  { tenant, tokens, transport, observer, timeoutMs }: ClientOptions,
  api: ApiRequest,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const url = new URL(api.path, tenant.origin);
  // The token belongs to this origin: no path, however odd, may take it elsewhere.
  if (url.origin !== tenant.origin) throw new TypeError(`Not a path of ${tenant.domain}: ${api.route}`);

  const attempt = async (token: string) => {
    const request: SendRequest = {
      method: api.method,
      url: url.href,
      route: api.route,
      headers: headersOf(token, api.body !== undefined),
      ...(api.body === undefined ? {} : { body: api.body }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      repeatable: api.method === 'GET',
    };
    return await send(transport, request, observer, signal);
  };

  const token = await tokens.getToken(signal);
  try {
    return await attempt(token.value);
  } catch (error) {
    if (!ManagementError.is(error, 'unauthorized')) throw error;
    tokens.invalidate(token.value);
    // Safe for a PATCH too: a 401 is given before anything is done.
    if (!token.renewable) throw error;
    return await attempt((await tokens.getToken(signal)).value);
  }
}

function headersOf(token: string, hasBody: boolean): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'user-agent': 'auth0-metadata-editor',
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  };
}
