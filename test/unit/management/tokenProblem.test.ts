// What a pasted token is, before anything is sent: one table a kind, each with those that only look like it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenProblem } from '../../../src/management/auth/tokenProblem';
import { jwt } from '../../support/jwt';
import { tenantDomain } from '../../support/management';

const NOW_S = 1_800_000_000;
const CLIENT = 'kxrODb3qdrkyHMvq3fBOVxneID7OX5QW';
const API = 'https://acme.eu.auth0.com/api/v2/';

const ACCESS = {
  iss: 'https://acme.eu.auth0.com/',
  sub: `${CLIENT}@clients`,
  aud: API,
  azp: CLIENT,
  scope: 'read:users',
  exp: NOW_S + 60,
};
const ID = {
  iss: 'https://acme.eu.auth0.com/',
  sub: 'auth0|1',
  aud: CLIENT,
  email: 'jane@example.com',
  nonce: 'n',
  exp: NOW_S + 60,
};
const [HEADER = '', PAYLOAD = ''] = jwt(ACCESS).split('.');
const ms = (s: number) => s * 1000;
const otherTenant = (host: string) => ({ kind: 'otherTenant', host });
const otherApi = (audience: string) => ({ kind: 'otherApi', audience });

// biome-ignore format: a table
const KINDS: readonly [kind: string, cases: readonly [what: string, token: string, problem: unknown, domain?: string][]][] = [
  ['good', [
    ['as the service gives it', jwt(ACCESS), undefined], ['beside userinfo', jwt({ ...ACCESS, aud: [API, 'https://acme.eu.auth0.com/userinfo'] }), undefined],
    ['without expiry', jwt({ ...ACCESS, exp: undefined }), undefined], ['that never expires', jwt({ ...ACCESS, exp: 1e308 }), undefined],
    ['that says nothing', jwt({}), undefined], ['of the first kind, with scopes as an object', jwt({ aud: CLIENT, scopes: { users: { actions: ['read'] } } }), undefined],
    ['issued by a custom domain', jwt({ ...ACCESS, iss: 'https://login.acme.com/' }), undefined],
    ['for a custom domain', jwt(ACCESS), undefined, 'login.acme.com'], ['for a custom domain, whoever it is', jwt({ ...ACCESS, aud: 'https://other.eu.auth0.com/api/v2/' }), undefined, 'login.acme.com'],
    ['of the oldest region by its other name', jwt({ ...ACCESS, aud: 'https://acme.us.auth0.com/api/v2/' }), undefined, 'acme.auth0.com'],
    ['with a domain in capitals', jwt({ ...ACCESS, aud: 'https://Acme.eu.auth0.com/api/v2/' }), undefined],
  ]],
  ['an ID token', [
    ['of a login', jwt(ID), { kind: 'idToken' }], ['of a custom domain', jwt(ID), { kind: 'idToken' }, 'login.acme.com'], ['that has expired', jwt({ ...ID, exp: 1 }), { kind: 'idToken' }],
    ['with several audiences', jwt({ ...ID, aud: [CLIENT] }), { kind: 'idToken' }],
  ]],
  ['for another API', [
    ['of the company', jwt({ ...ACCESS, aud: 'https://api.acme.com' }), otherApi('https://api.acme.com')], ['with a name', jwt({ ...ACCESS, aud: 'orders' }), otherApi('orders')],
    ['and userinfo', jwt({ ...ACCESS, aud: ['https://api.acme.com', 'https://acme.eu.auth0.com/userinfo'] }), otherApi('https://api.acme.com')],
    ['without the slash at the end', jwt({ ...ACCESS, aud: 'https://acme.eu.auth0.com/api/v2' }), otherApi('https://acme.eu.auth0.com/api/v2')],
    ['of a custom domain', jwt({ ...ACCESS, aud: 'https://api.acme.com' }), otherApi('https://api.acme.com'), 'login.acme.com'],
    ['with permissions only', jwt({ aud: 'https://api.acme.com', permissions: [] }), otherApi('https://api.acme.com')],
  ]],
  ['for another tenant', [
    ['by its audience', jwt({ ...ACCESS, aud: 'https://other.eu.auth0.com/api/v2/' }), otherTenant('other.eu.auth0.com')],
    ['in another region', jwt({ ...ACCESS, aud: 'https://acme.us.auth0.com/api/v2/' }), otherTenant('acme.us.auth0.com')],
    ['by its issuer alone', jwt({ iss: 'https://other.eu.auth0.com/' }), otherTenant('other.eu.auth0.com')],
    ['that has expired too', jwt({ ...ACCESS, aud: 'https://other.eu.auth0.com/api/v2/', exp: 1 }), otherTenant('other.eu.auth0.com')],
  ]],
  ['out of time', [
    ['expired', jwt({ ...ACCESS, exp: NOW_S - 1 }), { kind: 'expired', atMs: ms(NOW_S - 1) }], ['expired now', jwt({ ...ACCESS, exp: NOW_S }), { kind: 'expired', atMs: ms(NOW_S) }],
    ['not yet valid', jwt({ ...ACCESS, nbf: NOW_S + 3600 }), { kind: 'notYetValid', atMs: ms(NOW_S + 3600) }], ['valid in a moment', jwt({ ...ACCESS, nbf: NOW_S + 30 }), undefined],
  ]],
  ['unreadable', [
    ['opaque', 'uD1lzR4vYtqJd0Xb', { kind: 'opaque' }], ['encrypted', `${HEADER}..aXY.Y2lwaGVy.dGFn`, { kind: 'opaque' }],
    ['a client ID', CLIENT, { kind: 'clientId' }], ['a client secret', `${CLIENT}_${CLIENT.slice(1)}`, { kind: 'clientSecret' }],
    ['its first part', HEADER, { kind: 'incomplete' }], ['without its signature', `${HEADER}.${PAYLOAD}`, { kind: 'incomplete' }], ['cut in its middle', `${HEADER}.${PAYLOAD.slice(0, 30)}.x`, { kind: 'incomplete' }],
  ]],
];

for (const [kind, cases] of KINDS) {
  for (const [what, token, problem, name = 'acme.eu.auth0.com'] of cases) {
    test(`${kind}: ${what}`, () => {
      assert.deepEqual(tokenProblem(token, tenantDomain(name), ms(NOW_S)), problem);
    });
  }
}
