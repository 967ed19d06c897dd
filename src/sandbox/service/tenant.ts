// The sandbox's tenant: its users, connections, tokens and search, without HTTP.
import { randomBytes } from 'node:crypto';
import { SearchIndex } from '../search/searchIndex';
import { type Connection, DEFAULT_CONNECTIONS } from '../state/connections';
import { Projections } from '../state/projection';
import { UserStore } from '../state/store';
import { ALL_SCOPES, TokenIssuer } from '../state/tokens';
import type { User } from '../state/user';

export interface TenantOptions {
  readonly domain: string;
  readonly users: Iterable<User>;
  readonly searchLagMs?: number;
  readonly scopes?: readonly string[];
  readonly connections?: readonly Connection[];
}

export interface Tenant {
  readonly domain: string;
  readonly clientId: string;
  /** New with every start: valid for this sandbox only. */
  readonly clientSecret: string;
  readonly connections: readonly Connection[];
  readonly tokens: TokenIssuer;
  readonly store: UserStore;
  readonly index: SearchIndex;
  readonly projections: Projections;
}

const CLIENT_ID = 'Sandbox0Client0For0Metadata0Edit';

/** Gives a secret as long as Auth0's. */
const SECRET_BYTES = 48;

export function createTenant(options: TenantOptions): Tenant {
  const store = new UserStore(options.users);
  const { domain, connections = DEFAULT_CONNECTIONS, scopes = ALL_SCOPES } = options;
  return {
    domain,
    clientId: CLIENT_ID,
    clientSecret: randomBytes(SECRET_BYTES).toString('base64url'),
    connections,
    tokens: new TokenIssuer({ domain, clientId: CLIENT_ID, scopes }),
    store,
    index: new SearchIndex(store, options.searchLagMs ?? 0),
    projections: new Projections(),
  };
}
