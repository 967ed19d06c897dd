// What is entrusted to the extension and what it reads stays where it belongs: seeded values are looked for everywhere else.
import { ofUser } from '../../src/management/resourceId';
import '../support/vscode/install';

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { refusalOf } from '../../src/documents/refusal';
import { HistoryStore } from '../../src/history/historyStore';
import type { Credentials } from '../../src/management/auth/credentials';
import { ManagementError } from '../../src/management/errors';
import { createUndiciTransport } from '../../src/management/http/undiciTransport';
import { userPath } from '../../src/management/resources/users';
import { planPatch } from '../../src/metadata/plan';
import { apiError, gatewayHtml } from '../../src/sandbox/answers';
import type { Fault } from '../../src/sandbox/http/faults';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { describeError } from '../../src/shell/errors';
import { observeRequests } from '../../src/shell/log';
import { openAccessThrough } from '../../src/tenants/openAccess';
import { secretKey } from '../../src/tenants/record';
import { parseAddTenantArgs } from '../../src/tenants/signIn/addArgs';
import { decodeCliTenants } from '../../src/tenants/signIn/cliTenants';
import { whyRefused } from '../../src/tenants/signIn/verify';
import { TenantStore } from '../../src/tenants/tenantStore';
import { encodeTenants, isMovable } from '../../src/tenants/transfer/tenantsFile';
import { SHELLS, toCurl } from '../../src/text/curl';
import { metadata } from '../support/json';
import { tenantAt, userId } from '../support/management';
import { openSandbox } from '../support/sandboxClient';
import { ExtensionStorage, secretsIn, stateIn } from '../support/vscode/context';
import { outputChannel } from '../support/vscode/outputChannel';
import { tenant as tenantNamed, tenantsIn } from '../unit/tenants/tenantsIn';

const VALUE = 'seeded-metadata-value';
const ID = userId('auth0|seeded-user-id');
const EMAIL = 'seeded@example.com';
const BODY = JSON.stringify({ user_metadata: { note: VALUE } });

/** Answers that repeat what was sent, as Auth0's own do in places. */
const echo = `'${VALUE}' of ${EMAIL} ${ID}`;
const FAULTS: readonly Fault[] = [
  {
    kind: 'answer',
    answer: apiError(400, `Payload validation error: 'Bad ${echo}' on property user_metadata.note`, VALUE),
  },
  { kind: 'answer', answer: apiError(401, `Invalid token: ${echo}`) },
  { kind: 'answer', answer: apiError(403, `Insufficient scope: ${echo}`) },
  { kind: 'answer', answer: apiError(404, `No such user ${echo}`) },
  { kind: 'answer', answer: apiError(409, `Exists: ${echo}`) },
  { kind: 'answer', answer: apiError(413, echo) },
  { kind: 'answer', answer: { ...apiError(429, echo), headers: { 'retry-after': '3600', 'x-echo': VALUE } } },
  { kind: 'answer', answer: apiError(500, echo) },
  { kind: 'answer', answer: { status: 200, body: `{"user_id":"${ID}","user_metadata":"${VALUE}"` } },
  { kind: 'answer', answer: { ...gatewayHtml(502), body: `<html>${echo}</html>` } },
  { kind: 'resetAfterApply' },
  { kind: 'truncateJson' },
];

/** The ways of getting tokens: each has another secret. */
const WAYS: Readonly<Record<string, (sandbox: Sandbox) => Credentials>> = {
  'a client secret': ({ clientId, clientSecret }) => ({ kind: 'client', clientId, clientSecret }),
  'a private key': ({ clientId, privateKey }) => ({ kind: 'key', clientId, privateKey, algorithm: 'RS256' }),
};

