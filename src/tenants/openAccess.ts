// Creates the client of a tenant from its credentials. All tenants share one transport, all clients of a tenant one queue.
import type { Credentials } from '../management/auth/credentials';
import type { TokenClaims, TokenProvider } from '../management/auth/token';
import { tokenProviderOf } from '../management/auth/tokenProvider';
import type { RequestOptions } from '../management/authorized';
import { RequestQueue } from '../management/budget/requestQueue';
import type { SeenLimit } from '../management/budget/word';
import { createManagementClient, type ManagementClient } from '../management/client';
import { identified } from '../management/http/identify';
import type { RequestObserver } from '../management/http/send';
import type { Transport } from '../management/http/transport';
import type { Tenant, TenantDomain } from '../management/tenant';

export interface Access {
  readonly client: ManagementClient;
  readonly tokens: TokenProvider;
  /** The rate limits as answers have last told them, in this session. */
  limits(): readonly SeenLimit[];
}

export interface AccessHooks extends Pick<RequestOptions, 'lock' | 'isCurrent' | 'onTokenAnswer'> {
  /** Is called with the claims of each new token, when it is first used. */
  readonly onToken?: (claims: TokenClaims) => void;
}

/** Makes no request. */
export type OpenAccess = (tenant: Tenant, credentials: Credentials, hooks?: AccessHooks) => Promise<Access>;

export interface AccessSettings {
  /** Both are called before each request, so that a changed setting takes effect at once. */
  readonly timeoutMs?: () => number;
  /** See QueueOptions. */
  readonly reserve?: () => number;
}

export function openAccessThrough(
  shared: Transport,
  observe?: (tenant: TenantDomain) => RequestObserver,
  { timeoutMs, reserve }: AccessSettings = {},
): OpenAccess {
  const transport = identified(timeoutMs === undefined ? shared : withTimeout(shared, timeoutMs));
  /** By origin, and for good: signing in anew brings no request back. */
  const queues = new Map<string, RequestQueue>();
  return async (tenant, credentials, { onToken, ...hooks } = {}) => {
    const queue = queues.get(tenant.origin) ?? new RequestQueue(reserve ? { reserve } : {});
    queues.set(tenant.origin, queue);
    const observer = observe?.(tenant.domain);
    const tokens = watched(tokenProviderOf(credentials, { tenant, transport, observer }), onToken);
    const client = createManagementClient({ tenant, tokens, transport, observer, queue, ...hooks });
    return { tokens, client, limits: () => queue.seen };
  };
}

function watched(tokens: TokenProvider, onToken: ((claims: TokenClaims) => void) | undefined): TokenProvider {
  if (onToken === undefined) return tokens;
  let last: string | undefined;
  return {
    async getToken(signal) {
      const token = await tokens.getToken(signal);
      if (token.value !== last) {
        last = token.value;
        onToken(token);
      }
      return token;
    },
    invalidate: token => tokens.invalidate(token),
  };
}

function withTimeout(transport: Transport, timeoutMs: () => number): Transport {
  return {
    request: (request, signal) => transport.request({ ...request, timeoutMs: timeoutMs() }, signal),
    close: () => transport.close(),
  };
}
