// What *Add Tenant…* and *Sign In Again* say of an answer before anything is sent.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTenantDomain, tenantOf } from '../../../src/management/tenant';
import { METHODS } from '../../../src/tenants/signIn/methods';
import { domainQuestion } from '../../../src/tenants/signIn/question';
import { jwt } from '../../support/jwt';

const CLIENT = 'kxrODb3qdrkyHMvq3fBOVxneID7OX5QW';

const GOOD = jwt({ aud: 'https://acme.eu.auth0.com/api/v2/', azp: CLIENT });
const at = (s: number) => new Date(s * 1000).toLocaleString('en');
const HTTP = 'A tenant is only reached over https. Write acme.eu.auth0.com, without http://.';
const NO_DOMAIN = 'This is not a tenant domain. It looks like acme.eu.auth0.com, without a port.';
const NO_TOKEN = 'This is not a token: it must be one line without spaces.';

// biome-ignore format: a table
const SAID: readonly [step: string, value: string, complaint: string | undefined][] = [
  ['domain', 'acme.eu.auth0.com', undefined], ['domain', 'https://acme.eu.auth0.com/', undefined], ['domain', 'http://acme.eu.auth0.com/', HTTP],
  ['domain', 'http://acme', NO_DOMAIN], ['domain', '', NO_DOMAIN],
  ['token', GOOD, undefined], ['token', `{"access_token":"${GOOD}"}`, undefined], ['token', `Authorization: Bearer ${GOOD}`, undefined], ['token', 'two words', NO_TOKEN], ['token', '', NO_TOKEN],
  ['token', jwt({ aud: CLIENT, sub: 'auth0|1' }), 'This is an ID token: it says who somebody is and opens no API. Get an access token for the Management API.'],
  ['token', jwt({ aud: 'https://api.acme.com', azp: CLIENT }), 'This token is for https://api.acme.com, not for the Auth0 Management API. Get one for https://acme.eu.auth0.com/api/v2/.'],
  ['token', jwt({ aud: 'https://x.eu.auth0.com/api/v2/', azp: CLIENT }), 'This token is for the tenant x.eu.auth0.com, not for acme.eu.auth0.com. Get one from acme.eu.auth0.com, or change the domain.'],
  ['token', jwt({ aud: 'https://acme.eu.auth0.com/api/v2/', azp: CLIENT, exp: 1_700_000_000 }), `This token expired on ${at(1_700_000_000)}. Get a new one.`],
  ['token', jwt({ nbf: 33_000_000_000 }), `This token is valid from ${at(33_000_000_000)} on. Check the clock of this computer, or get a new one.`],
  ['token', CLIENT, 'This looks like a client ID, not like a token. To use it, go back to client credentials.'],
  ['token', CLIENT + CLIENT, 'This looks like a client secret, not like a token. To use it, go back to client credentials.'],
  ['token', 'uD1lzR4vYtqJd0Xb', 'This token cannot be for the Management API: such a token begins with eyJ and has two dots in it.'],
  ['token', GOOD.slice(0, 30), 'This token is incomplete. Copy all of it: three parts with dots between them.'],
  ['clientId', CLIENT, undefined], ['clientId', '', 'Required.'], ['clientId', GOOD, 'This is a token. To use it, go back to Paste a token.'],
  ['clientSecret', CLIENT + CLIENT, undefined], ['clientSecret', GOOD, 'This is a token. To use it, go back to Paste a token.'], ['audience', '', 'Required.'],
];

const QUESTIONS = [domainQuestion, ...Object.values(METHODS).flatMap(({ questions }) => questions)];

for (const [step, value, complaint] of SAID) {
  test(`${step} ${value.slice(0, 60)}: ${complaint ?? 'nothing to say'}`, () => {
    const domain = parseTenantDomain('acme.eu.auth0.com');
    assert.ok(domain);
    const question = QUESTIONS.find(({ name }) => name === step);
    assert.ok(question);
    assert.equal(question.check(value, step === 'domain' ? undefined : tenantOf(domain)), complaint);
  });
}
