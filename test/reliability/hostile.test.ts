// Hostile data on its way through the editor: whatever it is, nothing is altered that was not edited.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyTextEdits } from '../../src/json/edit';
import { writeJson } from '../../src/json/write';
import { decodeProfile } from '../../src/management/resources/decode';
import { formatDocument, metadataOf, parseDocument } from '../../src/metadata/document';
import { planPatch } from '../../src/metadata/plan';
import { rebaseEdits } from '../../src/metadata/rebase';
import type { JsonObject } from '../../src/sandbox/json';
import { metadata as metadataFrom } from '../support/json';
import { openClient, userId } from '../support/management';
import { openSandbox } from '../support/sandboxClient';
import { addOneKey } from './hostile/editing';
import { HALF_A_PAIR, METADATA, nested } from './hostile/samples';

const ID = userId('auth0|hostile');

for (const [name, metadata] of METADATA) {
  test(`${name}: a save of another key sends that key alone and leaves the rest as it is`, async t => {
    const users = [{ user_id: ID, user_metadata: metadata, app_metadata: metadata }];
    const { sandbox, client } = await openSandbox(t, { users });
    const { outcome, shown } = await addOneKey(client, ID);
    assert.equal(outcome.kind, 'saved');
    const [patch] = sandbox.control.requests.filter(({ method }) => method === 'PATCH');
    assert.equal(patch?.body, '{"user_metadata":{"edited":1}}');
    const held = sandbox.control.user(ID);
    assert.equal(text(held?.app_metadata), text(metadata));
    assert.equal(text(held?.user_metadata), text({ ...metadata, edited: 1 }));
    assert.deepEqual(parsed(shown), { user_metadata: held?.user_metadata, app_metadata: held?.app_metadata });
  });
}

test('half a surrogate pair: shown, but a document that holds one is not saved', async t => {
  const user_metadata = { [HALF_A_PAIR]: HALF_A_PAIR };
  const { sandbox, client } = await openSandbox(t, { users: [{ user_id: ID, user_metadata }] });
  const { opened, outcome } = await addOneKey(client, ID);
  assert.deepEqual(parsed(opened).user_metadata, user_metadata);
  assert(outcome.kind === 'invalid');
  assert.deepEqual(
    outcome.problems.map(({ code }) => code),
    ['loneSurrogate', 'loneSurrogate'],
  );
  assert.deepEqual(sandbox.control.user(ID)?.user_metadata, user_metadata);
});

/** The service's own text, which no JavaScript service could give: numbers beyond a double, depths beyond its stack. */
const RAW: readonly (readonly [name: string, metadata: string])[] = [
  ['numbers beyond a double', '{"big":12345678901234567890,"one":1.0,"small":1e-400,"list":[0.10,-0,1E3]}'],
  ['5,000 levels', nested(5_000)],
  ['5,000 levels of arrays', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
  ['the same key twice', '{"a":{"x":1},"b":2,"a":{"x":3}}'],
];

for (const [name, metadata] of RAW) {
  test(`${name}: shown as received, and never sent back`, async t => {
    const profile = (more: string) => `{"user_id":"${ID}","user_metadata":${more},"app_metadata":${metadata}}`;
    const withKey = metadata.replace('{', '{"edited":1,');
    const { server, client } = await openClient(t, ({ method }, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(profile(method === 'PATCH' ? withKey : metadata));
    });
    const { opened, outcome, shown } = await addOneKey(client, ID);
    const compact = (of: string) => of.replaceAll(/\s/g, '');
    assert.equal(compact(opened), `{"user_metadata":${metadata},"app_metadata":${metadata}}`);
    if (name === 'the same key twice') {
      assert.equal(outcome.kind, 'invalid');
      return assert.equal(server.requests.length, 1);
    }
    assert.equal(outcome.kind, 'saved');
    assert.deepEqual(
      server.requests.map(({ body }) => body),
      ['', '', '{"user_metadata":{"edited":1}}'],
    );
    assert.equal(compact(shown), `{"user_metadata":${withKey},"app_metadata":${metadata}}`);
  });
}

test('ids of every shape and of 2,000 characters reach their own user, and no other', async t => {
  const ids = ['a/b', '..%2f', 'x#y?z', 'ü|é@ß', 'auth0|%3A%25', ' ', '"\\', `auth0|${'x'.repeat(2_000)}`, 'a\u202Eb'];
  const users = ids.map(user_id => ({ user_id, user_metadata: { own: user_id } }));
  const { sandbox, client } = await openSandbox(t, { users });
  for (const id of ids) {
    const { opened, outcome } = await addOneKey(client, userId(id));
    assert.deepEqual([parsed(opened), outcome.kind], [{ user_metadata: { own: id }, app_metadata: {} }, 'saved'], id);
    assert.deepEqual(sandbox.control.user(id)?.user_metadata, { own: id, edited: 1 });
  }
});

test('a merge of hostile sides touches only what was edited', () => {
  for (const [name, value] of METADATA) {
    const text = `{"user_id":"x","user_metadata":${JSON.stringify(value)}}`;
    const profile = decodeProfile(text);
    assert(profile);
    const base = metadataOf(profile.value);
    const theirs = { ...base, app_metadata: metadataFrom({ app_metadata: { theirs: 1 } }).app_metadata };
    const shown = formatDocument(base);
    const merged = applyTextEdits(shown, rebaseEdits(shown, base, base, theirs));
    assert.equal(merged, shown.replace('"app_metadata": {}', '"app_metadata": {\n    "theirs": 1\n  }'), name);
    const { metadata: typed } = parseDocument(shown.replace('"app_metadata": {}', '"app_metadata": {"mine": 1}'));
    if (!typed) continue;
    const { body, kept, conflicts } = planPatch(base, typed, theirs);
    assert.deepEqual([writeJson(body), kept, conflicts], ['{"app_metadata":{"mine":1}}', [], []], name);
  }
});

function text(value: unknown): string {
  return JSON.stringify(value);
}

function parsed(document: string): JsonObject {
  const value: JsonObject = JSON.parse(document);
  return value;
}
