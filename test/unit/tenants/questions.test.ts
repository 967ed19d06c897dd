// What *Add Tenant…* and *Sign In Again* take as an answer, however it is written. What they refuse: bad-input.md.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tenantOf } from '../../../src/management/tenant';
import { audienceIn } from '../../../src/tenants/signIn/applicationQuestions';
import { domainIn, domainQuestion } from '../../../src/tenants/signIn/domainQuestion';
import { METHODS } from '../../../src/tenants/signIn/methods';
import { jwt } from '../../support/jwt';
import { jwk, oneLine, pkcs1, rsaPair } from '../../support/keys';
import { tenantDomain } from '../../support/management';

const CLIENT = 'kxrODb3qdrkyHMvq3fBOVxneID7OX5QW';
const GOOD = jwt({ aud: 'https://acme.eu.auth0.com/api/v2/', azp: CLIENT });
const { privateKey } = rsaPair();

// biome-ignore format: a table
const TAKEN: readonly [question: string, answers: readonly string[]][] = [
  ['domain', ['acme.eu.auth0.com', ' https://Acme.EU.auth0.com/api/v2/ ', '"acme.eu.auth0.com",', 'login.acme.com']],
  ['token', [GOOD, `{"access_token":"${GOOD}"}`, `Authorization: Bearer ${GOOD}`, `bearer '${GOOD}'`, `${GOOD.slice(0, 40)}\n${GOOD.slice(40)}`]],
  ['clientId', [CLIENT, `"${CLIENT}"`, 'short']],
  ['audience', ['acme.eu.auth0.com', 'https://acme.eu.auth0.com', 'https://acme.eu.auth0.com/', 'https://Acme.eu.auth0.com/api/v2', '"https://acme.eu.auth0.com/api/v2/"']],
  // A secret can be chosen in Auth0, so that its form says nothing for certain.
  ['clientSecret', [CLIENT + CLIENT, CLIENT, "'s'"]],
  ['algorithm', ['RS256', 'rs384', ' PS256 ']],
  ['privateKey', [oneLine(pkcs1(privateKey)), jwk(privateKey)]],
];

const QUESTIONS = [domainQuestion, ...Object.values(METHODS).flatMap(({ questions }) => questions)];

for (const [name, answers] of TAKEN) {
  for (const answer of answers) {
    test(`${name} ${answer.slice(0, 60)}`, () => {
      const question = QUESTIONS.find(one => one.name === name);
      assert(question);
      assert.equal(question.check(answer, tenantOf(tenantDomain('acme.eu.auth0.com'))), undefined);
      if (name === 'audience') assert.equal(audienceIn(answer), 'https://acme.eu.auth0.com/api/v2/');
      if (name === 'domain' && answer !== 'login.acme.com') assert.equal(domainIn(answer), 'acme.eu.auth0.com');
    });
  }
}

test('the audience is asked for where it cannot be known: a custom domain, and no sandbox', () => {
  for (const { questions } of [METHODS.client, METHODS.key]) {
    const asks = (name: string, origin?: string) =>
      questions.find(question => question.name === 'audience')?.isAsked?.(tenantOf(tenantDomain(name), origin));
    assert.equal(asks('login.acme.com'), true);
    assert.equal(asks('acme.eu.auth0.com'), false);
    assert.equal(asks('login.acme.com', 'http://127.0.0.1:4000'), false);
  }
});
