// *Add Tenant…* and *Sign In Again*, from the first question to credentials that the service accepts.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import type { Credentials } from '../../../src/management/auth/credentials';
import { type ErrorKind, ManagementError } from '../../../src/management/errors';
import { parseTenantDomain, type Tenant, tenantOf } from '../../../src/management/tenant';
import type { OpenAccess } from '../../../src/tenants/openAccess';
import { askForTenant } from '../../../src/tenants/signIn/addTenantSteps';
import { jwt } from '../../support/jwt';
import { jwk, oneLine, pkcs8, rsaPair, spki } from '../../support/keys';
import { type Deed, person } from '../../support/vscode/quickInput';

const TOKEN = jwt({ aud: 'https://acme.eu.auth0.com/api/v2/', azp: 'x' });
const ACME = { type: 'acme.eu.auth0.com' };
const [byToken, byClient] = [{ pick: 'Paste a token' }, { pick: 'Use client credentials' }];
const pair = { kind: 'client', clientId: 'id', clientSecret: 's' } as const;

function tenant(domain: string): Tenant {
  const parsed = parseTenantDomain(domain);
  assert.ok(parsed);
  return tenantOf(parsed);
}

interface Refusal {
  readonly of: 'token' | 'list';
  readonly error: ManagementError;
}

const refusal = (of: Refusal['of'], kind: ErrorKind, errorCode?: string): Refusal => ({
  of,
  error: new ManagementError('no', { kind, outcome: 'refused', status: 400, isAuth0s: true, errorCode }),
});

/** What a person saw, what was tried and what was added. The service refuses the first tries. */
async function ask(
  deeds: readonly Deed[],
  { refusals = [], known, kind }: { refusals?: readonly Refusal[]; known?: Tenant; kind?: Credentials['kind'] } = {},
) {
  Object.assign(person, { deeds: [...deeds], saw: [] });
  const tried: (readonly [origin: string, credentials: Credentials])[] = [];
  const openAccess: OpenAccess = async (at, credentials) => {
    const refused = refusals[tried.length];
    tried.push([at.origin, credentials]);
    const answer = async (of: Refusal['of']) => {
      if (refused?.of === of) throw refused.error;
      return { scopes: undefined };
    };
    const client = { listUsers: () => answer('list') };
    const tokens = { getToken: () => answer('token'), invalidate: () => undefined };
    return { client, tokens } as never;
  };
  const added = await askForTenant(openAccess, known, kind);
  return { saw: person.saw, tried, added: added && [added.tenant.origin, added.credentials] };
}

const TITLE = 'Add an Auth0 Tenant';
const CHOICE = '$(key) Paste a token | $(server) Use client credentials | $(shield) Use a private key';

test('a token: three questions, and what was typed is tried once', async () => {
  const { saw, tried, added } = await ask([{ type: 'acme' }, ACME, byToken, { type: 'two words' }, { type: TOKEN }]);
  assert.deepEqual(saw, [
    `${TITLE} 1/3 acme.eu.auth0.com: `,
    '! acme is only the name of a tenant. Write its whole domain, such as acme.eu.auth0.com.',
    `${TITLE} 2/3 How do you sign in to acme.eu.auth0.com?: ${CHOICE}`,
    `${TITLE} 3/3 eyJ…: `,
    '! This is not a token: it must be one line without spaces.',
  ]);
  const expected = ['https://acme.eu.auth0.com', { kind: 'token', token: TOKEN }];
  assert.deepEqual([tried, added], [[expected], expected]);
});

test('client credentials: the steps are those of the method that was chosen', async () => {
  const { saw, added } = await ask([ACME, byClient, { type: '"id"' }, { type: 's' }]);
  assert.deepEqual(saw.slice(2), [`${TITLE} 3/4 Client ID: `, `${TITLE} 4/4 Client secret: `]);
  assert.deepEqual(added, ['https://acme.eu.auth0.com', pair]);
});