async function setUp(t: TestContext, credentials: (sandbox: Sandbox) => Credentials) {
  const lines: string[] = [];
  const log = outputChannel(line => lines.push(line));
  const users = [{ user_id: ID, email: EMAIL, user_metadata: { note: VALUE } }];
  const secrets: string[] = [VALUE, EMAIL, ID, encodeURIComponent(ID)];
  const opened = await openSandbox(t, {
    users,
    observer: observeRequests(log),
    credentials,
  });
  const { value: token } = await opened.tokens.getToken();
  secrets.push(token, ...token.split('.'), opened.sandbox.clientSecret, opened.sandbox.clientId);
  const keyLines = opened.sandbox.privateKey.split('\n').filter(line => line.length > 20);
  const assertions = opened.sandbox.control.requests.flatMap(({ body = '' }) =>
    Array.from(body.matchAll(/"client_assertion":"([^"]+)"/g), ([, assertion = '']) => assertion.split('.').slice(1)),
  );
  secrets.push(...keyLines, ...assertions.flat());
  const nothingIn = (text: string, where: string) => {
    for (const secret of secrets) assert(!text.includes(secret), `${where} holds ${secret}: ${text}`);
  };
  return { ...opened, lines, token, nothingIn };
}

for (const [way, credentials] of Object.entries(WAYS)) {
  test(`${way}: the log, the errors and every sentence hold nothing of what was sent or received`, async t => {
    const { sandbox, client, lines, nothingIn } = await setUp(t, credentials);
    await client.listUsers({ page: 0, perPage: 10, query: `user_metadata.note:"${VALUE}"` });
    await client.usersByEmail(EMAIL);
    await client.getUser(ID);
    await client.patchUser(ID, BODY);
    const errors: unknown[] = [];
    for (const fault of FAULTS) {
      for (const method of ['GET', 'PATCH']) {
        sandbox.control.fail({ method, fault, times: 3 });
        const request = method === 'GET' ? client.getUser(ID) : client.patchUser(ID, BODY);
        await request.then(
          () => undefined,
          error => errors.push(error),
        );
        sandbox.control.clearFaults();
      }
    }
    sandbox.control.fail({
      route: 'token',
      fault: {
        kind: 'answer',
        answer: { status: 401, body: JSON.stringify({ error: 'access_denied', error_description: echo }) },
      },
    });
    assert(errors.length >= 2 * FAULTS.length - 1, String(errors.length));
    for (const error of errors) {
      assert(ManagementError.is(error), inspect(error));
      const said = [describeError(error, 'acme.auth0.com'), refusalOf(error, 'acme.auth0.com').message];
      nothingIn(JSON.stringify(said), 'a sentence');
      nothingIn(inspect(error, { depth: null, showHidden: true }) + error.stack + JSON.stringify(error), 'an error');
      nothingIn(inspect(error.cause, { depth: null }), 'a cause');
    }
    assert(lines.length > FAULTS.length);
    for (const line of lines) nothingIn(line, 'the log');
  });
}

