// What must hold of every plan, for all documents.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyTextEdits } from '../../../src/json/edit';
import { jsonEqual } from '../../../src/json/equal';
import { getAt, getMember, type JsonValue, jsonObject } from '../../../src/json/value';
import { writeJson } from '../../../src/json/write';
import { choicesBetween, choose } from '../../../src/metadata/choose';
import {
  asObject,
  EMPTY_OBJECT,
  formatDocument,
  parseDocument,
  SECTIONS,
  type Sections,
} from '../../../src/metadata/document';
import { applyPatch } from '../../../src/metadata/encode';
import { hasChanges, type PatchPlan, type PlanOptions, planPatch } from '../../../src/metadata/plan';
import { mergeSections, openBase, rebaseEdits } from '../../../src/metadata/rebase';
import { anyArray, metadata, threeSides } from '../../support/arbitraries';
import { cases } from '../../support/cases';
import { json } from '../../support/json';

const text = (value: Sections) => writeJson(asObject(value));
const same = (a: Sections, b: Sections) => jsonEqual(asObject(a), asObject(b));

function rebase(base: Sections, edited: Sections, remote: Sections): string {
  const shown = formatDocument(edited);
  return applyTextEdits(shown, rebaseEdits(shown, base, edited, remote));
}

function property<T>(name: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void {
  test(name, () => fc.assert(fc.property(arbitrary, holds), cases('property')));
}

property('apply(plan(base, edited, base)) = edited', threeSides, ([base, edited]) => {
  const { body } = planPatch(base, edited, base);
  assert(same(applyPatch(base, body), edited), `${text(base)} → ${text(edited)}: ${writeJson(body)}`);
});

property('the plan of no change is empty, whatever the server holds', threeSides, ([base, , remote]) => {
  const plan = planPatch(base, base, remote);
  assert.equal(hasChanges(plan), false);
  assert.deepEqual([plan.conflicts, plan.kept, plan.replacements, plan.removals], [[], [], [], []]);
});

property('the plan of what was planned and applied is empty', threeSides, ([base, edited, remote]) => {
  const resolve: PlanOptions = { resolve: () => 'mine' };
  const after = applyPatch(remote, planPatch(base, edited, remote, resolve).body);
  assert.equal(hasChanges(planPatch(base, edited, after, resolve)), false);
});

property('a root key the user did not touch keeps the value of the server', threeSides, ([base, edited, remote]) => {
  const after = applyPatch(remote, planPatch(base, edited, remote, { resolve: () => 'mine' }).body);
  for (const name of SECTIONS) {
    for (const { key } of [...base[name].members, ...remote[name].members]) {
      if (!jsonEqual(getMember(base[name], key), getMember(edited[name], key))) continue;
      assert(jsonEqual(getMember(after[name], key), getMember(remote[name], key)), `${name}.${key}`);
    }
  }
});

property('no empty metadata object and no unchanged key is ever sent', threeSides, ([base, edited, remote]) => {
  const { body } = planPatch(base, edited, remote);
  for (const { key: name, value } of body.members) {
    assert(value.type === 'object' && value.members.length > 0);
    for (const { key, value: sent } of value.members) {
      const section = name === 'user_metadata' ? remote.user_metadata : remote.app_metadata;
      assert(!jsonEqual(sent, getMember(section, key)), `${name}.${key} is on the server already`);
    }
  }
});

property('without conflicts the server ends up with both edits, by the merge', threeSides, ([base, edited, remote]) => {
  const plan = planPatch(base, edited, remote);
  fc.pre(plan.conflicts.length === 0);
  assert(jsonEqual(asObject(applyPatch(remote, plan.body)), mergeSections(base, edited, remote).value));
});

property('nothing on the server goes or changes without being named', threeSides, ([base, edited, remote]) => {
  const plan = planPatch(base, edited, remote);
  const named = new Set([...plan.removals, ...plan.replacements].map(({ path }) => JSON.stringify(path)));
  const after = applyPatch(remote, plan.body);
  for (const name of SECTIONS) {
    for (const { key, value } of remote[name].members) {
      const now = getMember(after[name], key);
      if (value.type === 'array' && value.items.length && !jsonEqual(value, now)) {
        const below = JSON.stringify([name, key]).slice(0, -1);
        const isGrown: boolean = now?.type === 'array' && isPureAddition(writeJson(value), writeJson(now));
        assert(isGrown || [...named].some(entry => entry.startsWith(below)), `${below} is not named`);
      }
      if (value.type !== 'object' || !value.members.length) continue;
      for (const member of value.members) {
        const next = now?.type === 'object' ? getMember(now, member.key) : undefined;
        if (jsonEqual(next, member.value)) continue;
        const path = [name, key, member.key];
        const below = JSON.stringify(path).slice(0, -1);
        const removed = named.has(JSON.stringify([name, key]));
        const grown =
          next && member.value.type === next.type && isPureAddition(writeJson(member.value), writeJson(next));
        assert(removed || grown || [...named].some(entry => entry.startsWith(below)), `${below} is not named`);
      }
    }
  }
});

property('what is named is on the server, and is not there afterwards', threeSides, ([base, edited, remote]) => {
  const plan = planPatch(base, edited, remote);
  const after = asObject(applyPatch(remote, plan.body));
  const alike = (items: readonly JsonValue[], item: JsonValue) => items.filter(other => jsonEqual(other, item)).length;
  for (const { path, before, after: now } of [...plan.removals, ...plan.replacements]) {
    const what = JSON.stringify(path);
    assert(jsonEqual(getAt(asObject(remote), path), before) && !jsonEqual(before, now), what);
    const [above, key] = [path.slice(0, -1), path.at(-1)];
    // Below an item the path is that of before: its index may be another one's afterwards.
    if (above.some(step => typeof step === 'number')) continue;
    const [held, left] = [getAt(asObject(remote), above), getAt(after, above)];
    if (held?.type === 'array') {
      const items = left?.type === 'array' ? left.items : [];
      assert(alike(items, before) < alike(held.items, before), `${what} is still there`);
    } else if (!now) assert(left?.type !== 'object' || !getMember(left, String(key)), `${what} is still there`);
  }
});

property('an array is asked about alike at the root and nested', fc.tuple(anyArray, anyArray), ([before, after]) => {
  const lines = (wrap: (value: JsonValue) => JsonValue) => {
    const holding = (value: JsonValue) => ({
      user_metadata: jsonObject([['k', wrap(value)]]),
      app_metadata: EMPTY_OBJECT,
    });
    const { replacements } = planPatch(holding(before), holding(after), holding(before));
    return replacements.map(({ path, after: now }) => [path.slice(2), now && writeJson(now)]);
  };
  const nested = lines(value => jsonObject([['n', value]]));
  assert.deepEqual(
    nested.map(([path = [], now]) => [path.slice(1), now]),
    lines(value => value),
  );
});

/** Whether everything in `before` is still there, unchanged, in `after`: an independent, plain-value check. */
function isPureAddition(before: string, after: string): boolean {
  const grown = (a: unknown, b: unknown): boolean => {
    if (Array.isArray(a)) {
      // Each item finds its place behind that of the one before it.
      const items: readonly unknown[] = Array.isArray(b) ? b : [];
      let from = 0;
      for (const item of a) {
        const at = items.findIndex((other, i) => i >= from && grown(item, other));
        if (at < 0) return false;
        from = at + 1;
      }
      return Array.isArray(b);
    }
    if (typeof a !== 'object' || a === null) return Object.is(a, b) || a === b;
    if (typeof b !== 'object' || b === null || Array.isArray(b)) return false;
    const entries = new Map(Object.entries(b));
    return Object.entries(a).every(([key, value]) => entries.has(key) && grown(value, entries.get(key)));
  };
  return grown(JSON.parse(before), JSON.parse(after));
}

property('a document read back is the document, number for number', metadata, value => {
  const { metadata: parsed, problems } = parseDocument(formatDocument(value));
  assert.deepEqual(problems, []);
  assert(parsed);
  assert.equal(text(parsed), text(value));
});

property('rebased text means the merge of both edits', threeSides, ([base, edited, remote]) => {
  const rebased = rebase(base, edited, remote);
  assert(jsonEqual(json(rebased), mergeSections(base, edited, remote).value), rebased);
});

property('what was rebased plans against the new base without a conflict', threeSides, ([base, edited, remote]) => {
  const { metadata: rebased } = parseDocument(rebase(base, edited, remote));
  assert(rebased);
  assert.deepEqual(planPatch(remote, rebased, remote).conflicts, []);
});

property(
  'merging early loses no conflict: a save asks about the same paths as before',
  threeSides,
  ([base, edited, remote]) => {
    const { metadata: merged } = parseDocument(rebase(base, edited, remote));
    assert(merged);
    const paths = (plan: PatchPlan) => plan.conflicts.map(({ path }) => JSON.stringify(path));
    const early = planPatch(openBase(base, edited, remote), merged, remote);
    const late = planPatch(base, edited, remote);
    assert.deepEqual(new Set(paths(early)), new Set(paths(late)));
    const mine = { resolve: () => 'mine' } as const satisfies PlanOptions;
    assert(
      jsonEqual(
        planPatch(openBase(base, edited, remote), merged, remote, mine).body,
        planPatch(base, edited, remote, mine).body,
      ),
    );
  },
);

property('every choice of sides, path by path, is one of both versions', threeSides, ([theirs, mine]) => {
  const [a, b] = [asObject(theirs), asObject(mine)];
  assert(
    jsonEqual(
      choose(a, b, () => 'mine'),
      b,
    ),
  );
  assert(
    jsonEqual(
      choose(a, b, () => 'theirs'),
      a,
    ),
  );
  assert.equal(choicesBetween(a, b).length === 0, jsonEqual(a, b));
});
