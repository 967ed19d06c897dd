// The rules of planPatch, one line each: base → edited, with remote where it has moved, and the body that must be sent.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPath } from '../../../src/json/path';
import type { JsonValue } from '../../../src/json/value';
import { writeJson } from '../../../src/json/write';
import { asObject } from '../../../src/metadata/document';
import { applyPatch } from '../../../src/metadata/encode';
import { hasChanges, type PatchPlan, planPatch } from '../../../src/metadata/plan';
import { metadata, user } from '../../support/json';

/** `path old → new` of every entry, `path old` where nothing comes in its place. */
function lines(
  entries: readonly {
    path: readonly (string | number)[];
    before: JsonValue | undefined;
    after?: JsonValue | undefined;
  }[],
) {
  return entries.map(({ path, before, after }) =>
    [formatPath(path), before && writeJson(before), after && `→ ${writeJson(after)}`].filter(Boolean).join(' '),
  );
}

function plan(base: string, edited: string, remote = base): PatchPlan {
  return planPatch(user(base), user(edited), user(remote));
}

const BODIES: readonly [rule: string, base: string, edited: string, body: string, remote?: string][] = [
  ['nothing changed, nothing sent', '{"a":1}', '{"a":1}', '{}'],
  ['the order of keys is no change', '{"a":1,"b":2}', '{"b":2,"a":1}', '{}'],
  ['the spelling of a number is no change', '{"a":1,"b":100}', '{"a":1.0,"b":1e2}', '{}'],
  [
    'a digit that a double cannot hold is one',
    '{"a":12345678901234567890}',
    '{"a":12345678901234567891}',
    '{"a":12345678901234567891}',
  ],
  ['an added root key alone', '{"a":1}', '{"a":1,"b":2}', '{"b":2}'],
  ['a changed root key alone', '{"a":1,"b":2}', '{"a":1,"b":3}', '{"b":3}'],
  ['a removed root key as null', '{"a":1,"b":2}', '{"a":1}', '{"b":null}'],
  ['emptying key by key, never {}', '{"a":1,"b":2}', '{}', '{"a":null,"b":null}'],
  ['below the root the whole root value', '{"a":{"x":1,"y":2}}', '{"a":{"x":1,"y":3}}', '{"a":{"x":1,"y":3}}'],
  ['a null below the root is a value', '{"a":{"x":1}}', '{"a":{"x":null}}', '{"a":{"x":null}}'],
  ['an empty object as a root value', '{"a":{"x":1}}', '{"a":{}}', '{"a":{}}'],
  ['an array as a whole', '{"a":[1,2]}', '{"a":[1,2,3]}', '{"a":[1,2,3]}'],
  ['__proto__ is a key like any other', '{}', '{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'],
  ['so is the empty key', '{"":1}', '{"":2}', '{"":2}'],
  ['numbers keep their text', '{}', '{"a":[1.0,1e3,12345678901234567890]}', '{"a":[1.0,1e3,12345678901234567890]}'],
  ['a key somebody else changed is left alone', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":2}', '{"a":1,"b":9}'],
  ['a key somebody else added is left alone', '{"a":1}', '{}', '{"a":null}', '{"a":1,"b":1}'],
  ['a key somebody else removed is left alone', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":2}', '{"a":1}'],
  ['changed to the same by both: nothing', '{"a":1}', '{"a":2}', '{}', '{"a":2}'],
  ['removed by both: nothing', '{"a":1}', '{}', '{}', '{}'],
  [
    'disjoint nested changes merge',
    '{"a":{"x":1,"y":1}}',
    '{"a":{"x":2,"y":1}}',
    '{"a":{"x":2,"y":5}}',
    '{"a":{"x":1,"y":5}}',
  ],
  [
    'a nested addition by somebody else survives',
    '{"a":{"x":1}}',
    '{"a":{"x":2}}',
    '{"a":{"x":2,"y":5}}',
    '{"a":{"x":1,"y":5}}',
  ],
  [
    'a nested removal by somebody else survives',
    '{"a":{"x":1,"y":1}}',
    '{"a":{"x":2,"y":1}}',
    '{"a":{"x":2}}',
    '{"a":{"x":1}}',
  ],
  [
    'my nested removal and their nested change merge',
    '{"a":{"x":1,"y":1}}',
    '{"a":{"y":1}}',
    '{"a":{"y":2}}',
    '{"a":{"x":1,"y":2}}',
  ],
];
for (const [rule, base, edited, body, remote] of BODIES) {
  test(`plan: ${rule}`, () => {
    const { body: planned, conflicts, problems } = plan(base, edited, remote);
    assert.equal(writeJson(planned), body === '{}' ? '{}' : `{"user_metadata":${body}}`);
    assert.deepEqual([conflicts, problems], [[], []]);
  });
}

const WARNINGS: readonly [rule: string, base: string, edited: string, replacements: string[], removals: string[]][] = [
  ['a pure addition below a root key does not ask', '{"a":{"x":1}}', '{"a":{"x":1,"y":2}}', [], []],
  ['nor does an addition deeper down', '{"a":{"x":{"p":1}}}', '{"a":{"x":{"p":1,"q":2}}}', [], []],
  ['nor a root value with nothing below it', '{"a":1,"b":{},"c":[]}', '{"a":2,"b":7,"c":{"x":1}}', [], []],
  ['a nested value changes', '{"a":{"x":1}}', '{"a":{"x":2}}', ['user_metadata.a.x 1 → 2'], []],
  ['a nested key goes', '{"a":{"x":1,"y":2}}', '{"a":{"y":2}}', ['user_metadata.a.x 1'], []],
  ['a nested array changes', '{"a":{"x":[1,2]}}', '{"a":{"x":[1]}}', ['user_metadata.a.x[1] 2'], []],
  [
    'an object gives way to a scalar',
    '{"a":{"x":1,"y":2}}',
    '{"a":7}',
    ['user_metadata.a.x 1', 'user_metadata.a.y 2'],
    [],
  ],
  [
    'a nested object gives way to a scalar',
    '{"a":{"b":{"x":1,"y":{"z":2}}}}',
    '{"a":{"b":5}}',
    ['user_metadata.a.b.x 1', 'user_metadata.a.b.y {"z":2}'],
    [],
  ],
  [
    'an array gives way to a scalar',
    '{"a":["x","y"]}',
    '{"a":"x"}',
    ['user_metadata.a[0] "x"', 'user_metadata.a[1] "y"'],
    [],
  ],
  ['a key of an object in an array changes', '{"a":[{"x":1}]}', '{"a":[{"x":2}]}', ['user_metadata.a[0].x 1 → 2'], []],
  ['an object leaves an array', '{"a":[1,{"x":1}]}', '{"a":[1]}', ['user_metadata.a[1] {"x":1}'], []],
  ['an array of objects gives way to a scalar', '{"a":[{"x":1}]}', '{"a":1}', ['user_metadata.a[0] {"x":1}'], []],
  ['a root key goes', '{"a":{"x":1},"b":1}', '{"b":1}', [], ['user_metadata.a {"x":1}']],
];
for (const [rule, base, edited, replacements, removals] of WARNINGS) {
  test(`warning: ${rule}`, () => {
    const planned = plan(base, edited);
    assert.deepEqual([lines(planned.replacements), lines(planned.removals)], [replacements, removals]);
  });
}

const CONFLICTS: readonly [rule: string, base: string, edited: string, remote: string, paths: string[]][] = [
  ['two scalars', '{"a":1}', '{"a":2}', '{"a":3}', ['user_metadata.a']],
  ['two arrays, whatever their elements', '{"a":[1]}', '{"a":[1,2]}', '{"a":[0,1]}', ['user_metadata.a']],
  ['removed against changed', '{"a":1}', '{}', '{"a":2}', ['user_metadata.a']],
  ['changed against removed', '{"a":1}', '{"a":2}', '{}', ['user_metadata.a']],
  ['added by both, differently', '{}', '{"a":{"x":1}}', '{"a":{"y":1}}', ['user_metadata.a']],
  ['the same nested path', '{"a":{"x":1,"y":1}}', '{"a":{"x":2,"y":2}}', '{"a":{"x":3,"y":1}}', ['user_metadata.a.x']],
  [
    'removed below against changed below',
    '{"a":{"x":{"p":1}}}',
    '{"a":{}}',
    '{"a":{"x":{"p":2}}}',
    ['user_metadata.a.x'],
  ],
];
for (const [rule, base, edited, remote, paths] of CONFLICTS) {
  test(`conflict: ${rule}`, () => {
    const { conflicts, body } = plan(base, edited, remote);
    assert.deepEqual(
      conflicts.map(({ path }) => formatPath(path)),
      paths,
    );
    assert.equal(writeJson(body), '{}', 'nothing of a conflicting root key is sent unasked');
  });
}

test('conflict: other root keys are planned all the same', () => {
  assert.equal(writeJson(plan('{"a":1,"b":1}', '{"a":2,"b":2}', '{"a":3,"b":1}').body), '{"user_metadata":{"b":2}}');
});

test('conflict: overwrite takes mine for the clashing path alone', () => {
  const [base, edited, remote] = [
    user('{"a":{"x":1,"y":1}}'),
    user('{"a":{"x":2,"y":1}}'),
    user('{"a":{"x":3,"y":4}}'),
  ];
  const { body } = planPatch(base, edited, remote, { resolve: () => 'mine' });
  assert.equal(writeJson(body), '{"user_metadata":{"a":{"x":2,"y":4}}}');
});

test('conflict: take theirs leaves the clashing path alone', () => {
  const [base, edited, remote] = [user('{"a":1,"b":1}'), user('{"a":2,"b":2}'), user('{"a":3,"b":1}')];
  assert.equal(
    writeJson(planPatch(base, edited, remote, { resolve: () => 'theirs' }).body),
    '{"user_metadata":{"b":2}}',
  );
});

test('kept: what somebody else changed below a root key that is sent', () => {
  const { kept } = plan('{"a":{"x":1,"y":1}}', '{"a":{"x":2,"y":1}}', '{"a":{"x":1,"y":5}}');
  assert.deepEqual(lines(kept), ['user_metadata.a.y 1 → 5']);
});

test('problem: null at a metadata root, even where it was loaded like that', () => {
  for (const base of ['{}', '{"a":null}', '{"a":1}']) {
    const { problems, body } = plan(base, '{"a":null,"b":1}');
    assert.deepEqual(
      [problems, hasChanges({ ...plan('{}', '{}'), body })],
      [[{ code: 'nullAtRoot', path: ['user_metadata', 'a'] }], false],
    );
  }
});

test('problem: a number that is no finite double would be written as null', () => {
  assert.deepEqual(plan('{}', '{"a":{"b":[1e400]}}').problems, [
    { code: 'numberOutOfRange', path: ['user_metadata', 'a', 'b', 0] },
  ]);
});

test('both sections travel in one body, user_metadata first', () => {
  const base = metadata({ user_metadata: {}, app_metadata: { plan: 'free' } });
  const edited = metadata({ app_metadata: { plan: 'full' }, user_metadata: { hobby: 'surfing' } });
  assert.equal(
    writeJson(planPatch(base, edited, base).body),
    '{"user_metadata":{"hobby":"surfing"},"app_metadata":{"plan":"full"}}',
  );
});

test('warning: a null at the root of the server that nobody touches is no removal, and stays', () => {
  const [edited, remote] = [user('{"a":2}'), user('{"a":1,"n":null}')];
  const { body, removals, replacements } = planPatch(user('{"a":1}'), edited, remote);
  assert.deepEqual([writeJson(body), removals, replacements], ['{"user_metadata":{"a":2}}', [], []]);
  assert.equal(writeJson(applyPatch(remote, body).user_metadata), '{"a":2,"n":null}');
});

test('applyPatch: root keys merge, null removes, below is replaced, a section not sent is untouched', () => {
  const remote = metadata({ user_metadata: { a: { x: 1, y: 2 }, b: 1, c: 1 }, app_metadata: { k: 1 } });
  const body = asObject(metadata({ user_metadata: { a: { x: 3 }, b: null } }));
  const sent = { ...body, members: body.members.slice(0, 1) };
  assert.equal(
    writeJson(asObject(applyPatch(remote, sent))),
    '{"user_metadata":{"a":{"x":3},"c":1},"app_metadata":{"k":1}}',
  );
});
