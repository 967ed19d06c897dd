// The sandbox: Auth0's Management API for one tenant of sample users, over a loopback HTTP server.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../json';
import { seedUsers } from '../samples/seed';
import { sampleUsers } from '../samples/users';
import { createTenant } from '../service/tenant';
import type { Connection } from '../state/connections';
import type { MintOptions } from '../state/tokens';
import type { User } from '../state/user';
import { type Control, createControl } from './control';
import { CONTROL_PREFIX, handleControl } from './controlRoutes';
import { Faults } from './faults';
import { hostGuard } from './guard';
import { landingPage } from './landingPage';
import { handle, type Pipeline } from './pipeline';
import { type RateLimitOptions, RateLimits } from './rateLimit';
import { RequestLog } from './requestLog';
import { discardBody, send } from './wire';

export interface SandboxOptions extends RateLimitOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  readonly domain?: string;
  /** The tenant's name for people. */
  readonly friendlyName?: string;
  /** Stored as they are; only missing `identities`, `created_at` and `updated_at` are added, which every user has. */
  readonly users?: readonly JsonObject[];
  /** Number of sample users; default: that of the sample tenant. */
  readonly count?: number;
  /** Which people the sample users are; default: those of the sample tenant. */
  readonly seed?: number;
  /** No users at all. */
  readonly empty?: boolean;
  readonly connections?: readonly Connection[];
  /** How much later list and search see a write; GET by id and users-by-email see it at once. */
  readonly searchLagMs?: number;
  /** Granted to the client; default: all that the sandbox supports. */
  readonly scopes?: readonly string[];
  /** Delay before every answer. */
  readonly delayMs?: number;
  /** Larger bodies get a 413; default: 16 MiB. */
  readonly maxBodyBytes?: number;
  /** Whether the control is reachable over HTTP, without a token, under /sandbox/. */
  readonly control?: boolean;
  /** Whether the control shows the bodies of requests, for tests. Default: no; they hold passwords and use memory. */
  readonly recordBodies?: boolean;
  /** The clock of rate limits, tokens, client assertions and `date`, in milliseconds since 1970; default: the real one. */
  readonly now?: () => number;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly domain: string;
  readonly friendlyName: string;
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The client's private key as PEM, for private key JWT, and its `kid`. Made when one of them is first read. */
  readonly privateKey: string;
  readonly keyId: string;
  readonly control: Control;
  /** Another token: other scopes, another lifetime (negative: expired), another audience. */
  mintToken(options?: MintOptions): string;
  /** From now on the token is answered as one that has expired, whatever it says itself. */
  endToken(token: string): void;
  /** Cuts every connection. */
  close(): Promise<void>;
}

const DEFAULT_DOMAIN = 'sample-tenant.localhost';

const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Large enough for a `q` that the service itself refuses as too long. */
const MAX_HEADER_BYTES = 64 * 1024;

/** @throws Error if the port is taken, or a given user is not valid. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { domain = DEFAULT_DOMAIN, friendlyName, searchLagMs, scopes, connections, now = Date.now } = options;
  const tenant = createTenant({
    domain,
    users: usersOf(options),
    now,
    ...(friendlyName === undefined ? {} : { friendlyName }),
    ...(searchLagMs === undefined ? {} : { searchLagMs }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(connections === undefined ? {} : { connections }),
  });
  const log = new RequestLog(options.recordBodies ?? false);
  const faults = new Faults();
  const rateLimits = new RateLimits(options, now);
  const closing = new AbortController();
  const refuseHost = hostGuard(domain);
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 60_000 });

  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, () => {
        server.off('error', reject);
        resolve(portOf(server.address()));
      });
    });
  const stop = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  const port = await listen(options.port ?? 0);
  const control = createControl({
    tenant,
    log,
    faults,
    rateLimits,
    goOffline: stop,
    goOnline: async () => {
      await listen(port);
    },
  });
  const pipeline: Pipeline = {
    tenant,
    log,
    faults,
    rateLimits,
    delayMs: options.delayMs ?? 0,
    now: options.now,
    maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
    closing: closing.signal,
    edit: (userId, set) => void control.set(userId, set),
  };
  server.on('request', (request, response) => {
    const door = refuseHost(request.headers) ?? landingPage(request);
    if (door) {
      discardBody(request);
      send(response, door, {});
      return;
    }
    const byControl = options.control === true && request.url?.startsWith(CONTROL_PREFIX) === true;
    const handled = byControl ? handleControl(control, request, response) : handle(pipeline, request, response);
    // The client has gone, or the sandbox is closing: nobody waits for an answer.
    handled.catch(() => request.socket.destroy());
  });

  return {
    url: `http://${HOST}:${port}`,
    domain,
    friendlyName: tenant.friendlyName,
    token: tenant.tokens.mint(),
    clientId: tenant.clientId,
    clientSecret: tenant.clientSecret,
    get privateKey() {
      return tenant.clientKeys.own.privateKey;
    },
    get keyId() {
      return tenant.clientKeys.own.keyId;
    },
    control,
    mintToken: mintOptions => tenant.tokens.mint(mintOptions),
    endToken: token => tenant.tokens.end(token),
    close: () => {
      closing.abort();
      return stop();
    },
  };
}

function usersOf({ users, count, seed, empty }: SandboxOptions): Iterable<User> {
  if (empty) return [];
  return users ? seedUsers(users) : sampleUsers(count, seed);
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('The sandbox has no port.');
  return address.port;
}
