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

  test('asks for its token by client credentials, and by private key JWT with each algorithm', async t => {
    const sandbox = await sandboxFor(t, { users: [{ user_id: 'auth0|1' }], domain: 'a.tenant.localhost' });
    const plain: typeof fetch = (input, init) =>
      fetch(String(input).replace('https://a.tenant.localhost', sandbox.url), init);
    const { domain, clientId, clientSecret, privateKey } = sandbox;
    const common = { domain, clientId, audience: `https://${domain}/api/v2/`, fetch: plain };
    const key = { ...common, clientAssertionSigningKey: privateKey };
    for (const client of [
      new ManagementClient({ ...common, clientSecret }),
      new ManagementClient(key),
      new ManagementClient({ ...key, clientAssertionSigningAlg: 'RS384' }),
      new ManagementClient({ ...key, clientAssertionSigningAlg: 'PS256' }),
    ]) {
      const { data } = await client.users.list();
      assert.deepEqual(
        data.map(user => user.user_id),
        ['auth0|1'],
      );
      const [first, second] = sandbox.control.requests.map(({ method, path }) => `${method} ${path}`);
      assert.equal(first, 'POST /oauth/token');
      assert.match(String(second), /^GET \/api\/v2\/users\?/);
      sandbox.control.clearRequests();
    }
    const refused = new ManagementClient({ ...key, clientAssertionSigningAlg: 'RS512' });
    await assert.rejects(refused.users.list(), { statusCode: 401 });
  });

  test('reads the settings of a tenant', async t => {
    const sandbox = await sandboxFor(t, { friendlyName: 'Acme', empty: true });
    const { settings } = clientOf(sandbox).tenants;
    assert.equal((await settings.get()).friendly_name, 'Acme');
    assert.deepEqual(await settings.get({ fields: 'friendly_name', include_fields: true }), { friendly_name: 'Acme' });
    const rest = await settings.get({ fields: 'friendly_name', include_fields: false });
    assert.deepEqual([rest.friendly_name, rest.session_lifetime], [undefined, 168]);
  });
});
