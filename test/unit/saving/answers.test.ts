// An answer counts only for what was asked: the same values, the same tenant, and a policy that has not changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planPatch } from '../../../src/metadata/plan';
import type { ConfirmPolicy } from '../../../src/saving/confirmPolicy';
import { fingerprint, type SaveQuestions, saveUser } from '../../../src/saving/save';
import { user } from '../../support/json';
import { profileOf, resourceOf } from '../../support/userResource';

interface Tenant {
  policy: ConfirmPolicy;
  about: string;
}

/** What is asked where the tenant changes during the first question; all is answered with *Save* or *Overwrite*. */
async function asked(change: (tenant: Tenant) => void, remote: string): Promise<readonly string[]> {
  const tenant: Tenant = { policy: 'replacements', about: 'development' };
  const questions: string[] = [];
  const note = (question: string) => {
    questions.push(`${tenant.about}: ${question}`);
    if (questions.length === 1) change(tenant);
  };
  const never = async () => assert.fail('that is not asked');
  const answers: SaveQuestions = {
    about: () => tenant.about,
    confirm: async ({ reason }) => {
      note(reason);
      return 'save';
    },
    resolve: async () => {
      note('conflict');
      return 'overwrite';
    },
    signIn: never,
    unlock: never,
  };
  const resource = resourceOf({
    get: async () => profileOf(user(remote)),
    patch: async () => profileOf(user('{"a":{"x":2}}')),
  });
  const request = { base: user('{"a":{"x":1}}'), edited: user('{"a":{"x":2}}'), policy: () => tenant.policy };
  assert.equal((await saveUser(request, resource, answers)).kind, 'saved');
  return questions;
}

const CHANGES: readonly (readonly [what: string, change: (tenant: Tenant) => void, again: string | undefined])[] = [
  ['nothing changes', () => undefined, undefined],
  [
    'it is for production by now, where every save asks',
    tenant => Object.assign(tenant, { policy: 'always', about: 'production' }),
    'production: always',
  ],
  ['it has moved', tenant => Object.assign(tenant, { about: 'elsewhere' }), 'elsewhere: replacements'],
  ['every save asks by now', tenant => Object.assign(tenant, { policy: 'always' }), 'development: always'],
];

for (const [what, change, again] of CHANGES) {
  test(`an answer to a question during which ${what}`, async () => {
    const first = 'development: replacements';
    assert.deepEqual(await asked(change, '{"a":{"x":1}}'), again === undefined ? [first] : [first, again]);
  });
}

test('an answer about a conflict of another tenant is asked anew', async () => {
  assert.deepEqual(await asked(tenant => Object.assign(tenant, { about: 'elsewhere' }), '{"a":{"x":3}}'), [
    'development: conflict',
    'elsewhere: conflict',
  ]);
});

for (const [of, policy, isAsked] of [
  ['development', 'replacements', false],
  ['elsewhere', 'replacements', true],
  ['development', 'always', true],
] as const) {
  test(`changes that were shown of development, now ${of} with ${policy}`, async () => {
    const [base, edited] = [user('{"a":{"x":1}}'), user('{"a":{"x":2}}')];
    let asked = 0;
    const never = async () => assert.fail('that is not asked');
    const answers: SaveQuestions = {
      about: () => of,
      confirm: async () => {
        asked++;
        return 'save';
      },
      resolve: never,
      signIn: never,
      unlock: never,
    };
    const resource = resourceOf({ get: async () => profileOf(base), patch: async () => profileOf(edited) });
    const approved = { print: fingerprint(planPatch(base, edited, base), base), about: 'development' };
    await saveUser({ base, edited, policy: () => policy, approved }, resource, answers);
    assert.equal(asked > 0, isAsked);
  });
}