test('a custom domain: the tenant’s own domain is asked for, and forgotten with the domain', async () => {
  const deeds: Deed[] = [
    ...[{ type: 'login.acme.com' }, byClient, { type: 'id' }, { type: 'acme.auth0.com' }],
    ...(['back', 'back', 'back', 'back'] as const),
    ...[{ type: 'login.acme.org' }, byClient, { type: 'id' }, { type: ' https://a.auth0.com/api/v2' }, { type: 's' }],
  ];
  const { saw, added } = await ask(deeds);
  assert.deepEqual(saw.slice(2), [
    `${TITLE} 3/5 Client ID: `,
    `${TITLE} 4/5 acme.eu.auth0.com: `,
    `${TITLE} 5/5 Client secret: `,
    `${TITLE} 4/5 acme.eu.auth0.com: acme.auth0.com`,
    `${TITLE} 3/5 Client ID: id`,
    `${TITLE} 2/5 How do you sign in to login.acme.com?: ${CHOICE}`,
    `${TITLE} 1/5 acme.eu.auth0.com: login.acme.com`,
    `${TITLE} 2/5 How do you sign in to login.acme.org?: ${CHOICE}`,
    `${TITLE} 3/5 Client ID: id`,
    `${TITLE} 4/5 acme.eu.auth0.com: `,
    `${TITLE} 5/5 Client secret: `,
  ]);
  assert.deepEqual(added, ['https://login.acme.org', { ...pair, audience: 'https://a.auth0.com/api/v2/' }]);
});

test('an audience that was typed for another domain is not sent along', async () => {
  const custom = [{ type: 'login.acme.com' }, byClient, { type: 'id' }, { type: 'https://acme.auth0.com/api/v2/' }];
  const { added } = await ask([
    ...custom,
    'back',
    'back',
    'back',
    'back',
    ACME,
    byClient,
    { type: 'id' },
    { type: 's' },
  ]);
  assert.deepEqual(added, ['https://acme.eu.auth0.com', pair]);
});

test('a private key: the algorithm is suggested; a JWK that names its own is used with that', async () => {
  const key = rsaPair().privateKey;
  const byKey = { pick: 'Use a private key' };
  const { saw, added } = await ask([ACME, byKey, { type: 'id' }, { type: 'RS384' }, { type: oneLine(pkcs8(key)) }]);
  assert.deepEqual(saw.slice(2), [
    `${TITLE} 3/5 Client ID: `,
    `${TITLE} 4/5 RS256, RS384, PS256: RS256`,
    `${TITLE} 5/5 -----BEGIN PRIVATE KEY-----: `,
  ]);
  const credentials = { kind: 'key', clientId: 'id', privateKey: pkcs8(key), algorithm: 'RS384' };
  assert.deepEqual(added, ['https://acme.eu.auth0.com', credentials]);
  const asJwk = { type: jwk(key, { alg: 'PS256', kid: 'mine' }) };
  const again = await ask([ACME, byKey, { type: 'id' }, { type: 'RS256' }, asJwk]);
  assert.deepEqual(again.added, ['https://acme.eu.auth0.com', { ...credentials, algorithm: 'PS256' }]);
});

test('a private key is chosen as a file, which is the answer at once', async t => {
  const folder = await mkdtemp(path.join(tmpdir(), 'auth0-metadata-key-'));
  t.after(() => rm(folder, { recursive: true }));
  const [good, large, publicKey] = ['key.pem', 'large.pem', 'public.pem'].map(name => path.join(folder, name));
  assert(good && large && publicKey);
  const pair = rsaPair();
  await writeFile(good, pkcs8(pair.privateKey));
  await writeFile(publicKey, spki(pair.publicKey));
  await writeFile(large, 'x'.repeat(70_000));
  const files: Deed[] = [{ file: undefined }, { file: large }, { file: publicKey }, { file: good }];
  const { saw, added } = await ask([ACME, { pick: 'Use a private key' }, { type: 'id' }, { type: 'RS256' }, ...files]);
  const box = `${TITLE} 5/5 -----BEGIN PRIVATE KEY-----: `;
  assert.deepEqual(
    saw.slice(4).map(line => line.split('\n')[0]),
    [
      box,
      '! This file is too large to be a key.',
      '! This is a public key, which is for Auth0. Here the private key is needed that belongs to it.',
    ],
  );
  assert.deepEqual(added?.[1], {
    kind: 'key',
    clientId: 'id',
    privateKey: pkcs8(pair.privateKey),
    algorithm: 'RS256',
  });
});

