// One save against a scripted server and a scripted person.

import assert from 'node:assert/strict';
import type { ManagementError } from '../../../src/management/errors';
import { applyPatch } from '../../../src/metadata/encode';
import { planPatch } from '../../../src/metadata/plan';
import type { ConfirmPolicy } from '../../../src/saving/confirmPolicy';
import { fingerprint, type SaveOutcome, type SaveQuestions, saveUser } from '../../../src/saving/save';
import { json, user } from '../../support/json';
import { profileOf, resourceOf } from '../../support/userResource';

export interface Setup {
  readonly base: string | undefined;
  readonly edited: string;
  /** What each GET answers; the last one repeats. */
  readonly remote: readonly string[];
  readonly policy?: ConfirmPolicy;
  /** Whether the user has looked at exactly these changes, against the first of `remote`. */
  readonly isSeen?: boolean;
  readonly answers?: readonly string[];
  /** What each PATCH comes to before one is carried out. */
  readonly patches?: readonly ManagementError[];
}

interface Run {
  readonly outcome: SaveOutcome['kind'];
  /** `GET`, `PATCH {…}`, `confirm <reason>`, `conflict <paths>`, `sign in (<outcome>)` in their order. */
  readonly steps: readonly string[];
}

export async function run({
  base,
  edited,
  remote,
  policy = 'replacements',
  isSeen = false,
  answers = [],
  patches = [],
}: Setup): Promise<Run> {
  const steps: string[] = [];
  const script = [...answers];
  const failures = [...patches];
  let gets = 0;
  const held = () => user(remote[Math.min(gets, remote.length) - 1] ?? '{}');
  const answer = async <T extends string>(question: string): Promise<T | undefined> => {
    steps.push(question);
    return script.shift() as T | undefined;
  };
  const questions: SaveQuestions = {
    confirm: ({ reason }) => answer(`confirm ${reason}`),
    resolve: conflicts => answer(`conflict ${conflicts.map(({ path }) => path.slice(1).join('.'))}`),
    unlock: async () => assert.fail('nothing is locked'),
    signIn: async ({ outcome }) => (await answer(`sign in (${outcome})`)) !== undefined,
  };
  const resource = resourceOf({
    get: async () => {
      steps.push('GET');
      gets++;
      return profileOf(held());
    },
    patch: async (body: string) => {
      steps.push(`PATCH ${body}`);
      const failure = failures.shift();
      if (failure) throw failure;
      const sent = json(body);
      assert(sent.type === 'object');
      return profileOf(applyPatch(held(), sent));
    },
  });
  const [from, to, first] = [base === undefined ? undefined : user(base), user(edited), user(remote[0] ?? '{}')];
  const seen = { print: fingerprint(planPatch(from ?? first, to, first), first), about: undefined };
  const request = { base: from, edited: to, policy: () => policy, approved: isSeen ? seen : undefined };
  const { kind } = await saveUser(request, resource, questions);
  return { outcome: kind, steps };
}
