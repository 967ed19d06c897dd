// Sends one request of the client: with a token, through the tenant's queue, and never a write to a tenant that is locked.
import type { AccessToken, TokenProvider } from './auth/token';
import type { Priority } from './budget/lanes';
import type { Places } from './budget/places';
import type { RequestQueue } from './budget/requestQueue';
import { entering, nextOf } from './budget/waiting';
import { isRefusing, type LockState } from './environment';
import { isFromBetween, ManagementError, refusedByLock, signedInAnew } from './errors';
import { type RequestObserver, type SendRequest, send } from './http/send';
import type { HttpResponse, Transport } from './http/transport';
import type { Tenant } from './tenant';

export interface RequestOptions {
  readonly tenant: Tenant;
  readonly tokens: TokenProvider;
  readonly transport: Transport;
  readonly observer?: RequestObserver | undefined;
  /** That of the tenant, which all its clients share. */
  readonly queue: RequestQueue;
  /**
   * Asked before each request that is not a read, and before it waits for anything: a tenant that refuses fails it
   * here. Every writer has a client, so none can go around it.
   */
  readonly lock?: (() => LockState) | undefined;
  /** False once the tenant has another client, after a new sign-in or a removal: this one then writes nothing more. */
  readonly isCurrent?: (() => boolean) | undefined;
  /** Called with what each answer of the service says of the token, where it says anything. */
  readonly onTokenAnswer?: ((isAccepted: boolean) => void) | undefined;
}

/** The waiting is done. If a request must wait all the same, its error says `again`, and it needs another `Ready`. */
export interface Ready {
  readonly token: AccessToken;
  readonly places: Places;
}

export interface ApiRequest {
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

/** Sends with a token. If the service refuses a cached token, sends once more with a new one, except in a save. */
export async function authorized(
  options: RequestOptions,
  priority: Priority,
  api: ApiRequest,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const { tenant, tokens, transport, observer, queue, onTokenAnswer } = options;
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
      ...(api.method === 'PATCH' && api.ready ? { startWithinMs: START_WITHIN_MS } : {}),
      isOfSave,
      repeatable: api.method === 'GET',
      patient: !isOfSave,
    };
    const { ready } = api;
    const enter = ready ? () => nextOf(ready.places, api) : entering(queue, request, priority, observer, signal);
    const response = await send(transport, request, observer, signal, async count => {
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
    onTokenAnswer?.(true);
    return response;
  };

  const token = api.ready?.token ?? (await tokens.getToken(signal));
  try {
    return await attempt(token.value);
  } catch (error) {
    if (!ManagementError.is(error)) throw error;
    // A 401 from a gateway or proxy says nothing about the token.
    const isRefused = error.kind === 'unauthorized' && !isFromBetween(error);
    if (isRefused) {
      tokens.invalidate(token.value);
      onTokenAnswer?.(false);
    }
    // Only a token that is accepted can lack a scope.
    if (error.kind === 'forbidden' && !isFromBetween(error)) onTokenAnswer?.(true);
    // The service sends a 401 before it does anything, so sending again is safe.
    const isRenewable = isRefused && token.renewable;
    if (isOfSave) throw isRenewable || wasNotStarted(error) ? error.with({ again: true }) : error;
    if (!isRenewable) throw error;
    return await attempt((await tokens.getToken(signal)).value);
  }
}

/** @throws ManagementError, unless the request only reads, or this is the tenant's client and the tenant may be changed */
export function refuseIfLocked({ lock, isCurrent }: RequestOptions, method: ApiRequest['method'], route: string): void {
  if (method === 'GET') return;
  if (isCurrent?.() === false) throw signedInAnew(`${method} ${route}`);
  const state = lock?.() ?? 'open';
  if (isRefusing(state)) throw refusedByLock(`${method} ${route}`, state);
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
