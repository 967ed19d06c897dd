// The seams of a plan: what is wanted is one thing, how a kind of resource is told of it another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonEqual } from '../../../src/json/equal';
import { formatPath } from '../../../src/json/path';
import { type JsonObject, jsonObject } from '../../../src/json/value';
import { writeJson } from '../../../src/json/write';
import { asObject, mapSections, SECTIONS, type Sections } from '../../../src/metadata/document';
import { applyPatch, encodePatch } from '../../../src/metadata/encode';
import { wantedState } from '../../../src/metadata/wanted';
import { warningsOf } from '../../../src/metadata/warnings';
import { user } from '../../support/json';

const text = (sections: Sections) => writeJson(sections.user_metadata);

const WANTED: readonly [what: string, base: string, edited: string, remote: string, wanted: string][] = [
  ['what was edited', '{"a":1}', '{"a":2}', '{"a":1}', '{"a":2}'],
  ['what was not edited is as the server has it', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":1,"b":5}', '{"a":2,"b":5}'],
  ['what somebody else added stays', '{"a":1}', '{"a":2}', '{"a":1,"b":1}', '{"a":2,"b":1}'],
  ['what somebody else removed stays away', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":1}', '{"a":2}'],
  ['what was removed is gone', '{"a":1,"b":1}', '{"a":1}', '{"a":1,"b":1}', '{"a":1}'],
  ['disjoint changes below a root key', '{"a":{"x":1}}', '{"a":{"x":2}}', '{"a":{"x":1,"y":3}}', '{"a":{"x":2,"y":3}}'],
  ['a conflict is left to the server', '{"a":1,"b":1}', '{"a":2,"b":2}', '{"a":3,"b":1}', '{"a":3,"b":2}'],
];
for (const [what, base, edited, remote, wanted] of WANTED) {
  test(`wanted: ${what}`, () => assert.equal(text(wantedState(user(base), user(edited), user(remote)).wanted), wanted));
}

/** A kind whose PATCH replaces a section whole, as its encoder would be: the merge is the same. */
function encodeWhole(remote: Sections, wanted: Sections): JsonObject {
  const changed = SECTIONS.filter(section => !jsonEqual(remote[section], wanted[section]));
  return jsonObject(changed.map(section => [section, wanted[section]]));
}

test('a kind that replaces whole needs an encoder of its own, and neither another merge nor other warnings', () => {
  const [base, edited, remote] = ['{"a":{"x":1},"b":1,"c":1}', '{"a":{"x":2},"b":1}', '{"a":{"x":1},"b":5,"c":1}'].map(
    user,
  );
  assert(base && edited && remote);
  const { wanted } = wantedState(base, edited, remote);
  assert.equal(writeJson(encodePatch(remote, wanted)), '{"user_metadata":{"a":{"x":2},"c":null}}');
  assert.equal(writeJson(encodeWhole(remote, wanted)), '{"user_metadata":{"a":{"x":2},"b":5}}');
  const paths = (after: Sections) => {
    const { replacements, removals } = warningsOf(remote, after);
    return [replacements, removals].map(lost => lost.map(({ path }) => formatPath(path)));
  };
  assert.deepEqual(paths(wanted), [['user_metadata.a.x'], ['user_metadata.c']]);
  assert.deepEqual(paths(applyPatch(remote, encodePatch(remote, wanted))), paths(wanted));
});

test('where nothing was edited, the wanted state is the server’s own', () => {
  const remote = user('{"a":1}');
  const { wanted, changes } = wantedState(user('{"b":1}'), user('{"b":1}'), remote);
  assert.deepEqual(
    mapSections(section => wanted[section] === remote[section]),
    mapSections(() => true),
  );
  assert.deepEqual(
    changes,
    mapSections(() => []),
  );
  assert.equal(writeJson(asObject(wanted)), writeJson(asObject(remote)));
});
