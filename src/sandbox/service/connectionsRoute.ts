// GET /connections.
import { type Answer, ok } from '../http/answers';
import { listedConnection } from '../state/connections';
import type { Tenant } from '../state/tenant';
import { connectionsQuery } from './listQuery';

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
