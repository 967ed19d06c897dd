// Several tenants in one process: what is each one's own.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { suite, type TestContext, test } from 'node:test';
import { startTenants } from '../../../src/sandbox/http/tenants';
import { signedAssertion } from './assertion';
import { at, call, userPath } from './client';

async function tenantsFor(t: TestContext, ...args: Parameters<typeof startTenants>) {
  const tenants = await startTenants(...args);
  t.after(() => Promise.all(tenants.map(tenant => tenant.close())));
  const [first, second] = tenants;
  assert.ok(first && second);
  return { tenants, first, second };
}

suite('tenants', () => {
  test('names, origins and credentials are distinct', async t => {
    const { tenants } = await tenantsFor(t, 3, { empty: true });
    const domains = tenants.map(({ domain }) => domain);
    assert.deepEqual(domains, ['acme-dev.localhost', 'acme-staging.localhost', 'acme.localhost']);
    for (const member of [
      'url',
      'domain',
      'friendlyName',
      'token',
      'clientId',
      'clientSecret',
      'privateKey',
    ] as const) {
      assert.equal(new Set(tenants.map(tenant => tenant[member])).size, 3, member);
    }
    for (const tenant of tenants) {
      const { json } = await call(tenant, 'GET', '/api/v2/tenants/settings');
      assert.equal(at(json, 'friendly_name'), tenant.friendlyName);
    }
  });

  test('nothing of one is good for another', async t => {
    const { first, second } = await tenantsFor(t, 2, { empty: true });
    assert.equal((await call(second, 'GET', '/api/v2/users', { token: first.token })).status, 401);
    const { clientId, clientSecret, privateKey } = first;
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      audience: `https://${second.domain}/api/v2/`,
    };
    const assertion = signedAssertion({ privateKey, clientId, domain: second.domain, nowMs: Date.now() });
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    for (const proof of [
      { client_secret: clientSecret },
      { client_assertion_type: type, client_assertion: assertion },
    ]) {
      const reply = await call(second, 'POST', '/oauth/token', { body: { ...form, ...proof }, token: '' });
      assert.equal(reply.status, 401, reply.text);
    }
  });

  test('other people, some with the same ids; a write in one is in no other', async t => {
    const { first, second } = await tenantsFor(t, 2, {});
    const [ours, theirs] = [first, second].map(({ control }) => new Set(control.users().map(user => user.user_id)));
    assert.ok(ours && theirs);
    const shared = [...ours].filter(id => theirs.has(id));
    assert.deepEqual([ours.size, theirs.size, shared.length > 0, shared.length < 10], [320, 320, true, true]);
    const id = shared[0] ?? '';
    const before = second.control.user(id);
    assert.notDeepEqual(first.control.user(id), before);
    await call(first, 'PATCH', userPath(id), { body: { user_metadata: { only: 'here' } } });
    assert.deepEqual(second.control.user(id), before);
    assert.equal(second.control.requests.length, 0);
  });

  test('rate limits are of one tenant', async t => {
    const { first, second } = await tenantsFor(t, 2, { empty: true, plan: 'free', now: () => 0 });
    first.control.drain({ requests: 2 });
    assert.equal((await call(first, 'GET', '/api/v2/users')).status, 429);
    assert.equal((await call(second, 'GET', '/api/v2/users')).status, 200);
  });

  test('ports follow one another; one that is taken stops all', async t => {
    const { server, port } = await takenPort();
    t.after(() => server.close());
    await assert.rejects(startTenants(2, { empty: true, port: port - 1 }), { code: 'EADDRINUSE' });
    await new Promise(resolve => server.close(resolve));
    const { tenants } = await tenantsFor(t, 2, { empty: true, port: port - 1 });
    const ports = tenants.map(({ url }) => Number(new URL(url).port));
    assert.deepEqual(ports, [port - 1, port]);
  });
});

/** A port that is taken after one that is free. */
async function takenPort(): Promise<{ readonly server: Server; readonly port: number }> {
  const [before] = await startTenants(1, { empty: true });
  const port = Number(new URL(before?.url ?? '').port) + 1;
  const server = createServer();
  const isTaken = await new Promise<boolean>(resolve =>
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)),
  );
  await before?.close();
  return isTaken ? { server, port } : takenPort();
}
