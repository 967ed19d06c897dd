// Our own connections through a real proxy, to a tenant over TLS.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { isFailure } from '../../../src/management/http/transport';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { type HttpsTenant, serveOverHttps } from '../../support/httpsTenant';
import { projectRoot } from '../../workbench/paths';
import { createThrowawayFolder } from '../../workbench/throwaway';
import { get, patch } from './transports';

const URL_OF_USERS = 'https://tenant.example.test/api/v2/users';
const BASIC = 'Basic dXNlcjpwYXNz';

async function serve(t: TestContext): Promise<{ readonly sandbox: Sandbox; readonly tenant: HttpsTenant }> {
  const sandbox = await startSandbox({ domain: 'tenant.example.test', empty: true });
  const tenant = await serveOverHttps(sandbox);
  t.after(async () => {
    await tenant.close();
    await sandbox.close();
  });
  return { sandbox, tenant };
}

function through(t: TestContext, { proxyUrl }: HttpsTenant, trust: 'node' | 'all') {
  const transport = createUndiciTransport({ proxy: { url: proxyUrl, authorization: BASIC }, trust });
  t.after(() => transport.close());
  return transport;
}

test('one tunnel carries all requests of a save', async t => {
  const { sandbox, tenant } = await serve(t);
  tenant.wantedAuthorization = BASIC;
  const transport = through(t, tenant, 'all');
  for (const request of [get(URL_OF_USERS, { isOfSave: true }), patch(URL_OF_USERS, { isOfSave: true })]) {
    assert(!isFailure(await transport.request(request)));
  }
  assert.deepEqual(tenant.connects, [{ target: 'tenant.example.test:443', authorization: BASIC, status: 200 }]);
  assert.deepEqual(
    sandbox.control.requests.map(({ method, headers }) => [method, headers['proxy-authorization']]),
    [
      ['GET', undefined],
      ['PATCH', undefined],
    ],
  );
});

test('where the proxy refuses, it is certain that nothing was sent', async t => {
  const { sandbox, tenant } = await serve(t);
  tenant.wantedAuthorization = 'another';
  const result = await through(t, tenant, 'all').request(patch(URL_OF_USERS));
  assert.deepEqual(result, { failure: 'network', sent: false, code: 'PROXY_REFUSED' });
  assert.equal(sandbox.control.requests.length, 0);
});

test('a certificate that nobody knows is refused behind a proxy, too', async t => {
  const { sandbox, tenant } = await serve(t);
  const result = await through(t, tenant, 'node').request(patch(URL_OF_USERS));
  assert.deepEqual(result, { failure: 'network', sent: false, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  assert.equal(sandbox.control.requests.length, 0);
});

test('a proxy that never answers is given up in time', async t => {
  const { sandbox, tenant } = await serve(t);
  tenant.isSilent = true;
  const result = await through(t, tenant, 'all').request(patch(URL_OF_USERS, { startWithinMs: 50 }));
  assert.deepEqual(result, { failure: 'network', sent: false, code: 'NO_CONNECTION' });
  assert.equal(sandbox.control.requests.length, 0);
});

const BUNDLE = path.join(projectRoot, 'dist/undici.js');
const run = promisify(execFile);

before(async () => {
  if (!existsSync(BUNDLE)) await run(process.execPath, ['esbuild.js', '--quiet', 'undici'], { cwd: projectRoot });
});

test('the bundle opens tunnels, and believes the authorities of NODE_EXTRA_CA_CERTS', async t => {
  const { tenant } = await serve(t);
  const folder = createThrowawayFolder('proxy');
  t.after(() => folder.remove());
  const authority = path.join(folder.path, 'authority.pem');
  writeFileSync(authority, tenant.certificate);
  const code = `
    const [, bundle, url, proxy] = process.argv;
    const transport = require(bundle).createUndiciTransport({ proxy: { url: proxy, authorization: '' }, trust: 'node' });
    transport.request({ method: 'GET', url, headers: {} })
      .then(({ status, code }) => { console.log(status ?? code); return transport.close(); });`;
  const answer = async (extra: string) => {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: extra };
    const { stdout } = await run(process.execPath, ['-e', code, BUNDLE, URL_OF_USERS, tenant.proxyUrl], { env });
    return stdout.trim();
  };
  assert.deepEqual([await answer(authority), await answer('')], ['401', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
});
