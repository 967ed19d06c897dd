// A save that got no answer, and could not be read back: what the next one does, by what the server turns out to hold.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManagementError } from '../../../src/management/errors';
import { formatDocument } from '../../../src/metadata/document';
import { applyPatch } from '../../../src/metadata/encode';
import { planPatch } from '../../../src/metadata/plan';
import type { SaveQuestions } from '../../../src/saving/save';
import { DocumentSession } from '../../../src/saving/session';
import { UnprovenSave } from '../../../src/saving/unprovenSave';
import { json, user } from '../../support/json';
import { profileOf } from '../../support/userResource';

// {k: 1} was shown, {k: 2} was typed and sent. Each: the server then, the text then, and what saving it comes to.
const CASES: readonly [what: string, server: string, text: string, outcome: string, steps: readonly string[]][] = [
  ['made, saved again as it is', '{"k":2}', '{"k":2}', 'upToDate', ['GET']],
  ['made, taken back', '{"k":2}', '{"k":1}', 'saved', ['GET', 'PATCH {"user_metadata":{"k":1}}']],
  ['made, typed on', '{"k":2}', '{"k":3}', 'saved', ['GET', 'PATCH {"user_metadata":{"k":3}}']],
  ['made, another key beside it', '{"k":2}', '{"k":2,"a":1}', 'saved', ['GET', 'PATCH {"user_metadata":{"a":1}}']],
  ['made, and others wrote', '{"k":2,"x":1}', '{"k":1}', 'saved', ['GET', 'PATCH {"user_metadata":{"k":1}}']],
  ['made, and typed over by others, taken back', '{"k":7}', '{"k":1}', 'upToDate', ['GET']],
  ['made, and typed over by others, saved again', '{"k":7}', '{"k":2}', 'cancelled', ['GET', 'conflict k']],
  ['not made, taken back', '{"k":1}', '{"k":1}', 'upToDate', ['GET']],
  ['not made, saved again', '{"k":1}', '{"k":2}', 'saved', ['GET', 'PATCH {"user_metadata":{"k":2}}']],
  ['not made, others removed it, taken back', '{}', '{"k":1}', 'upToDate', ['GET']],
];

for (const [what, server, text, outcome, steps] of CASES) {
  test(`a save without an answer, ${what}`, async () => {
    const world = await unanswered();
    world.held = user(server);
    const { kind } = await world.save(textOf(text));
    assert.deepEqual([kind, world.steps], [outcome, steps]);
    if (kind === 'cancelled') return;
    assert.equal(world.shown(), formatDocument(world.held), 'what the server holds is shown');
    assert.equal((await world.save(world.shown())).kind, 'unchanged', 'and known from then on');
  });
}

test('a save without an answer, found to be made by a look: the base has it, and the next save sends what differs', async () => {
  const world = await unanswered();
  world.held = user('{"k":2,"x":1}');
  assert.equal(world.session.learn(world.held), true);
  assert.equal((await world.save(textOf('{"k":1}'))).kind, 'saved');
  assert.deepEqual(world.steps, ['GET', 'PATCH {"user_metadata":{"k":1}}']);
});

test('a save without an answer, whose text was given up: what it turns out to have made is not taken back', async () => {
  const world = await unanswered();
  // Revert, while the server cannot be reached.
  world.shown();
  world.held = user('{"k":2}');
  assert.equal((await world.save(textOf('{"k":1,"a":1}'))).kind, 'saved');
  assert.deepEqual(world.steps, ['GET', 'PATCH {"user_metadata":{"a":1}}']);
  assert.equal(world.shown(), textOf('{"k":2,"a":1}'));
});

test('a save without an answer gives no base to text of an earlier window, which did not grow from it', () => {
  const [before, edited] = [user('{"k":1}'), user('{"k":2}')];
  const unproven = new UnprovenSave({ before, edited, plan: planPatch(before, edited, before) }, before);
  assert.equal(unproven.wasMade(edited), true);
  assert.equal(unproven.addedTo(undefined), undefined);
});

test('a save without an answer, found not to be made by a look: the base stays', async () => {
  const world = await unanswered();
  assert.equal(world.session.learn(world.held), false);
  assert.equal((await world.save(textOf('{"k":1}'))).kind, 'unchanged');
  assert.deepEqual(world.steps, []);
});

/** A session whose save of {k: 2} over {k: 1} may have been made or not. */
async function unanswered() {
  const steps: string[] = [];
  const answer = async <T>(to: string, give: () => T, isDown = false): Promise<T> => {
    if (isDown) throw new ManagementError('no answer', { kind: 'timeout', outcome: 'unknown' });
    steps.push(to);
    return give();
  };
  const read = (isDown?: boolean) => answer('GET', () => profileOf(world.held), isDown);
  const carryOut = (body: string) => {
    const sent = json(body);
    assert(sent.type === 'object');
    world.held = applyPatch(world.held, sent);
    return profileOf(world.held);
  };
  const patch = (body: string) => answer(`PATCH ${body}`, () => carryOut(body), world.isDown);
  const session = new DocumentSession({
    get: () => read(world.isDown),
    begin: async () => ({ get: () => read(), patch }),
  });
  const questions: SaveQuestions = {
    confirm: ({ reason }) => answer(`confirm ${reason}`, () => undefined),
    resolve: conflicts => answer(`conflict ${conflicts.map(({ path }) => path.slice(1).join('.'))}`, () => undefined),
    unlock: async () => assert.fail('nothing is locked'),
    signIn: async () => assert.fail('the token is accepted'),
  };
  const world = {
    session,
    steps,
    held: user('{"k":1}'),
    isDown: false,
    save: (text: string) => session.save(text, () => 'replacements', questions),
    /** What a clean document shows. */
    shown: () => {
      const text = session.read() ?? assert.fail();
      session.show(text);
      return text;
    },
  };
  await session.load();
  world.shown();
  world.isDown = true;
  assert.equal((await world.save(textOf('{"k":2}'))).kind, 'unknown');
  world.isDown = false;
  steps.length = 0;
  return world;
}

function textOf(metadata: string): string {
  return formatDocument(user(metadata));
}
