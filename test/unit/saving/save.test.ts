// The save flow with a scripted server and user: how many requests, which questions, what is sent.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from '../../../src/json/parse';
import { ManagementError } from '../../../src/management/errors';
import { metadataOf } from '../../../src/metadata/document';
import { saveUser } from '../../../src/saving/save';
import { user } from '../../support/json';
import { profileOf, resourceOf } from '../../support/userResource';
import { run, type Setup } from './scripted';

const unknown = new ManagementError('PATCH timed out', { kind: 'timeout', outcome: 'unknown' });
const limited = new ManagementError('PATCH 429', { kind: 'rateLimited', outcome: 'refused', again: true });
const expired = new ManagementError('PATCH 401', { kind: 'unauthorized', outcome: 'refused', again: true });
const revoked = new ManagementError('PATCH 401', { kind: 'unauthorized', outcome: 'refused' });
const notStarted = new ManagementError('PATCH', { kind: 'network', outcome: 'notSent', again: true });

const CASES: readonly [rule: string, setup: Setup, outcome: string, steps: readonly string[]][] = [
  ['nothing changed: no request', { base: '{"a":1}', edited: '{"a":1}', remote: ['{"a":9}'] }, 'unchanged', []],
  [
    'one GET, one PATCH',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}'] },
    'saved',
    ['GET', 'PATCH {"user_metadata":{"a":2}}'],
  ],
  ['the server holds it already', { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":2}'] }, 'upToDate', ['GET']],
  ['null at the root: not even a GET', { base: '{}', edited: '{"a":null}', remote: ['{}'] }, 'refused', []],
  [
    'cancel sends nothing',
    { base: '{"a":{"x":1}}', edited: '{"a":{"x":2}}', remote: ['{"a":{"x":1}}'] },
    'cancelled',
    ['GET', 'confirm replacements'],
  ],
  [
    'an answer counts for the server of then',
    { base: '{"a":{"x":1}}', edited: '{"a":{"x":2}}', remote: ['{"a":{"x":1}}'], answers: ['save'] },
    'saved',
    ['GET', 'confirm replacements', 'GET', 'PATCH {"user_metadata":{"a":{"x":2}}}'],
  ],
  [
    'and is asked again if the server has moved',
    {
      base: '{"a":{"x":1}}',
      edited: '{"a":{"x":2}}',
      remote: ['{"a":{"x":1}}', '{"a":{"x":1,"y":1}}'],
      answers: ['save'],
    },
    'cancelled',
    ['GET', 'confirm replacements', 'GET', 'confirm replacements'],
  ],
  [
    'a conflict that was decided is not decided for another value',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":3}', '{"a":4}'], answers: ['overwrite'] },
    'cancelled',
    ['GET', 'conflict a', 'GET', 'conflict a'],
  ],
  [
    'overwrite asks no second question about the same path',
    { base: '{"a":{"x":{"p":1}}}', edited: '{"a":{"x":2}}', remote: ['{"a":{"x":{"p":3}}}'], answers: ['overwrite'] },
    'saved',
    ['GET', 'conflict a.x', 'GET', 'PATCH {"user_metadata":{"a":{"x":2}}}'],
  ],
  [
    'but asks about what else it would replace',
    {
      base: '{"a":{"x":1,"y":1}}',
      edited: '{"a":{"x":2,"y":2}}',
      remote: ['{"a":{"x":3,"y":1}}'],
      answers: ['overwrite', 'save'],
    },
    'saved',
    ['GET', 'conflict a.x', 'GET', 'confirm replacements', 'GET', 'PATCH {"user_metadata":{"a":{"x":2,"y":2}}}'],
  ],
  [
    'conflicts ask whatever the policy',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":3}'], policy: 'never' },
    'cancelled',
    ['GET', 'conflict a'],
  ],
  [
    'never asks nothing else',
    { base: '{"a":{"x":1}}', edited: '{}', remote: ['{"a":{"x":1}}'], policy: 'never' },
    'saved',
    ['GET', 'PATCH {"user_metadata":{"a":null}}'],
  ],
  [
    'removals does not ask for values',
    { base: '{"a":{"x":1}}', edited: '{"a":{"x":2}}', remote: ['{"a":{"x":1}}'], policy: 'removals' },
    'saved',
    ['GET', 'PATCH {"user_metadata":{"a":{"x":2}}}'],
  ],
  [
    'removals asks for a nested key that goes',
    { base: '{"a":{"x":1}}', edited: '{"a":{}}', remote: ['{"a":{"x":1}}'], policy: 'removals' },
    'cancelled',
    ['GET', 'confirm removals'],
  ],
  [
    'always asks for an addition',
    { base: '{}', edited: '{"a":1}', remote: ['{}'], policy: 'always' },
    'cancelled',
    ['GET', 'confirm always'],
  ],
  ...(['replacements', 'removals', 'never'] as const).map((policy): (typeof CASES)[number] => [
    `what was looked at is not asked again with ${policy}`,
    { base: undefined, edited: '{"a":{"x":2}}', remote: ['{"a":{"x":1},"b":1}'], policy, isSeen: true },
    'saved',
    ['GET', 'PATCH {"user_metadata":{"a":{"x":2},"b":null}}'],
  ]),
  ...[undefined, '{"a":{"x":1}}'].map((base): (typeof CASES)[number] => [
    `what was looked at is confirmed all the same with always (${base ? 'with' : 'without'} a base)`,
    { base, edited: '{"a":{"x":2}}', remote: ['{"a":{"x":1}}'], policy: 'always', isSeen: true, answers: ['save'] },
    'saved',
    ['GET', `confirm ${base ? 'always' : 'noBase'}`, 'GET', 'PATCH {"user_metadata":{"a":{"x":2}}}'],
  ]),
  [
    'without a base it asks, whatever the policy',
    { base: undefined, edited: '{"a":1}', remote: ['{"b":1}'], policy: 'never' },
    'cancelled',
    ['GET', 'confirm noBase'],
  ],
  [
    'an answer that was lost is read back: saved',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}', '{"a":2,"b":7}'], patches: [unknown] },
    'saved',
    ['GET', 'PATCH {"user_metadata":{"a":2}}', 'GET'],
  ],
  [
    'an answer that was lost is read back: not saved',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}'], patches: [unknown] },
    'lost',
    ['GET', 'PATCH {"user_metadata":{"a":2}}', 'GET'],
  ],
  [
    'the PATCH was refused for its token: after a new sign-in it begins again at the GET',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}'], answers: ['yes'], patches: [revoked] },
    'saved',
    ['GET', 'PATCH {"user_metadata":{"a":2}}', 'sign in (refused)', 'GET', 'PATCH {"user_metadata":{"a":2}}'],
  ],
  [
    'nobody signs in: nothing more is sent',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}'], patches: [revoked] },
    'signedOut',
    ['GET', 'PATCH {"user_metadata":{"a":2}}', 'sign in (refused)'],
  ],
  [
    'after the sign-in somebody else has changed the same path: that is asked before anything is sent',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}', '{"a":3}'], answers: ['yes'], patches: [revoked] },
    'cancelled',
    ['GET', 'PATCH {"user_metadata":{"a":2}}', 'sign in (refused)', 'GET', 'conflict a'],
  ],
  ...[limited, expired, notStarted].map((failure): (typeof CASES)[number] => [
    `${failure.message} (${failure.kind}): what somebody added during the wait lives`,
    {
      base: '{"prefs":{"lang":"en"}}',
      edited: '{"prefs":{"lang":"en","theme":"dark"}}',
      remote: ['{"prefs":{"lang":"en"}}', '{"prefs":{"lang":"en","consent":true}}'],
      patches: [failure],
    },
    'saved',
    [
      'GET',
      'PATCH {"user_metadata":{"prefs":{"lang":"en","theme":"dark"}}}',
      'GET',
      'PATCH {"user_metadata":{"prefs":{"lang":"en","theme":"dark","consent":true}}}',
    ],
  ]),
  [
    'after a wait it is asked again if what was asked has changed',
    {
      base: '{"a":{"x":1}}',
      edited: '{"a":{"x":2}}',
      remote: ['{"a":{"x":1}}', '{"a":{"x":1}}', '{"a":{"x":1,"y":1}}'],
      answers: ['save'],
      patches: [limited],
    },
    'cancelled',
    ['GET', 'confirm replacements', 'GET', 'PATCH {"user_metadata":{"a":{"x":2}}}', 'GET', 'confirm replacements'],
  ],
  [
    'and not if it has not',
    {
      base: '{"a":{"x":1}}',
      edited: '{"a":{"x":2}}',
      remote: ['{"a":{"x":1}}'],
      answers: ['save'],
      patches: [limited],
    },
    'saved',
    [
      'GET',
      'confirm replacements',
      'GET',
      'PATCH {"user_metadata":{"a":{"x":2}}}',
      'GET',
      'PATCH {"user_metadata":{"a":{"x":2}}}',
    ],
  ],
];
for (const [rule, setup, outcome, steps] of CASES) {
  test(`save: ${rule}`, async () => assert.deepEqual(await run(setup), { outcome, steps }));
}

