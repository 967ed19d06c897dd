// The Management API client: one method per request, one type of error.

import { parsePlain } from '../json/plain';
import type { AccessToken, TokenProvider } from './auth/token';
import type { Priority } from './budget/lanes';
import type { Places } from './budget/places';
import { RequestQueue } from './budget/requestQueue';
import { entering, holding, nextOf } from './budget/waiting';
import { isRefusing, type LockState } from './environment';
import { isFromBetween, ManagementError } from './errors';
import { unreadableAnswer } from './http/failures';
import { type RequestObserver, type SendRequest, send } from './http/send';
import type { HttpResponse, Transport } from './http/transport';
import { decodeConnections, decodeProfile, decodeProfileOf, decodeProfiles, decodeUserPage } from './resources/decode';
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
  createUser(body: string, signal?: AbortSignal, options?: Pick<WriteOptions, 'correlationId'>): Promise<UserProfile>;
  /** The first 100; needs `read:connections`. */
  listConnections(signal?: AbortSignal): Promise<readonly Connection[]>;
}

export interface WriteOptions {
  readonly ready?: Ready | undefined;
  /** Shown in the tenant's log beside the request; see correlation.ts. */
  readonly correlationId?: string | undefined;
}

/** The waiting is done. If a request must wait all the same, its error says `again`, and it needs another `Ready`. */
export interface Ready {
  readonly token: AccessToken;
  readonly places: Places;
}

export interface ClientOptions {
  readonly tenant: Tenant;
  readonly tokens: TokenProvider;
  readonly transport: Transport;
  readonly observer?: RequestObserver | undefined;
  /** That of the tenant, which all its clients share; default: one of its own. */
  readonly queue?: RequestQueue | undefined;
  /** See HttpRequest. */
  readonly timeoutMs?: number | undefined;
  /**
   * Asked before each request that is not a read, and before it waits for anything: a tenant that refuses fails it
   * here. Every writer has a client, so none can go around it.
   */
  readonly lock?: (() => LockState) | undefined;
}

interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  /** The path for logs, without the id and the query. */
  readonly route: string;
  readonly body?: string;
  /** Given for a request of a save. */
  readonly ready?: Ready | undefined;
  readonly correlationId?: string | undefined;
}

/** Longer than a handshake. After it, there is no connection to be expected, and the state that was read is too old. */
const START_WITHIN_MS = 1_000;

const USERS = '/api/v2/users';
const USER = '/api/v2/users/{id}';
const USERS_BY_EMAIL = '/api/v2/users-by-email';
const CONNECTIONS = '/api/v2/connections';

export function createManagementClient(options: ClientOptions): ManagementClient {
  return clientAt('user', { ...options, queue: options.queue ?? new RequestQueue() });
}

interface Options extends ClientOptions {
  readonly queue: RequestQueue;
}

function clientAt(priority: Priority, options: Options): ManagementClient {
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
    listConnections(signal) {
      const path = `${CONNECTIONS}?${new URLSearchParams({ fields: 'id,name,strategy', per_page: '100' })}`;
      return request({ method: 'GET', path, route: CONNECTIONS }, text => decodeConnections(parsePlain(text)), signal);
    },
  };
}

/** Sends with a token. If the service refuses a cached token, sends once more with a new one, except in a save. */
async function authorized(
  options: Options,
  priority: Priority,
  api: ApiRequest,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const { tenant, tokens, transport, observer, queue, timeoutMs } = options;
  const url = new URL(api.path, tenant.origin);
  // The token belongs to this origin: no path may send it anywhere else.
  if (url.origin !== tenant.origin) throw new TypeError(`Not a path of ${tenant.domain}: ${api.route}`);

  const isOfSave = api.ready !== undefined || api.method === 'PATCH';
  const attempt = async (token: string) => {
    const request: SendRequest = {
      method: api.method,
      url: url.href,
      route: api.route,
      headers: headersOf(token, api),
      ...(api.body === undefined ? {} : { body: api.body }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(api.method === 'PATCH' && api.ready ? { startWithinMs: START_WITHIN_MS } : {}),
      isOfSave,
      repeatable: api.method === 'GET',
      patient: !isOfSave,
    };
    const { ready } = api;
    const enter = ready ? () => nextOf(ready.places, api) : entering(queue, request, priority, observer, signal);
    return await send(transport, request, observer, signal, async count => {
      const place = await enter(count);
      try {
        // The place may have been long in coming.
        refuseIfLocked(options, api.method, api.route);
      } catch (error) {
        place.failed(false);
        throw error;
      }
      return place;
    });
  };

  const token = api.ready?.token ?? (await tokens.getToken(signal));
  try {
    return await attempt(token.value);
  } catch (error) {
    if (!ManagementError.is(error)) throw error;
    // A 401 from a gateway or proxy says nothing about the token.
    const isRefused = error.kind === 'unauthorized' && !isFromBetween(error);
    if (isRefused) tokens.invalidate(token.value);
    // The service sends a 401 before it does anything, so sending again is safe.
    const isRenewable = isRefused && token.renewable;
    if (isOfSave) throw isRenewable || wasNotStarted(error) ? error.with({ again: true }) : error;
    if (!isRenewable) throw error;
    return await attempt((await tokens.getToken(signal)).value);
  }
}

/** @throws ManagementError, unless the request only reads or the tenant may be changed */
function refuseIfLocked({ lock }: Options, method: ApiRequest['method'], route: string): void {
  const state = lock?.() ?? 'open';
  if (method === 'GET' || !isRefusing(state)) return;
  throw new ManagementError(`${method} ${route}: ${state}`, { kind: state, outcome: 'notSent' });
}

/** The save begins again, and its read shows whether the service can be reached at all. */
function wasNotStarted({ kind, outcome }: ManagementError): boolean {
  return kind === 'network' && outcome === 'notSent';
}

function headersOf(token: string, { body, correlationId }: ApiRequest): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(correlationId === undefined ? {} : { 'x-correlation-id': correlationId }),
  };
}
