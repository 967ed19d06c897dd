// One key, whose public half the sandbox knows: it signs in with this extension, and with Auth0's own SDK.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ManagementClient } from 'auth0';
import { ASSERTION_ALGORITHMS, type AssertionAlgorithm } from '../../../src/management/auth/credentials';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { openAccessThrough } from '../../../src/tenants/openAccess';
import { type NewTenant, parseAddTenantArgs } from '../../../src/tenants/signIn/addArgs';
import { whyRefused } from '../../../src/tenants/signIn/verify';
import { jwk, oneLine, pkcs1, pkcs8, rsaPair, spki } from '../../support/keys';

const DOMAIN = 'a.tenant.localhost';
const { publicKey, privateKey } = rsaPair();

async function open(t: TestContext) {
  const sandbox = await startSandbox({ domain: DOMAIN, users: [{ user_id: 'auth0|1' }] });
  const transport = createUndiciTransport();
  t.after(() => Promise.all([sandbox.close(), transport.close()]));
  const openAccess = openAccessThrough(transport);
  const signIn = ({ tenant, credentials }: NewTenant) =>
    whyRefused(openAccess, tenant, credentials, new AbortController().signal);
  return { sandbox, openAccess, signIn };
}

/** The SDK speaks https only: its requests are turned to the sandbox, and are otherwise untouched. */
function sdkOf({ url, clientId }: Sandbox, clientAssertionSigningAlg: AssertionAlgorithm): ManagementClient {
  return new ManagementClient({
    domain: DOMAIN,
    clientId,
    clientAssertionSigningKey: pkcs8(privateKey),
    clientAssertionSigningAlg,
    fetch: (input: string | URL | Request, init?: RequestInit) =>
      fetch(String(input).replace(`https://${DOMAIN}`, url), init),
  });
}

for (const algorithm of ASSERTION_ALGORITHMS) {
  test(`${algorithm}: the same key signs in with this extension and with the SDK, registered for it alone`, async t => {
    const { sandbox, signIn } = await open(t);
    const keyId = sandbox.control.registerPublicKey(spki(publicKey), [algorithm]);
    const { url, domain, clientId } = sandbox;
    const common = { url, domain, clientId, algorithm };
    const forms = [pkcs8(privateKey), oneLine(pkcs1(privateKey)), jwk(privateKey), jwk(privateKey, { kid: 'mine' })];
    for (const form of forms) {
      assert.equal(await signIn(parseAddTenantArgs({ ...common, privateKey: form })), undefined);
      assert.equal(await signIn(parseAddTenantArgs({ ...common, privateKey: form, keyId })), undefined);
    }
    const page = await sdkOf(sandbox, algorithm).users.list();
    assert.deepEqual(
      page.data.map(user => user.user_id),
      ['auth0|1'],
    );
  });
}

test('refused: another key, another algorithm, another client ID, another ID of the key, another audience', async t => {
  const { sandbox, signIn } = await open(t);
  const { url, domain, clientId } = sandbox;
  const good = { url, domain, clientId, privateKey: pkcs8(privateKey) };
  const says = (change: object) => signIn(parseAddTenantArgs({ ...good, ...change }));
  const unknown = (id: string, algorithm = 'RS256') =>
    `${DOMAIN} does not accept this key for the client ID ${id}. Register its public key in the credentials of that application, with the algorithm ${algorithm}, and check the client ID.`;
  assert.equal(await says({}), unknown(clientId));
  sandbox.control.registerPublicKey(spki(publicKey), ['RS256']);
  assert.equal(await says({}), undefined);
  assert.equal(await says({ privateKey: pkcs8(rsaPair(3072).privateKey) }), unknown(clientId));
  assert.equal(await says({ algorithm: 'PS256' }), unknown(clientId, 'PS256'));
  assert.equal(await says({ clientId: 'other' }), unknown('other'));
  assert.equal(await says({ keyId: 'other' }), unknown(clientId));
  assert.match((await says({ audience: 'acme.eu.auth0.com' })) ?? '', /acme\.eu\.auth0\.com is not the domain/);
  await assert.rejects(sdkOf(sandbox, 'PS256').users.list(), { statusCode: 401 });
});

test('a token is fetched once for all that follows, and again with a new assertion after it was refused', async t => {
  const { sandbox, openAccess } = await open(t);
  const { url, domain, clientId } = sandbox;
  sandbox.control.registerPublicKey(spki(publicKey));
  const { tenant, credentials } = parseAddTenantArgs({ url, domain, clientId, privateKey: pkcs8(privateKey) });
  const { client, tokens } = await openAccess(tenant, credentials);
  await Promise.all([1, 2, 3].map(() => client.listUsers({ page: 0, perPage: 1 })));
  const grants = () => sandbox.control.requests.filter(request => request.path === '/oauth/token').length;
  assert.equal(grants(), 1);
  tokens.invalidate((await tokens.getToken()).value);
  await client.listUsers({ page: 0, perPage: 1 });
  assert.equal(grants(), 2);
});
