// The sandbox's tenant: its users, connections, tokens and search, without HTTP.
import { randomBytes } from 'node:crypto';
import { SearchIndex } from '../search/searchIndex';
import { ClientKeys } from '../state/clientKeys';
import { type Connection, DEFAULT_CONNECTIONS } from '../state/connections';
import { Projections } from '../state/projection';
import { UserStore } from '../state/store';
import { ALL_SCOPES, TokenIssuer } from '../state/tokens';
import type { User } from '../state/user';

export interface TenantOptions {
  readonly domain: string;
  /** The tenant's name for people. */
  readonly friendlyName?: string;
  readonly users: Iterable<User>;
  readonly searchLagMs?: number;
  readonly scopes?: readonly string[];
  readonly connections?: readonly Connection[];
  /** Milliseconds since 1970, for the validity of tokens and assertions; default: the real time. */
  readonly now?: () => number;
}

export interface Tenant {
  readonly domain: string;
  readonly friendlyName: string;
  /** New with every start, as the secret is: valid for this sandbox only. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientKeys: ClientKeys;
  readonly now: () => number;
  readonly connections: readonly Connection[];
  readonly tokens: TokenIssuer;
  readonly store: UserStore;
  readonly index: SearchIndex;
  readonly projections: Projections;
}

/** Give an id and a secret as long as Auth0's. */
const ID_BYTES = 16;
const SECRET_BYTES = 48;

export function createTenant(options: TenantOptions): Tenant {
  const store = new UserStore(options.users);
  const {
    domain,
    friendlyName = 'Sample Tenant',
    connections = DEFAULT_CONNECTIONS,
    scopes = ALL_SCOPES,
    now = Date.now,
  } = options;
  const clientId = randomBytes(ID_BYTES).toString('hex');
  return {
    domain,
    friendlyName,
    clientId,
    clientSecret: randomBytes(SECRET_BYTES).toString('base64url'),
    clientKeys: new ClientKeys(),
    now,
    connections,
    tokens: new TokenIssuer({ domain, clientId, scopes, now }),
    store,
    index: new SearchIndex(store, options.searchLagMs ?? 0),
    projections: new Projections(),
  };
}
