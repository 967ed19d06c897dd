// Gets tokens for an application, by its secret or its key: POST /oauth/token, cached until shortly before they expire.

import { isRecord, numberOf, parsePlain, stringOf } from '../../json/plain';
import { ManagementError } from '../errors';
import { unreadableAnswer } from '../http/failures';
import { type RequestObserver, send } from '../http/send';
import type { Transport } from '../http/transport';
import { audienceOf, type Tenant } from '../tenant';
import { clientAssertion } from './clientAssertion';
import type { ApplicationCredentials } from './credentials';
import { cleanToken } from './pasted';
import { type AccessToken, parseScopes, readToken, type TokenProvider } from './token';

const ROUTE = '/oauth/token';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A token is not used in its last minute (or last tenth, if that is shorter), because it could expire on the way. */
const LEEWAY_MS = 60_000;

export interface TokenOptions {
  readonly tenant: Tenant;
  readonly transport: Transport;
  readonly observer?: RequestObserver | undefined;
  /** For tests. */
  readonly nowMs?: () => number;
}

interface Cached {
  readonly token: AccessToken;
  readonly freshUntilMs: number;
}

/** Concurrent calls share one request. A failure is not cached, so that the next call tries again. */
export function clientCredentials(credentials: ApplicationCredentials, options: TokenOptions): TokenProvider {
  const nowMs = options.nowMs ?? Date.now;
  let cached: Cached | undefined;
  let flight: Promise<AccessToken> | undefined;

  async function renew(): Promise<AccessToken> {
    try {
      const { token, lifetimeMs } = await requestToken(() => bodyOf(credentials, options.tenant, nowMs()), options);
      const freshMs = lifetimeMs - Math.min(LEEWAY_MS, lifetimeMs / 10);
      cached = { token: { ...token, renewable: true }, freshUntilMs: nowMs() + freshMs };
      return token;
    } finally {
      flight = undefined;
    }
  }

  return {
    async getToken(signal) {
      if (cached !== undefined && nowMs() < cached.freshUntilMs) return cached.token;
      if (signal?.aborted) throw cancelled();
      flight ??= renew();
      options.observer?.onStart?.(signal);
      try {
        return await unlessCancelled(flight, signal);
      } finally {
        options.observer?.onEnd?.(signal);
      }
    },
    invalidate(token) {
      if (cached?.token.value === token) cached = undefined;
    },
  };
}

/** @param body is called before each attempt: an assertion is accepted once, and for a minute only. */
async function requestToken(
  body: () => string,
  { tenant, transport, observer }: TokenOptions,
): Promise<{ token: AccessToken; lifetimeMs: number }> {
  try {
    const request = {
      method: 'POST',
      url: tenant.origin + ROUTE,
      route: ROUTE,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      repeatable: true,
      patient: true,
    } as const;
    const withBody: Transport = {
      request: (attempt, signal) => transport.request({ ...attempt, body: body() }, signal),
      close: () => transport.close(),
    };
    const response = await send(withBody, request, observer);
    const answer = decodeAnswer(response.text);
    if (answer === undefined) throw unreadableAnswer(`POST ${ROUTE}`, response.status);
    return answer;
  } catch (error) {
    throw asNotSent(error);
  }
}

function bodyOf(credentials: ApplicationCredentials, tenant: Tenant, nowMs: number): string {
  return JSON.stringify({
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    ...(credentials.kind === 'client'
      ? { client_secret: credentials.clientSecret }
      : { client_assertion_type: ASSERTION_TYPE, client_assertion: clientAssertion(credentials, tenant, nowMs) }),
    audience: credentials.audience ?? audienceOf(tenant),
  });
}

/** The outcome is about the request that needs the token, and that one was not sent. */
function asNotSent(error: unknown): unknown {
  return ManagementError.is(error) ? error.with({ outcome: 'notSent' }) : error;
}

/** `{access_token, expires_in, scope?}`; undefined if it is something else. */
function decodeAnswer(text: string): { token: AccessToken; lifetimeMs: number } | undefined {
  const answer = parsePlain(text);
  const value = isRecord(answer) ? stringOf(answer, 'access_token') : undefined;
  if (!isRecord(answer) || value === undefined || cleanToken(value) !== value) return undefined;
  const claims = readToken(value);
  const scope = stringOf(answer, 'scope');
  const scopes = scope === undefined ? claims.scopes : parseScopes(scope);
  return {
    token: { ...claims, value, scopes, renewable: false },
    lifetimeMs: (numberOf(answer, 'expires_in') ?? 0) * 1000,
  };
}

/** A cancelled caller stops waiting. The request continues for the others, and its token is cached. */
async function unlessCancelled<T>(flight: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return flight;
  return new Promise((resolve, reject) => {
    const cancel = () => reject(cancelled());
    signal.addEventListener('abort', cancel);
    flight.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

function cancelled(): ManagementError {
  return new ManagementError(`POST ${ROUTE}: cancelled`, { kind: 'cancelled', outcome: 'notSent' });
}
