// What a tenant's requests are known by beyond its client.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAccessThrough } from '../../../src/tenants/openAccess';
import { answerJson } from '../../support/http';
import { openTransport, tenantAt } from '../../support/management';

test('requests are observed as those of their tenant', async t => {
  const { server, transport } = await openTransport(t, (_r, response) => answerJson(response, 200, { users: [] }));
  const seen: string[] = [];
  const openAccess = openAccessThrough(transport, tenant => ({
    onRequest: ({ status }) => seen.push(`${tenant} ${status}`),
  }));
  for (const name of ['acme.auth0.com', 'other.auth0.com']) {
    const { client } = await openAccess(tenantAt(server.origin, name), { kind: 'token', token: 'x' });
    await client.listUsers({ page: 0, perPage: 1 });
  }
  assert.deepEqual(seen, ['acme.auth0.com 200', 'other.auth0.com 200']);
});
