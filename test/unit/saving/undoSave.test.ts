// Undoing a save, step by step: what is asked, what is edited, and when nothing is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyTextEdits } from '../../../src/json/edit';
import { formatPath } from '../../../src/json/path';
import { formatDocument } from '../../../src/metadata/document';
import { applyPatch } from '../../../src/metadata/encode';
import type { MadePatch } from '../../../src/metadata/made';
import type { Conflict, Side } from '../../../src/metadata/merge';
import { planPatch } from '../../../src/metadata/plan';
import { type UndoOutcome, undoSave } from '../../../src/saving/undoSave';
import { user } from '../../support/json';

/** A save that changed `a` from 1 to 2. */
const [BEFORE, SAVED] = ['{"a":1,"b":1}', '{"a":2,"b":1}'];

function made(): MadePatch {
  const [before, edited] = [user(BEFORE), user(SAVED)];
  const { body } = planPatch(before, edited, before);
  return { before, body, after: applyPatch(before, body) };
}

async function undo(now: string, answer: Side | undefined = undefined, isEditable = true) {
  let text = now.startsWith('{') ? formatDocument(user(now)) : now;
  const asked: string[] = [];
  const did: string[] = [];
  const outcome: UndoOutcome = await undoSave(
    made(),
    {
      text: () => text,
      bringUpToDate: async () => did.push('update'),
      edit: async edits => {
        did.push('edit');
        if (!isEditable) return undefined;
        text = applyTextEdits(text, edits);
        return text;
      },
    },
    async (conflicts: readonly Conflict[]) => {
      asked.push(...conflicts.map(({ path }) => formatPath(path)));
      return answer;
    },
  );
  return { outcome, asked, did, text };
}

test('what has not changed again goes back, without a question, once the document is up to date', async () => {
  const { outcome, asked, did, text } = await undo('{"a":2,"b":9}');
  assert.deepEqual([outcome, asked, did], ['undone', [], ['update', 'edit']]);
  assert.equal(text, formatDocument(user('{"a":1,"b":9}')));
});

test('what has changed again is asked about: put back, left, or cancelled', async () => {
  const cases: readonly [Side | undefined, UndoOutcome, string][] = [
    ['theirs', 'undone', '{"a":1,"b":1}'],
    ['mine', 'left', '{"a":7,"b":1}'],
    [undefined, 'cancelled', '{"a":7,"b":1}'],
  ];
  for (const [answer, outcome, left] of cases) {
    const result = await undo('{"a":7,"b":1}', answer);
    assert.deepEqual([result.outcome, result.asked], [outcome, ['user_metadata.a']]);
    assert.equal(result.text, formatDocument(user(left)));
  }
});

test('a document that is as it was before has nothing to undo', async () => {
  assert.deepEqual([(await undo('{"a":1,"b":1}')).outcome, (await undo('{"a":1,"b":1}')).did], ['nothing', ['update']]);
});

test('text that cannot be read is left alone', async () => {
  const { outcome, did, text } = await undo('no JSON');
  assert.deepEqual([outcome, did, text], ['problems', ['update'], 'no JSON']);
});

test('an edit that VS Code did not make undoes nothing', async () => {
  assert.equal((await undo('{"a":2,"b":1}', undefined, false)).outcome, 'moved');
});
