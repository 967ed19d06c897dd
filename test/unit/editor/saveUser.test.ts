// The save flow with a scripted server, clock and user: how many requests, which questions, what is sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SaveOutcome, type SaveQuestions, saveUser } from '../../../src/editor/saveUser';
import { parseJson } from '../../../src/json/parse';
import { ManagementError } from '../../../src/management/errors';
import { toUserId, type UserProfile } from '../../../src/management/users';
import type { ConfirmPolicy } from '../../../src/metadata/confirmPolicy';
import { metadataOf, type UserMetadata } from '../../../src/metadata/document';
import { applyPatch } from '../../../src/metadata/plan';
import { json, toJson, user } from '../../support/json';

interface Setup {
  readonly base: string | undefined;
  readonly edited: string;
  /** What each GET answers; the last one repeats. */
  readonly remote: readonly string[];
  readonly policy?: ConfirmPolicy;
  readonly answers?: readonly string[];
  /** How long each question stands open, in ms. */
  readonly openMs?: number;
  readonly patch?: () => Promise<never>;
}

interface Run {
  readonly outcome: SaveOutcome['kind'];
  /** `GET`, `PATCH {…}`, `confirm <reason>`, `conflict <paths>` in their order. */
  readonly steps: readonly string[];
}

async function run({
  base,
  edited,
  remote,
  policy = 'replacements',
  answers = [],
  openMs = 0,
  patch,
}: Setup): Promise<Run> {
  const steps: string[] = [];
  const script = [...answers];
  let clock = 0;
  let gets = 0;
  const held = () => user(remote[Math.min(gets, remote.length) - 1] ?? '{}');
  const answer = async <T extends string>(question: string): Promise<T | undefined> => {
    steps.push(question);
    clock += openMs;
    return script.shift() as T | undefined;
  };
  const questions: SaveQuestions = {
    confirm: ({ reason }) => answer(`confirm ${reason}`),
    resolve: conflicts => answer(`conflict ${conflicts.map(({ path }) => path.slice(1).join('.'))}`),
  };
  const resource = {
    get: async () => {
      steps.push('GET');
      gets++;
      return profileOf(held());
    },
    patch: async (body: string) => {
      steps.push(`PATCH ${body}`);
      if (patch) return patch();
      const sent = json(body);
      assert(sent.type === 'object');
      return profileOf(applyPatch(held(), sent));
    },
  };
  const request = { base: base === undefined ? undefined : user(base), edited: user(edited), policy };
  const { kind } = await saveUser(request, resource, questions, () => clock);
  return { outcome: kind, steps };
}

function profileOf(metadata: UserMetadata): UserProfile {
  const id = toUserId('auth0|1');
  const value = toJson({});
  assert(id && value.type === 'object');
  const { user_metadata: userMetadata, app_metadata: appMetadata } = metadata;
  const members = Object.entries(metadata).map(([key, section]) => ({
    key,
    keyOffset: -1,
    keyEnd: -1,
    value: section,
  }));
  return { id, text: '', value: { ...value, members }, userMetadata, appMetadata };
}

const unknown = () => Promise.reject(new ManagementError('PATCH timed out', { kind: 'timeout', outcome: 'unknown' }));

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
    'an answer given at once needs no second GET',
    { base: '{"a":{"x":1}}', edited: '{"a":{"x":2}}', remote: ['{"a":{"x":1}}'], answers: ['save'] },
    'saved',
    ['GET', 'confirm replacements', 'PATCH {"user_metadata":{"a":{"x":2}}}'],
  ],
  [
    'one that took long is checked against the server of then',
    { base: '{"a":{"x":1}}', edited: '{"a":{"x":2}}', remote: ['{"a":{"x":1}}'], answers: ['save'], openMs: 60_000 },
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
      openMs: 60_000,
    },
    'cancelled',
    ['GET', 'confirm replacements', 'GET', 'confirm replacements'],
  ],
  [
    'a conflict that was decided is not decided for another value',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":3}', '{"a":4}'], answers: ['overwrite'], openMs: 60_000 },
    'cancelled',
    ['GET', 'conflict a', 'GET', 'conflict a'],
  ],
  [
    'overwrite asks no second question about the same path',
    { base: '{"a":{"x":{"p":1}}}', edited: '{"a":{"x":2}}', remote: ['{"a":{"x":{"p":3}}}'], answers: ['overwrite'] },
    'saved',
    ['GET', 'conflict a.x', 'PATCH {"user_metadata":{"a":{"x":2}}}'],
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
    ['GET', 'conflict a.x', 'confirm replacements', 'PATCH {"user_metadata":{"a":{"x":2,"y":2}}}'],
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
  [
    'without a base it asks, whatever the policy',
    { base: undefined, edited: '{"a":1}', remote: ['{"b":1}'], policy: 'never' },
    'cancelled',
    ['GET', 'confirm noBase'],
  ],
  [
    'an answer that was lost is read back: saved',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}', '{"a":2,"b":7}'], patch: unknown },
    'saved',
    ['GET', 'PATCH {"user_metadata":{"a":2}}', 'GET'],
  ],
  [
    'an answer that was lost is read back: not saved',
    { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}'], patch: unknown },
    'lost',
    ['GET', 'PATCH {"user_metadata":{"a":2}}', 'GET'],
  ],
];
for (const [rule, setup, outcome, steps] of CASES) {
  test(`save: ${rule}`, async () => assert.deepEqual(await run(setup), { outcome, steps }));
}

test('save: a refusal is thrown, and nothing is read back', async () => {
  const refused = new ManagementError('PATCH 403', { kind: 'forbidden', outcome: 'refused', status: 403 });
  const setup = { base: '{"a":1}', edited: '{"a":2}', remote: ['{"a":1}'], patch: () => Promise.reject(refused) };
  await assert.rejects(run(setup), error => ManagementError.is(error, 'forbidden'));
});

test('metadataOf and parseJson agree on what a scripted profile holds', () => {
  const { value } = parseJson('{"user_metadata":{"a":1}}');
  assert(value?.type === 'object');
  assert.deepEqual(metadataOf(profileOf(metadataOf(value)).value).user_metadata, metadataOf(value).user_metadata);
});
