// Who may ask the sandbox, and what it keeps of those who may not.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { suite, type TestContext, test } from 'node:test';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/http/server';
import { call, userPath } from './client';

const ID = 'auth0|1';
const USERS = [{ user_id: ID, email: 'jane@example.com', user_metadata: { a: 1 } }];
const CONTROLLED = `/sandbox/users/${encodeURIComponent(ID)}`;

async function open(t: TestContext, options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ users: USERS, control: true, domain: 'acme.localhost', ...options });
  t.after(() => sandbox.close());
  return sandbox;
}

suite('the name it is called by', () => {
  const own = [
    '127.0.0.1',
    'localhost',
    '[::1]',
    'acme.localhost',
    'ACME.localhost',
    '127.0.0.1:1',
    'acme.localhost:443',
  ];
  const foreign = [
    ...['rebound.example', 'rebound.example:80', '127.0.0.1.rebound.example', 'acme.localhost.rebound.example'],
    ...['other.localhost', '127.0.0.2', '0.0.0.0', 'localhost.', 'x@127.0.0.1', '127.0.0.1:80:80'],
  ];
  for (const host of own) {
    test(`${host}: answered`, async t => {
      const sandbox = await open(t);
      assert.equal((await call(sandbox, 'GET', userPath(ID), { headers: { host } })).status, 200);
    });
  }
  for (const host of foreign) {
    test(`${host}: refused, on every route, with any token`, async t => {
      const sandbox = await open(t);
      for (const path of [userPath(ID), '/', '/oauth/token', CONTROLLED]) {
        const reply = await call(sandbox, 'GET', path, { headers: { host, accept: 'text/html' } });
        assert.equal(reply.status, 421, path);
        assert.doesNotMatch(reply.text, /jane|token/);
      }
      const headers = { host, 'content-type': 'application/json' };
      assert.equal((await call(sandbox, 'PATCH', CONTROLLED, { headers, body: '{"name":"x"}' })).status, 421);
      assert.equal((await call(sandbox, 'PATCH', userPath(ID), { headers, body: '{"name":"x"}' })).status, 421);
      assert.equal(sandbox.control.user(ID)?.name, undefined);
      assert.deepEqual(sandbox.control.requests, []);
    });
  }
});

