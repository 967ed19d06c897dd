// Every request says who sends it, the one for a token as well.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../../package.json';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { startSandbox } from '../../../src/sandbox/http/server';
import { openAccessThrough } from '../../../src/tenants/openAccess';
import { tenantAt } from '../../support/management';

test('Auth0-Client is base64 JSON with the name and the version of the extension', async t => {
  const sandbox = await startSandbox({ count: 1, domain: 'acme.eu.auth0.com' });
  const transport = createUndiciTransport();
  t.after(() => Promise.all([sandbox.close(), transport.close()]));
  const { clientId, clientSecret } = sandbox;
  const access = await openAccessThrough(transport)(tenantAt(sandbox.url), { kind: 'client', clientId, clientSecret });
  await access.client.listUsers({ page: 0, perPage: 1 });
  assert.deepEqual(
    sandbox.control.requests.map(({ method, headers }) => [
      method,
      JSON.parse(Buffer.from(String(headers['auth0-client']), 'base64').toString()),
      headers['user-agent'],
    ]),
    ['POST', 'GET'].map(method => [
      method,
      { name: manifest.name, version: manifest.version },
      'auth0-metadata-editor',
    ]),
  );
});