for (const [way, credentials] of Object.entries(WAYS)) {
  test(`${way}: URLs hold no token and no secret; a copied request leaves the token to the environment`, async t => {
    const { sandbox, client, token } = await setUp(t, credentials);
    await client.getUser(ID);
    await client.patchUser(ID, BODY);
    const hidden = [token, sandbox.clientSecret];
    for (const { path: url } of sandbox.control.requests) for (const secret of hidden) assert(!url.includes(secret));
    for (const shell of SHELLS) {
      const curl = toCurl({ method: 'PATCH', url: `${sandbox.url}${userPath(ID)}`, body: BODY }, shell) ?? '';
      for (const secret of hidden) assert(!curl.includes(secret));
      assert.match(curl, /Bearer (\$AUTH0_TOKEN|\$env:AUTH0_TOKEN|%AUTH0_TOKEN%)"/);
    }
  });
}

test('a private key stays in the secret storage: nothing that is sent, stored or said has a line of it', async t => {
  const sandbox = await startSandbox({ recordBodies: true, empty: true });
  const transport = createUndiciTransport();
  t.after(() => Promise.all([sandbox.close(), transport.close()]));
  const storage = new ExtensionStorage();
  const store = new TenantStore({
    state: stateIn(storage),
    secrets: secretsIn(storage),
    sample: { start: () => assert.fail('no sample is asked for') },
    mayMove: async () => true,
  });
  t.after(() => store.dispose());
  const { url, domain, clientId, privateKey } = sandbox;
  const args = { url, domain, clientId, privateKey };
  const { tenant, credentials } = parseAddTenantArgs(args);
  const openAccess = openAccessThrough(transport);
  const { signal } = new AbortController();
  const other = parseAddTenantArgs({ ...args, clientId: 'other' });
  const said = [await whyRefused(openAccess, other.tenant, other.credentials, signal)];
  assert.equal(await whyRefused(openAccess, tenant, credentials, signal), undefined);
  for (const damage of [privateKey.slice(0, 900), privateKey.slice(40), privateKey.replaceAll('M', 'N')]) {
    assert.throws(
      () => parseAddTenantArgs({ ...args, privateKey: damage }),
      error => said.push(inspect(error, { depth: null, showHidden: true })) > 0,
    );
  }
  await store.add(tenant, credentials);
  const lines = privateKey.split('\n').filter(line => line.length > 20 && !line.includes('-'));
  assert(lines.length > 20);
  const holders = Array.from(storage.store).filter(([, value]) => lines.some(line => inspect(value).includes(line)));
  assert.deepEqual(
    holders.map(([key]) => key),
    [`secret ${secretKey(tenant.domain)}`],
  );
  const sent = sandbox.control.requests.map(request => JSON.stringify(request));
  assert.equal(sent.length, 3);
  for (const text of [...said, ...sent]) for (const line of lines) assert(!text?.includes(line), text);
});

test('an export of tenants holds no token, secret or key, however the user signed in', async t => {
  const sandbox = await startSandbox({ empty: true });
  t.after(() => sandbox.close());
  const { tenants } = tenantsIn();
  const { url, token, clientId, clientSecret, privateKey } = sandbox;
  const key = { kind: 'key', clientId, privateKey, algorithm: 'RS256', keyId: 'seeded-key' } as const;
  await tenants.add(tenantNamed('one.auth0.com'), { kind: 'token', token });
  await tenants.add(tenantNamed('two.auth0.com'), {
    kind: 'client',
    clientId,
    clientSecret,
    audience: 'seeded-audience',
  });
  await tenants.add(tenantNamed('three.auth0.com'), key);
  await tenants.add(tenantNamed('local.example.com', url), { kind: 'token', token });
  await tenants.addSample();
  const text = encodeTenants(tenants.all().filter(isMovable));
  assert.deepEqual([text.match(/"domain"/g)?.length, tenants.all().length], [3, 5]);
  const hidden = [...token.split('.'), clientSecret, clientId, ...privateKey.trim().split('\n'), url];
  for (const secret of [...hidden, 'seeded-audience', 'seeded-key', 'local.example.com']) {
    assert(!text.includes(secret), `the export holds ${secret}: ${text}`);
  }
});

test('what is taken from the configuration of Auth0’s CLI holds no token', () => {
  const tenant = { name: 'acme', domain: 'acme.auth0.com', access_token: VALUE, client_id: ID, default_app_id: EMAIL };
  const taken = decodeCliTenants(JSON.stringify({ install_id: VALUE, tenants: { 'acme.auth0.com': tenant } }));
  assert.deepEqual(taken, [{ domain: 'acme.auth0.com', name: 'acme' }]);
});

test('the history of a tenant that was removed is gone from the disk; others keep theirs', async t => {
  const root = await mkdtemp(path.join(tmpdir(), 'auth0-metadata-history-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const store = new HistoryStore(root, () => ({ maxEntries: 100, maxBytes: 1_000_000 }));
  const before = metadata({ user_metadata: { note: 'other' } });
  const after = metadata({ user_metadata: { note: VALUE } });
  const { body } = planPatch(before, after, before);
  const [mine, other] = ['acme.auth0.com', 'other.auth0.com'].map(name => tenantAt('https://x', name).domain);
  assert(mine && other);
  for (const tenant of [mine, other]) {
    await store.add({ ...ofUser(tenant, ID), label: EMAIL, savedAtMs: 1, before, body, after });
  }
  await store.clear(mine);
  assert.deepEqual(await store.list(mine), []);
  assert.equal((await store.list(other)).length, 1);
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  const texts = files
    .filter(file => file.isFile())
    .map(file => readFile(path.join(file.parentPath, file.name), 'utf8'));
  assert.equal((await Promise.all(texts)).filter(text => text.includes('acme.auth0.com')).length, 0);
  assert(!(await readdir(root)).includes('acme.auth0.com'));
});
