// GET /users and GET /users-by-email.
import { type Answer, invalidQuery, ok, refuse } from './answers';
import { listQuery, MAX_RESULTS, userFields } from './listQuery';
import type { Projection } from './projection';
import type { Tenant } from './tenant';
import type { User } from './user';

export function listAnswer(tenant: Tenant, query: string): Answer {
  const { q, sort, start, limit, includeTotals, fields, include } = listQuery(new URLSearchParams(query));
  const found = tenant.index.find(q, sort);
  const page = found.slice(start, Math.min(start + limit, MAX_RESULTS));
  const users = arrayText(page, tenant.projections.of(fields, include));
  if (!includeTotals) return ok(users);
  return ok(`{"start":${start},"limit":${limit},"length":${page.length},"users":${users},"total":${found.length}}`);
}

/** Sees every write at once, unlike list and search. */
export function usersByEmailAnswer(tenant: Tenant, query: string): Answer {
  const parameters = new URLSearchParams(query);
  const { fields, include } = userFields(parameters, ['email']);
  const email = parameters.get('email') ?? refuse(invalidQuery('Missing required property: email'));
  return ok(arrayText(tenant.store.byEmail(email), tenant.projections.of(fields, include)));
}

function arrayText(users: readonly User[], projection: Projection): string {
  return `[${users.map(user => projection.textOf(user)).join(',')}]`;
}
