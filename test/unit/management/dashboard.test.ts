// The dashboard's page for a tenant, and the scopes to ask for there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lackingScope, scopesToAskFor } from '../../../src/management/auth/scopes';
import { dashboardUrl } from '../../../src/management/dashboard';
import { parseTenantDomain } from '../../../src/management/tenant';

for (const [domain, kind, path] of [
  ['acme.eu.auth0.com', 'token', 'dashboard/eu/acme/apis/management/explorer'],
  ['acme.eu.auth0.com', 'client', 'dashboard/eu/acme/apis/management/authorized-clients'],
  ['acme.auth0.com', 'token', 'dashboard/us/acme/apis/management/explorer'],
  ['acme.us.auth0.com', 'token', 'dashboard/us/acme/apis/management/explorer'],
  ['login.acme.com', 'token', ''],
  ['acme.auth0app.com', 'client', ''],
  ['a.b.c.auth0.com', 'token', ''],
  ['sample-tenant.localhost', 'token', ''],
] as const) {
  test(`the page of ${domain}, by ${kind}`, () => {
    const parsed = parseTenantDomain(domain);
    assert(parsed);
    assert.equal(dashboardUrl(parsed, kind), `https://manage.auth0.com/${path}`);
  });
}

const WANTED = ['read:users', 'update:users', 'create:users'];

for (const [rule, granted, needed, asked] of [
  ['all, as far as nothing is known', undefined, undefined, 'read:users update:users create:users'],
  ['the missing ones first', ['read:users', 'update:users'], [], 'create:users read:users update:users'],
  [
    'what was refused comes before what else is missing',
    ['update:users'],
    ['create:users'],
    'create:users read:users update:users',
  ],
  [
    'of scopes that do equally, the wanted one',
    undefined,
    ['update:users_app_metadata', 'update:users'],
    'update:users read:users create:users',
  ],
  [
    'a scope that is never wanted, if only it helps',
    undefined,
    ['read:logs'],
    'read:logs read:users update:users create:users',
  ],
] as const) {
  test(`scopes to ask for: ${rule}`, () => {
    assert.equal(scopesToAskFor(WANTED, granted && new Set<string>(granted), needed).join(' '), asked);
  });
}

test('a scope that is known to be missing: nothing was sent', () => {
  const { kind, outcome } = lackingScope('canCreate');
  assert.deepEqual([kind, outcome], ['forbidden', 'notSent']);
});