test('what was probably meant is put into the box, and Enter takes it', async () => {
  const { saw, added } = await ask([
    { type: 'https://manage.auth0.com/dashboard/eu/acme' },
    'enter',
    byToken,
    { type: TOKEN },
  ]);
  assert.equal(
    saw[1],
    '! This is the address of the dashboard. The domain is probably acme.eu.auth0.com. Press Enter to take what is in the box now.',
  );
  assert.deepEqual(added, ['https://acme.eu.auth0.com', { kind: 'token', token: TOKEN }]);
});

test('signing in again asks for no domain, and begins with the method of before', async () => {
  const known = tenant('acme.eu.auth0.com');
  const { saw, added } = await ask([byClient, { type: 'id' }, { type: 's' }], { known, kind: 'client' });
  assert.deepEqual(saw, [
    `Sign In to acme.eu.auth0.com 1/3 How do you sign in to acme.eu.auth0.com?: ${CHOICE}`,
    'Sign In to acme.eu.auth0.com 2/3 Client ID: ',
    'Sign In to acme.eu.auth0.com 3/3 Client secret: ',
  ]);
  assert.deepEqual(added, ['https://acme.eu.auth0.com', pair]);
});

test('Escape gives up; the way back keeps what was typed', async () => {
  assert.equal((await ask([ACME, 'escape'])).added, undefined);
  const { saw, added } = await ask([ACME, byToken, 'back', 'back', ACME, byClient, 'escape']);
  assert.deepEqual(saw.slice(4), [
    `${TITLE} 1/3 acme.eu.auth0.com: acme.eu.auth0.com`,
    `${TITLE} 2/3 How do you sign in to acme.eu.auth0.com?: ${CHOICE}`,
    `${TITLE} 3/4 Client ID: `,
  ]);
  assert.equal(added, undefined);
});

const AT = 'acme.eu.auth0.com';
const SCOPES = 'read:users update:users create:users read:connections';
// biome-ignore format: a table
const REFUSED: readonly [method: 'token' | 'client', Refusal, says: string][] = [
  ['token', refusal('list', 'unauthorized'), `${AT} does not accept this token: it has expired, is incomplete, or is for another tenant. Get a new one.`],
  ['client', refusal('list', 'unauthorized'), `${AT} does not accept its own token for the Management API: check the tenant’s own domain.`],
  ['token', refusal('list', 'forbidden'), `Listing users needs the scope read:users. Get a token with ${SCOPES}.`],
  ['client', refusal('list', 'forbidden'), `Listing users needs the scope read:users. Get a token with ${SCOPES}.`],
  ['token', refusal('list', 'notFound'), `There is no Auth0 tenant at ${AT}. Check the domain.`],
  ['client', refusal('token', 'notFound'), `There is no Auth0 tenant at ${AT}. Check the domain.`],
  ['client', refusal('token', 'unauthorized'), `${AT} does not accept this client ID with this client secret. Check both.`],
  ['client', refusal('token', 'forbidden', 'unauthorized_client'), 'The application may not use the grant Client Credentials: allow it in its Advanced Settings in Auth0.'],
  ['client', refusal('token', 'forbidden'), `The application is not authorized for the Auth0 Management API of this tenant: authorize it in Auth0 under Applications › APIs, with the scopes ${SCOPES}.`],
];

for (const [method, refused, says] of REFUSED) {
  test(`${method}, ${refused.of} ${refused.error.kind} ${refused.error.errorCode ?? ''}: what is wrong is said, and the next try counts`, async () => {
    const isToken = method === 'token';
    const answers = isToken ? [byToken, { type: TOKEN }] : [byClient, { type: 'id' }, { type: 's' }];
    const { saw, tried, added } = await ask([ACME, ...answers, { type: isToken ? TOKEN : 's' }], {
      refusals: [refused],
    });
    assert.equal(saw.at(-1), `! ${says}`);
    assert.equal(tried.length, 2);
    assert.deepEqual(added, tried[1]);
  });
}
