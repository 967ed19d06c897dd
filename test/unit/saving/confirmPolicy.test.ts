// When a save asks: one rule for the root and for what is nested, for keys and for the items of arrays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPath } from '../../../src/json/path';
import { writeJson } from '../../../src/json/write';
import { planPatch } from '../../../src/metadata/plan';
import { CONFIRM_POLICIES, type ConfirmReason, whyConfirm } from '../../../src/saving/confirmPolicy';
import { user } from '../../support/json';

type Effect = 'nothing lost' | 'replaced' | 'removed';

/** What a save asks under each policy, by what it does to what the server holds. */
const ASKS: Record<Effect, Record<(typeof CONFIRM_POLICIES)[number], ConfirmReason | undefined>> = {
  'nothing lost': { always: 'always', replacements: undefined, removals: undefined, never: undefined },
  replaced: { always: 'always', replacements: 'replacements', removals: undefined, never: undefined },
  removed: { always: 'always', replacements: 'removals', removals: 'removals', never: undefined },
};

// The value of a root key, and the same value one key further down: `before`, `after`, and the lines below that key.
const ANYWHERE: readonly [rule: string, before: string, after: string, effect: Effect, ...lines: string[]][] = [
  ['a key is added', '{"x":1}', '{"x":1,"y":2}', 'nothing lost'],
  ['a key changes', '{"x":1,"y":2}', '{"x":5,"y":2}', 'replaced', '.x 1 → 5'],
  ['a key goes', '{"x":1,"y":2}', '{"y":2}', 'removed', '.x 1'],
  ['a key is renamed', '{"x":1}', '{"y":1}', 'removed', '.x 1'],
  ['a key goes further down', '{"o":{"x":1}}', '{"o":{}}', 'removed', '.o.x 1'],
  ['a key gets an object for a scalar', '{"x":1}', '{"x":{"y":1}}', 'replaced', '.x 1 → {"y":1}'],
  ['an object gives way to a scalar', '{"x":1,"y":2}', '5', 'removed', '.x 1', '.y 2'],
  ['an object gives way to an array of it', '{"x":1}', '[{"x":1}]', 'removed', '.x 1'],
  ['an item is added at the end', '["a","b"]', '["a","b","c"]', 'nothing lost'],
  ['an item is added in front', '["a","b"]', '["c","a","b"]', 'nothing lost'],
  ['an item is added in the middle', '["a","b"]', '["a","a","c","b"]', 'nothing lost'],
  ['items are added in front of objects', '[{"x":1},{"x":2}]', '[0,{"x":1},1,{"x":2}]', 'nothing lost'],
  ['an item is spelt in another way', '[1,{"a":1,"b":2}]', '[1.0,{"b":2,"a":1e0}]', 'nothing lost'],
  ['an item goes from the end', '["a","b"]', '["a"]', 'removed', '[1] "b"'],
  ['an item goes from the front', '["a","b","c"]', '["b","c"]', 'removed', '[0] "a"'],
  ['an item goes from the middle', '["a","b","c"]', '["a","c"]', 'removed', '[1] "b"'],
  ['one of two alike goes', '["a","a"]', '["a"]', 'removed', '[1] "a"'],
  ['one goes, another comes elsewhere', '["a","b"]', '["b","c"]', 'removed', '[0] "a"'],
  ['all items go', '["a","b"]', '[]', 'removed', '[0] "a"', '[1] "b"'],
  ['an item is typed over', '["a","b","c"]', '["a","x","c"]', 'replaced', '[1] "b" → "x"'],
  [
    'a digit that no double holds',
    '[12345678901234567890]',
    '[12345678901234567891]',
    'replaced',
    '[0] 12345678901234567890 → 12345678901234567891',
  ],
  [
    'items change places, spelt in another way',
    '[{"a":1,"b":[2]},-0,3]',
    '[0.0,{"b":[2e0],"a":1.0},3]',
    'replaced',
    ' [{"a":1,"b":[2]},-0,3] → [0.0,{"b":[2e0],"a":1.0},3]',
  ],
  ['items change places', '["a","b"]', '["b","a"]', 'replaced', ' ["a","b"] → ["b","a"]'],
  [
    'items change places and one goes',
    '["a","b","c"]',
    '["c","a"]',
    'removed',
    ' ["a","b","c"] → ["c","a"]',
    '[1] "b"',
  ],
  ['a key of an item is added', '[{"x":1}]', '[{"x":1,"y":2}]', 'nothing lost'],
  ['a key of an item changes', '[{"x":1},{"x":2}]', '[{"x":1},{"x":3}]', 'replaced', '[1].x 2 → 3'],
  ['a key of an item goes', '[{"x":1,"y":2}]', '[{"y":2}]', 'removed', '[0].x 1'],
  ['an item of an item goes', '[["a","b"]]', '[["b"]]', 'removed', '[0][0] "a"'],
  ['an array gives way to a scalar', '["a"]', '"a"', 'removed', '[0] "a"'],
  ['an array gives way to an object', '["a"]', '{"a":true}', 'removed', '[0] "a"'],
];
/** A value with nothing below it: at the root it is what the user sees and typed over. */
const SCALARS: readonly [rule: string, before: string, after: string][] = [
  ['a scalar is typed over', '1', '2'],
  ['a scalar gives way to an object', '1', '{"x":1}'],
  ['an empty object gives way to a scalar', '{}', '1'],
  ['an empty array gives way to an object', '[]', '{"x":1}'],
];

function check(before: string, after: string, effect: Effect, lines: readonly string[]): void {
  const plan = planPatch(user(before), user(after), user(before));
  const entries = [...plan.removals, ...plan.replacements].map(({ path, before: old, after: now }) =>
    [formatPath(path), writeJson(old), ...(now ? ['→', writeJson(now)] : [])].join(' '),
  );
  assert.deepEqual(entries, lines);
  for (const policy of CONFIRM_POLICIES) assert.equal(whyConfirm(plan, policy, false), ASKS[effect][policy], policy);
}

for (const [rule, before, after, effect, ...lines] of ANYWHERE) {
  test(`confirm: ${rule}, at the root and nested`, () => {
    check(
      `{"k":${before}}`,
      `{"k":${after}}`,
      effect,
      lines.map(line => `user_metadata.k${line}`),
    );
    check(
      `{"k":{"n":${before}}}`,
      `{"k":{"n":${after}}}`,
      effect,
      lines.map(line => `user_metadata.k.n${line}`),
    );
    check(
      `{"k":[${before}]}`,
      `{"k":[${after}]}`,
      effect,
      lines.map(line => `user_metadata.k[0]${line}`),
    );
  });
}

for (const [rule, before, after] of SCALARS) {
  test(`confirm: ${rule}: at the root no question, nested one`, () => {
    check(`{"k":${before}}`, `{"k":${after}}`, 'nothing lost', []);
    check(`{"k":{"n":${before}}}`, `{"k":{"n":${after}}}`, 'replaced', [`user_metadata.k.n ${before} → ${after}`]);
  });
}

test('confirm: a root key that goes, whatever it holds', () => {
  for (const value of ['1', '{"x":1}', '["a"]']) check(`{"k":${value}}`, '{}', 'removed', [`user_metadata.k ${value}`]);
});