suite('the control and pages', () => {
  const json = { 'content-type': 'application/json' };
  const refused: readonly [what: string, headers: Readonly<Record<string, string>>, status: number][] = [
    ['of another site', { ...json, origin: 'http://rebound.example' }, 403],
    ['of a file or a frame without an origin', { ...json, origin: 'null' }, 403],
    ['of another port', { ...json, origin: 'http://127.0.0.1:1' }, 403],
    ['that says cross-site', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
    ['that says same-site', { ...json, 'sec-fetch-site': 'same-site' }, 403],
    ['that sends text', { 'content-type': 'text/plain' }, 415],
    ['that sends a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['that sends text with JSON behind it', { 'content-type': 'text/plain; application/json' }, 415],
    ['that says nothing of its type', {}, 415],
  ];
  for (const [what, headers, status] of refused) {
    test(`a page ${what}: ${status}, and nothing is done`, async t => {
      const sandbox = await open(t);
      const patch = await call(sandbox, 'PATCH', CONTROLLED, { token: '', headers, body: '{"name":"x"}' });
      assert.equal(patch.status, status);
      assert.equal(sandbox.control.user(ID)?.name, undefined);
      const fault = JSON.stringify({ fault: { kind: 'resetBeforeRead' } });
      assert.equal(
        (await call(sandbox, 'POST', '/sandbox/faults', { token: '', headers, body: fault })).status,
        status,
      );
      assert(sandbox.control.faultsSpent);
    });
  }

  test('a login, which has no body, is refused by the page that asks', async t => {
    const sandbox = await open(t);
    const login = (headers: Readonly<Record<string, string>>) =>
      call(sandbox, 'POST', `${CONTROLLED}/login`, { token: '', headers });
    assert.equal((await login({ origin: 'http://rebound.example' })).status, 403);
    assert.equal(sandbox.control.user(ID)?.logins_count, undefined);
    assert.equal((await login({})).status, 200);
  });

  test('its own pages and programs may', async t => {
    const sandbox = await open(t);
    for (const more of [{}, { origin: sandbox.url, 'sec-fetch-site': 'same-origin' }]) {
      const headers = { 'content-type': 'application/json; charset=utf-8', ...more };
      assert.equal(
        (await call(sandbox, 'PATCH', CONTROLLED, { token: '', headers, body: '{"name":"x"}' })).status,
        200,
      );
    }
  });
});

// An answer that waits for the body never comes.
suite('a body that nobody may send', () => {
  const GIGABYTES = 10_000_000_000;
  const cases: readonly [what: string, head: string, status: number][] = [
    ['without a token', `PATCH ${userPath(ID)}`, 401],
    ['with a forged token', `PATCH ${userPath(ID)}\nauthorization: Bearer a.b.c`, 401],
    ['for a new user', 'POST /api/v2/users', 401],
    ['for a route that there is not', 'POST /api/v2/nothing', 404],
    ['at the control, by a page', `PATCH ${CONTROLLED}\norigin: http://rebound.example`, 403],
    ['under another name', `PATCH ${userPath(ID)}\nhost: rebound.example`, 421],
  ];
  for (const [what, head, status] of cases) {
    for (const length of [`content-length: ${GIGABYTES}`, 'transfer-encoding: chunked']) {
      test(`${what}: answered before it comes (${length})`, { timeout: 60_000 }, async t => {
        const sandbox = await open(t, { recordBodies: true });
        const socket = send(t, sandbox, head, length);
        const [answer] = await once(socket.setEncoding('utf8'), 'data');
        assert.match(String(answer), new RegExp(`^HTTP/1.1 ${status} `));
        assert(sandbox.control.requests.every(({ body }) => body === ''));
      });
    }
  }

  test('a client that goes on sending is cut off', { timeout: 60_000 }, async t => {
    const sandbox = await open(t);
    const socket = send(t, sandbox, `PATCH ${userPath(ID)}`, `content-length: ${GIGABYTES}`);
    socket.resume();
    let sent = 0;
    const more = () => {
      while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
      assert(sent < 1_000_000_000, 'still heard');
    };
    const closed = new Promise(resolve => socket.once('close', resolve));
    socket.on('drain', more).on('error', () => undefined);
    more();
    await closed;
  });

  test('one who asks for a token may send little', async t => {
    const sandbox = await open(t, { recordBodies: true });
    const body = JSON.stringify({ grant_type: 'client_credentials', padding: 'x'.repeat(70_000) });
    const reply = await call(sandbox, 'POST', '/oauth/token', { token: '', body });
    assert.equal(reply.status, 413);
    assert.equal(sandbox.control.requests[0]?.body, '');
  });
});

suite('what is kept', () => {
  const patch = (sandbox: Sandbox, size: number) =>
    call(sandbox, 'PATCH', userPath(ID), { body: { user_metadata: { a: 'x'.repeat(size) } } });

  test('no bodies, unless tests ask for them', async t => {
    for (const recordBodies of [undefined, false, true]) {
      const sandbox = await open(t, recordBodies === undefined ? {} : { recordBodies });
      await patch(sandbox, 1);
      assert.equal(sandbox.control.requests[0]?.body, recordBodies ? '{"user_metadata":{"a":"x"}}' : '');
    }
  });

  test('so much text, whatever its shape; the newest request always', async t => {
    const sandbox = await open(t, { recordBodies: true });
    const kept = () => JSON.stringify(sandbox.control.requests).length;
    for (let i = 0; i < 12; i++) await patch(sandbox, 5_000_000);
    assert(kept() < 40_000_000, String(kept()));
    assert(sandbox.control.requests.length >= 2);
    for (let i = 0; i < 700; i++) {
      await call(sandbox, 'GET', '/', { headers: { padding: 'x'.repeat(60_000) } });
    }
    assert(kept() < 40_000_000, String(kept()));
  });

  test('secrets are of this start alone', async t => {
    const [one, other] = [await open(t), await open(t)];
    assert.notEqual(one.clientSecret, other.clientSecret);
    assert.equal((await call(one, 'GET', userPath(ID), { token: other.token })).status, 401);
    const grant = {
      grant_type: 'client_credentials',
      client_id: one.clientId,
      client_secret: one.clientSecret,
      audience: `https://${one.domain}/api/v2/`,
    };
    assert.equal((await call(one, 'POST', '/oauth/token', { token: '', body: grant })).status, 200);
    assert.equal((await call(other, 'POST', '/oauth/token', { token: '', body: grant })).status, 401);
  });
});

suite('a browser that opens its address', () => {
  test('is told what it is, and no secret', async t => {
    const sandbox = await open(t);
    const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
    const { status, headers, text } = await call(sandbox, 'GET', '/', { token: '', headers: { accept } });
    assert.equal(status, 200);
    assert.match(headers['content-type'] ?? '', /^text\/html/);
    assert.match(text, /This is a sandbox/);
    for (const secret of [sandbox.token, sandbox.clientSecret]) assert(!text.includes(secret));
  });

  test('others hear what Auth0 says', async t => {
    const sandbox = await open(t);
    for (const [method, path, accept] of [
      ['GET', '/', 'application/json'],
      ['POST', '/', 'text/html'],
      ['GET', '/x', 'text/html'],
    ] as const) {
      assert.equal((await call(sandbox, method, path, { headers: { accept } })).status, 404);
    }
  });
});

/** Sends a head alone; a `host` line in it wins. */
function send(t: TestContext, sandbox: Sandbox, head: string, length: string): Socket {
  const { hostname, port, host } = new URL(sandbox.url);
  const [requestLine, ...headers] = head.split('\n');
  if (!headers.some(line => line.startsWith('host:'))) headers.push(`host: ${host}`);
  const socket = connect(Number(port), hostname);
  t.after(() => socket.destroy());
  socket.write([`${requestLine} HTTP/1.1`, ...headers, 'content-type: application/json', length, '', ''].join('\r\n'));
  return socket;
}
