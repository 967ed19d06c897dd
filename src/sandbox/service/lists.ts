// The routes that return lists: GET /users, GET /users-by-email, GET /connections.
import { type Answer, invalidQuery, ok, refuse } from '../answers';
import { listedConnection } from '../state/connections';
import { connectionsQuery, listQuery, MAX_RESULTS, userFields } from './query';
import type { Tenant } from './tenant';

export function listAnswer(tenant: Tenant, query: string): Answer {
  const { q, sort, start, limit, includeTotals, fields, include } = listQuery(new URLSearchParams(query));
  const found = tenant.index.find(q, sort);
  const end = Math.min(start + limit, MAX_RESULTS, Math.max(start, found.length));
  const users = tenant.projections.of(fields, include).pageOf(found, start, end);
  const before = includeTotals ? `{"start":${start},"limit":${limit},"length":${end - start},"users":` : '';
  const after = includeTotals ? `,"total":${found.length}}` : '';
  return { ...ok(before + users.text + after), bytes: before.length + users.bytes + after.length };
}

/** Sees every write at once, unlike list and search. */
export function usersByEmailAnswer(tenant: Tenant, query: string): Answer {
  const parameters = new URLSearchParams(query);
  const { fields, include } = userFields(parameters, ['email']);
  const email = parameters.get('email') ?? refuse(invalidQuery('Missing required property: email'));
  return ok(tenant.projections.of(fields, include).arrayOf(tenant.store.byEmail(email)));
}

export function connectionsAnswer(tenant: Tenant, query: string): Answer {
  const parameters = new URLSearchParams(query);
  const { start, limit, includeTotals, fields, include } = connectionsQuery(parameters);
  const strategies = parameters.getAll('strategy');
  const name = parameters.get('name');
  const found = tenant.connections.filter(
    connection =>
      (strategies.length === 0 || strategies.includes(connection.strategy)) &&
      (name === null || connection.name === name),
  );
  const connections = found.slice(start, start + limit).map(connection => {
    const entries = Object.entries(listedConnection(connection));
    return Object.fromEntries(entries.filter(([key]) => fields.length === 0 || fields.includes(key) === include));
  });
  return ok(JSON.stringify(includeTotals ? { start, limit, total: found.length, connections } : connections));
}
