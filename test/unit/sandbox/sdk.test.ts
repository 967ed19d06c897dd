// Auth0's own SDK against the sandbox: what it takes for the real service.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ManagementClient } from 'auth0';
import type { Sandbox } from '../../../src/sandbox/http/server';
import { sandboxFor } from './client';

/** The SDK speaks https only: its requests are turned to the sandbox, and are otherwise untouched. */
function clientOf(sandbox: Sandbox): ManagementClient {
  const plain: typeof fetch = (input, init) => fetch(String(input).replace(/^https:/, 'http:'), init);
  return new ManagementClient({ domain: new URL(sandbox.url).host, token: sandbox.token, fetch: plain });
}

suite('auth0 SDK', () => {
  test('creates, gets, patches, finds and deletes a user', async t => {
    const sandbox = await sandboxFor(t);
    const { users } = clientOf(sandbox);
    const created = await users.create({
      connection: 'Username-Password-Authentication',
      email: 'jane.doe@example.com',
      password: 'Passw0rd!',
      user_metadata: { hobby: 'surfing' },
      app_metadata: { plan: 'full' },
    });
    const id = created.user_id ?? '';
    assert.match(id, /^auth0\|[0-9a-f]{24}$/);

    const patched = await users.update(id, { user_metadata: { addresses: { home: '123 Main Street' }, hobby: null } });
    assert.deepEqual(patched.user_metadata, { addresses: { home: '123 Main Street' } });
    assert.deepEqual(patched.app_metadata, { plan: 'full' });
    assert.deepEqual(await users.get(id), patched);
    assert.deepEqual(await users.listUsersByEmail({ email: 'jane.doe@example.com' }), [patched]);

    await users.delete(id);
    assert.deepEqual(sandbox.control.users(), []);
    await assert.rejects(users.get(id), { statusCode: 404 });
  });

  test('pages through a tenant', async t => {
    const sandbox = await sandboxFor(t, { count: 130 });
    const ids: string[] = [];
    const first = await clientOf(sandbox).users.list({ per_page: 50, include_totals: true });
    for await (const user of first) ids.push(user.user_id ?? '');
    assert.deepEqual(
      ids,
      sandbox.control.users().map(user => user.user_id),
    );
  });

  test('lists connections', async t => {
    const sandbox = await sandboxFor(t);
    const page = await clientOf(sandbox).connections.list();
    const names: string[] = [];
    for await (const connection of page) names.push(connection.name ?? '');
    assert.ok(names.includes('Username-Password-Authentication'));
  });

  test('asks for its token by client credentials', async t => {
    const sandbox = await sandboxFor(t, { domain: 'a.tenant.localhost' });
    const plain: typeof fetch = (input, init) =>
      fetch(String(input).replace('https://a.tenant.localhost', sandbox.url), init);
    const { clientId, clientSecret } = sandbox;
    const client = new ManagementClient({
      domain: 'a.tenant.localhost',
      clientId,
      clientSecret,
      audience: 'https://a.tenant.localhost/api/v2/',
      fetch: plain,
    });
    await assert.rejects(client.users.get('auth0|nobody'), { statusCode: 404 });
    const paths = sandbox.control.requests.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(paths, ['POST /oauth/token', 'GET /api/v2/users/auth0%7Cnobody']);
  });
});