test('save: a refusal is thrown, and nothing is read back', async () => {
  const refused = new ManagementError('PATCH 403', { kind: 'forbidden', outcome: 'refused', status: 403 });
  const setup = { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}'], patches: [refused] };
  await assert.rejects(run(setup), error => ManagementError.is(error, 'forbidden'));
});

test('metadataOf and parseJson agree on what a scripted profile holds', () => {
  const { value } = parseJson('{"user_metadata":{"a":1}}');
  assert(value?.type === 'object');
  assert.deepEqual(metadataOf(profileOf(metadataOf(value)).value).user_metadata, metadataOf(value).user_metadata);
});

test('save: reading back that is refused for its token says nothing about the PATCH, and asks for nothing', async () => {
  let reads = 0;
  const resource = resourceOf({
    get: async () => {
      if (reads++ > 0) throw revoked;
      return profileOf(user('{"a":1}'));
    },
    patch: async () => {
      throw unknown;
    },
  });
  const never = async () => assert.fail('nothing is asked');
  const request = { base: user('{"a":1}'), edited: user('{"a":2}'), policy: () => 'never' as const };
  const { kind } = await saveUser(request, resource, {
    confirm: never,
    resolve: never,
    unlock: async () => assert.fail('nothing is locked'),
    signIn: never,
  });
  assert.equal(kind, 'unknown');
});

test('save: it begins again five times, and then says why not; rate limits are not counted', async () => {
  const setup = { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}'] };
  const times = (count: number, error: ManagementError) => Array.from({ length: count }, () => error);
  const five = await run({ ...setup, patches: [...times(4, notStarted), ...times(20, limited), expired] });
  assert.equal(five.outcome, 'saved');
  await assert.rejects(run({ ...setup, patches: times(6, notStarted) }), error => ManagementError.is(error, 'network'));
});
