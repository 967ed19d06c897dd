// Taking a save back: exactly what it changed, three-way, and back again. FC_RUNS cases a property.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readRecord, type SaveRecord, writeRecord } from '../../../src/history/saveRecord';
import { applyTextEdits } from '../../../src/json/edit';
import { jsonEqual } from '../../../src/json/equal';
import { getMember } from '../../../src/json/value';
import { writeJson } from '../../../src/json/write';
import { ofUser } from '../../../src/management/resourceId';
import { asObject, formatDocument, parseDocument, SECTIONS, type Sections } from '../../../src/metadata/document';
import { applyPatch } from '../../../src/metadata/encode';
import { undoEdits } from '../../../src/metadata/made';
import { planPatch } from '../../../src/metadata/plan';
import { edit, edited as editedPlainly, metadata as plainly } from '../../reliability/model/edits';
import { mergeOf } from '../../reliability/model/oracle';
import { metadataIn, sameMetadata } from '../../reliability/model/plain';
import { metadata as anyMetadata, edited, threeSides } from '../../support/arbitraries';
import { cases } from '../../support/cases';
import { metadata as metadataOf } from '../../support/json';
import { tenantDomain, userId } from '../../support/management';

const ACME = tenantDomain('acme.auth0.com');

function recordOf(before: Sections, typed: Sections): SaveRecord {
  const { body } = planPatch(before, typed, before);
  const after = applyPatch(before, body);
  return {
    ...ofUser(ACME, userId('auth0|1')),
    label: 'Jané \u202E',
    savedAtMs: 1,
    correlationId: 'a-1',
    before,
    body,
    after,
  };
}

/** The document after an undo, where `resolve` decides about what has changed again since. */
function undone(record: SaveRecord, now: Sections, side: 'mine' | 'theirs'): Sections {
  const text = formatDocument(now);
  const undo = undoEdits(record, text, () => side);
  assert(undo);
  const { metadata } = parseDocument(applyTextEdits(text, undo.edits));
  assert(metadata);
  return metadata;
}

const same = (a: Sections, b: Sections) => jsonEqual(asObject(a), asObject(b));
const text = (value: Sections) => writeJson(asObject(value));

function property<T>(name: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void {
  test(name, () => fc.assert(fc.property(arbitrary, holds), cases('property')));
}

/** Before the save, what was typed, and what the document holds when the save is undone. */
const later = threeSides.chain(([before, typed]) =>
  edited(applyPatch(before, planPatch(before, typed, before).body)).map(now => ({ before, typed, now })),
);

property('undone at once, a save leaves what was there before', threeSides, ([before, typed]) => {
  const record = recordOf(before, typed);
  const back = undone(record, record.after, 'theirs');
  assert(same(back, before), `${text(back)} is not ${text(before)}`);
});

property('the undo of the undo brings the save back', threeSides, ([before, typed]) => {
  const record = recordOf(before, typed);
  const again = recordOf(record.after, undone(record, record.after, 'theirs'));
  assert(same(undone(again, again.after, 'theirs'), record.after));
});

property('root keys that the save did not send stay as they are now', later, ({ before, typed, now }) => {
  const record = recordOf(before, typed);
  for (const side of ['mine', 'theirs'] as const) {
    const back = undone(record, now, side);
    for (const section of SECTIONS) {
      const sent = getMember(record.body, section);
      for (const { key } of [...now[section].members, ...back[section].members]) {
        if (sent?.type === 'object' && getMember(sent, key)) continue;
        assert(jsonEqual(getMember(back[section], key), getMember(now[section], key)), `${section}.${key}`);
      }
    }
  }
});

property('what has changed again since is told, and left alone if so decided', later, ({ before, typed, now }) => {
  const record = recordOf(before, typed);
  const undo = undoEdits(record, formatDocument(now), () => 'mine');
  assert(undo);
  const kept = undone(record, now, 'mine');
  const put = undone(record, now, 'theirs');
  for (const { path, mine, theirs } of undo.conflicts) {
    const at = (of: Sections) => path.reduce<ReturnType<typeof getMember>>(down, asObject(of));
    assert(jsonEqual(at(kept), mine), `${path.join('.')} is left`);
    assert(jsonEqual(at(put), theirs), `${path.join('.')} is put back`);
  }
  if (!undo.conflicts.length) assert(same(kept, put));
});

test('everything else that has changed since survives, at any nesting, by a rule written down apart', () => {
  const story = fc.record({ start: plainly, mine: fc.array(edit), theirs: fc.array(edit), putBack: fc.boolean() });
  const holds = fc.property(story, ({ start, mine, theirs, putBack }) => {
    const typed = mine.reduce(editedPlainly, start);
    const record = recordOf(metadataOf(start), metadataOf(typed));
    const now = theirs.reduce(editedPlainly, typed);
    const side = putBack ? 'theirs' : 'mine';
    const { result } = mergeOf(typed, now, start, side);
    const back = metadataIn(text(undone(record, metadataOf(now), side)));
    assert(back && sameMetadata(back, result), `${JSON.stringify(back)} is not ${JSON.stringify(result)}`);
  });
  fc.assert(holds, cases('property'));
});

property('an undo that is saved plans nothing but what the save had sent', threeSides, ([before, typed]) => {
  const record = recordOf(before, typed);
  const { body } = planPatch(record.after, undone(record, record.after, 'theirs'), record.after);
  const keysOf = (of: typeof body) =>
    of.members.flatMap(({ key, value }) => (value.type === 'object' ? value.members.map(m => `${key} ${m.key}`) : []));
  assert.deepEqual(keysOf(body).sort(), keysOf(record.body).sort());
});

property('a record comes back from disk as it was, number for number', fc.tuple(anyMetadata, anyMetadata), ([a, b]) => {
  const record = recordOf(a, b);
  const read = readRecord(writeRecord(record));
  assert(read);
  assert.equal(writeRecord(read), writeRecord(record));
  assert.deepEqual([read.label, read.tenant, read.id], [record.label, record.tenant, record.id]);
});

function down(value: ReturnType<typeof getMember>, step: string | number): ReturnType<typeof getMember> {
  return value?.type === 'object' ? getMember(value, String(step)) : undefined;
}
