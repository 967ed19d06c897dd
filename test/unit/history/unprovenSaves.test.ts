// Saves that got no answer: in the history as soon as the server shows that they were made, and not before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recorder } from '../../../src/history/recorder';
import type { SaveRecord } from '../../../src/history/saveRecord';
import type { JsonValue } from '../../../src/json/value';
import { writeJson } from '../../../src/json/write';
import { ofUser } from '../../../src/management/resourceId';
import type { Sections } from '../../../src/metadata/document';
import { changesOf } from '../../../src/metadata/made';
import { planPatch } from '../../../src/metadata/plan';
import { metadata } from '../../support/json';
import { ACME, JANE, JOHN, setUp } from './disk';

const JANES = ofUser(ACME, JANE);

// A PATCH of n: 0 → 1 got no answer. What happens then, and what the history has in the end, oldest first.
const UNPROVEN: readonly [what: string, then: (recorder: Recorder) => void, history: string[]][] = [
  ['nothing more is heard', () => undefined, []],
  ['the server shows it', recorder => recorder.seen(JANES, numbered(1)), ['n 0 → 1']],
  ['with other changes beside it', recorder => recorder.seen(JANES, numbered(1, { by: 'others' })), ['n 0 → 1']],
  ['it is shown twice', recorder => show(recorder, 1, 1), ['n 0 → 1']],
  ['the server shows that it was not made', recorder => recorder.seen(JANES, numbered(0)), []],
  ['not made at first, and then it was', recorder => show(recorder, 0, 1), ['n 0 → 1']],
  ['somebody else has typed over it', recorder => recorder.seen(JANES, numbered(7)), []],
  ['another user shows the same', recorder => recorder.seen({ ...JANES, id: JOHN }, numbered(1)), []],
  ['the next save has read it', recorder => recorder.record(between(1, 2)), ['n 0 → 1', 'n 1 → 2']],
  ['the next save has not read it', recorder => recorder.record(between(0, 2)), ['n 0 → 2']],
  [
    'and what is seen after that is the next one’s',
    recorder => {
      recorder.record(between(0, 2));
      recorder.seen(JANES, numbered(1));
    },
    ['n 0 → 2'],
  ],
  ['the next save has read it, and gets no answer either', recorder => recorder.sent(between(1, 2)), ['n 0 → 1']],
  [
    'and is shown as well',
    recorder => {
      recorder.sent(between(1, 2));
      recorder.seen(JANES, numbered(2));
    },
    ['n 0 → 1', 'n 1 → 2'],
  ],
  [
    'it is sent again, once more without an answer, and then shown',
    recorder => {
      recorder.sent(between(0, 1));
      recorder.seen(JANES, numbered(1));
    },
    ['n 0 → 1'],
  ],
];

const numbered = (n: number, more: object = {}): Sections => metadata({ user_metadata: { n, kept: true, ...more } });

const text = (value: JsonValue | undefined) => (value ? writeJson(value) : '∅');

function show(recorder: Recorder, ...numbers: readonly number[]): void {
  for (const n of numbers) recorder.seen(JANES, numbered(n));
}

function between(from: number, to: number): SaveRecord {
  const { body } = planPatch(numbered(from), numbered(to), numbered(from));
  return { ...JANES, label: 'Jane', savedAtMs: 0, before: numbered(from), body, after: numbered(to) };
}

for (const [what, then, history] of UNPROVEN) {
  test(`a save without an answer: ${what}`, async t => {
    const { store } = await setUp(t);
    const recorder = new Recorder(
      store,
      () => true,
      error => assert.fail(String(error)),
    );
    recorder.sent(between(0, 1));
    then(recorder);
    await recorder.flushed();
    const lines = (await store.list(ACME, JANE)).map(record =>
      changesOf(record)
        .map(({ path: at, before, after }) => `${at.at(-1)} ${text(before)} → ${text(after)}`)
        .join(),
    );
    assert.deepEqual(lines.reverse(), history);
  });
}

test('a removal is shown by the key that is gone', async t => {
  const { store } = await setUp(t);
  const recorder = new Recorder(
    store,
    () => true,
    error => assert.fail(String(error)),
  );
  const before = numbered(1, { gone: 1 });
  const { body } = planPatch(before, numbered(1), before);
  recorder.sent({ ...JANES, label: 'Jane', before, body });
  recorder.seen(JANES, before);
  assert.equal(recorder.unproven(ACME).length, 1);
  recorder.seen(JANES, numbered(1));
  assert.equal(recorder.unproven(ACME).length, 0);
  await recorder.flushed();
  assert.equal((await store.list(ACME)).length, 1);
});
