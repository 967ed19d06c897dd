// A token goes to the host it was entered for, and to no other: no redirect, no stored record and no workspace moves it.
import '../support/vscode/install';

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { tokenProviderOf } from '../../src/management/auth/tokenProvider';
import { createManagementClient } from '../../src/management/client';
import { ManagementError } from '../../src/management/errors';
import { createFetchTransport } from '../../src/management/http/fetchTransport';
import { createUndiciTransport } from '../../src/management/http/undiciTransport';
import { TenantGuard } from '../../src/tenants/guard';
import { openAccessThrough } from '../../src/tenants/openAccess';
import { TenantAccess } from '../../src/tenants/tenantAccess';
import { TenantStore } from '../../src/tenants/tenantStore';
import { answerJson, startServer } from '../support/http';
import { errorOf, TOKEN, tenantAt, userId } from '../support/management';
import { ExtensionStorage, secretsIn, stateIn } from '../support/vscode/context';
import { projectRoot } from '../workbench/paths';

const ID = userId('auth0|1');
const TRANSPORTS = { undici: createUndiciTransport, fetch: () => createFetchTransport() };

for (const [name, create] of Object.entries(TRANSPORTS)) {
  for (const status of [301, 302, 303, 307, 308]) {
    test(`${name}: a redirect (${status}) to another host is an error, and nothing is sent there`, async t => {
      const elsewhere = await startServer((_request, response) => answerJson(response, 200, { user_id: ID }));
      const home = await startServer(({ url }, response) => {
        response.writeHead(status, { location: elsewhere.origin + url }).end();
      });
      const transport = create();
      t.after(() => Promise.all([home.close(), elsewhere.close(), transport.close()]));
      const tenant = tenantAt(home.origin);
      const pasted = tokenProviderOf({ kind: 'token', token: TOKEN }, { tenant, transport });
      const client = createManagementClient({ tenant, tokens: pasted, transport });
      const renewed = tokenProviderOf(
        { kind: 'client', clientId: 'id', clientSecret: 'secret' },
        { tenant, transport },
      );
      const requests = [
        () => client.getUser(ID),
        () => client.listUsers({ page: 0, perPage: 10 }),
        () => client.patchUser(ID, '{"user_metadata":{"a":1}}'),
        () => client.createUser('{"connection":"a"}'),
        () => renewed.getToken(),
      ];
      for (const request of requests) {
        const { kind, outcome } = await errorOf(request());
        assert.equal(kind, 'server');
        assert.notEqual(outcome, 'unknown', 'a redirect has not been applied');
      }
      assert.deepEqual([elsewhere.requests.length, elsewhere.connections], [0, 0]);
    });
  }
}

test('a record that names another origin than its secret was entered for does not get the secret', async t => {
  const elsewhere = await startServer((_request, response) => answerJson(response, 200, { user_id: ID }));
  const transport = createUndiciTransport();
  t.after(() => Promise.all([elsewhere.close(), transport.close()]));
  const storage = new ExtensionStorage();
  const [state, secrets] = [stateIn(storage), secretsIn(storage)];
  const sample = { start: async () => assert.fail('no sample') };
  const open = () => {
    const store = new TenantStore({ state, secrets, sample, mayMove: async () => assert.fail('nothing moves') });
    const guard = new TenantGuard({ store, isLocked: () => false, relockMs: () => 0 });
    return { store, access: new TenantAccess({ store, guard, openAccess: openAccessThrough(transport), sample }) };
  };
  const tenant = tenantAt('https://acme.eu.auth0.com');
  await open().store.add(tenant, { kind: 'token', token: TOKEN });
  assert(
    !JSON.stringify(storage.store.get('auth0Metadata.tenants')).includes(TOKEN),
    'a token is in the secret storage only',
  );
  for (const origin of [
    elsewhere.origin,
    'https://evil.example',
    'http://acme.eu.auth0.com',
    'https://acme.eu.auth0.com.evil.example',
  ]) {
    await state.update('auth0Metadata.tenants', [{ domain: tenant.domain, origin, kind: 'token' }]);
    const { access } = open();
    const error = await errorOf(access.client(tenant.domain).then(client => client.getUser(ID)));
    assert.deepEqual([error.kind, error.outcome, error.status], ['unauthorized', 'notSent', undefined], origin);
  }
  assert.equal(elsewhere.connections, 0);
});

test('no path, however odd, leads to another origin', async () => {
  const tenant = tenantAt('https://acme.eu.auth0.com');
  const asked: string[] = [];
  const transport = {
    request: async ({ url }: { readonly url: string }) => {
      asked.push(url);
      return { failure: 'network', sent: false, code: 'ECONNREFUSED' } as const;
    },
    close: async () => undefined,
  };
  const tokens = tokenProviderOf({ kind: 'token', token: TOKEN }, { tenant, transport });
  const client = createManagementClient({ tenant, tokens, transport });
  for (const id of [
    '//evil.example/',
    '@evil.example',
    '\\\\evil.example',
    '../../../@evil.example',
    'a?x=//evil.example',
    '.%2e/',
  ]) {
    await assert.rejects(client.getUser(userId(id)), error => ManagementError.is(error, 'network'));
  }
  for (const url of asked) assert.equal(new URL(url).origin, tenant.origin);
  assert.equal(asked.length, 6);
});

test('a workspace can set none of our settings, and none of them names a host or holds a secret', () => {
  const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
  const properties: Record<string, { readonly scope?: string }> = manifest.contributes.configuration.properties;
  assert(Object.keys(properties).length > 0);
  for (const [name, { scope }] of Object.entries(properties)) {
    assert.equal(scope, 'application', name);
    assert.doesNotMatch(name, /token|secret|password|domain|url|host|origin|tenant/i);
  }
});

test('nothing is reported to anybody: no telemetry, no address of ours', () => {
  const sources = readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' });
  for (const source of sources.filter(file => file.endsWith('.ts'))) {
    const text = readFileSync(path.join(projectRoot, 'src', source), 'utf8');
    assert.doesNotMatch(text, /createTelemetryLogger|machineId|sessionId|isTelemetryEnabled|sendBeacon/, source);
  }
});
