// Strings from profiles are data: whatever they hold, nothing that is shown of them can disguise itself, render or run.
import { ofUser } from '../../src/management/resourceId';
import '../support/vscode/install';

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HistoryDocuments } from '../../src/commands/history/historyDocuments';
import { problemWords } from '../../src/documents/problemWords';
import { refusalOfOutcome } from '../../src/documents/refusal';
import { saveDialogs } from '../../src/documents/saves/saveDialogs';
import { fromUri, toUri } from '../../src/documents/uris';
import type { Transport } from '../../src/management/http/transport';
import { createUndiciTransport } from '../../src/management/http/undiciTransport';
import { toUserId, type UserSummary } from '../../src/management/resources/users';
import { diffValues } from '../../src/metadata/diff';
import { asObject } from '../../src/metadata/document';
import { planPatch } from '../../src/metadata/plan';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import type { ConfirmReason } from '../../src/saving/confirmPolicy';
import type { Question } from '../../src/shell/dialogs';
import { childValues, type UserNode } from '../../src/tree/model/nodes';
import { rowItem, userItem, valueItem } from '../../src/tree/treeItems';
import { metadata, toJson } from '../support/json';
import { tenantAt, userId } from '../support/management';
import { shown } from '../support/vscode/window';
import { assertPlain } from './hostile/plainness';
import { DISGUISES, HALF_A_PAIR } from './hostile/samples';
import { World } from './model/world';

const ALL = [...DISGUISES, HALF_A_PAIR];
const TENANT = tenantAt('https://acme.eu.auth0.com').domain;
const ID = userId('auth0|1');

let sandbox: Sandbox;
let transport: Transport;

before(async () => {
  sandbox = await startSandbox({ empty: true });
  transport = createUndiciTransport();
});

after(async () => {
  await transport.close();
  await sandbox.close();
});

test('rows of the tree', () => {
  for (const text of ALL) {
    const names = { email: text, name: text, nickname: text, username: text, phone: text };
    const some: UserSummary[] = [
      { id: ID, ...names, connection: text, blocked: true },
      { id: ID, email: text },
      { id: toUserId(text) ?? ID, lastLogin: text, createdAt: text },
    ];
    for (const summary of some) {
      const node: UserNode = { type: 'user', tenant: TENANT, userId: ID, summary };
      const { label, description, tooltip, accessibilityInformation } = userItem(node);
      for (const part of [label, description, tooltip, accessibilityInformation?.label]) assertPlain(part, 'user');
      const value = toJson({ [text]: text, list: [text, { [text]: [text] }], object: { [text]: { [text]: text } } });
      for (const child of childValues(node, value).flatMap(each => [each, ...childValues(each, each.value)])) {
        const item = valueItem(child);
        const announced = item.accessibilityInformation?.label;
        for (const part of [item.label, item.description, item.tooltip, announced]) assertPlain(part, 'value');
      }
      const row = rowItem({ type: 'row', kind: 'noHits', tenant: TENANT, parent: node }, text);
      for (const part of [row.label, row.description, row.tooltip]) assertPlain(part, 'row');
    }
  }
});

test('the questions of a save', async () => {
  const asked: Question[] = [];
  const dialogs = {
    ask: async (question: Question) => {
      asked.push(question);
      return undefined;
    },
  };
  const never = async () => false;
  for (const text of ALL) {
    const questions = saveDialogs({
      dialogs,
      signIn: never,
      unlock: never,
      about: () => '',
      user: text,
      tenant: TENANT,
    });
    const before = metadata({ user_metadata: { [text]: { [text]: text }, gone: { [text]: [text] } } });
    const after = metadata({ user_metadata: { [text]: { [text]: `${text}!` } } });
    const other = metadata({ user_metadata: { [text]: { [text]: `${text}?` }, gone: { [text]: [text] } } });
    const plan = planPatch(before, after, before);
    assert(plan.replacements.length && plan.removals.length);
    const reasons: readonly ConfirmReason[] = ['removals', 'replacements', 'always', 'noBase'];
    const changes = diffValues(asObject(before), asObject(after));
    for (const reason of reasons) await questions.confirm({ plan, reason, changes });
    const { conflicts } = planPatch(before, after, other);
    assert(conflicts.length);
    await questions.resolve(conflicts);
  }
  for (const { message, detail, buttons } of asked) {
    for (const part of [message, detail, ...buttons]) assertPlain(part, 'question');
  }
});

test('what a save and a look at the server report', async () => {
  for (const text of DISGUISES.filter(disguise => !disguise.includes('.'))) {
    const key = text.replace(/^\$/, '§');
    const world = await World.open(sandbox, transport, { user_metadata: { a: 1, b: 1 }, app_metadata: {} });
    try {
      sandbox.control.set(world.identity.id, { email: text });
      world.type({ user_metadata: { a: 2, b: 1 }, app_metadata: {} });
      // Somebody else's change is reported after the save, another one by a look at the server.
      world.write({ user_metadata: { a: 1, b: 1, [key]: text }, app_metadata: {} });
      assert(await world.file.save());
      await shown.settled();
      world.type({ user_metadata: { a: 3, b: 1, [key]: text }, app_metadata: {} });
      world.write({ user_metadata: { a: 2, b: 5, [key]: text }, app_metadata: {} });
      assert(world.user);
      await world.documents.watch.check(world.user);
      assert(shown.messages.some(({ kind, text: said }) => kind === 'status' && said.includes('Saved')));
      assert.equal(shown.messages.filter(({ text: said }) => said.includes('omebody else')).length, 2);
      for (const message of shown.messages) assertPlain(message.text, message.kind);
    } finally {
      world.close();
    }
  }
});

test('refusals and diagnostics', () => {
  const codes = ['duplicateKey', 'numberOutOfRange', 'unknownKey', 'nullAtRoot', 'missingSection'] as const;
  for (const subject of ALL) {
    for (const code of codes) assertPlain(problemWords({ code, subject }), code);
    const path = ['user_metadata', subject];
    for (const code of ['nullAtRoot', 'numberOutOfRange'] as const) {
      assertPlain(refusalOfOutcome({ kind: 'refused', problems: [{ code, path }] }, TENANT)?.message, code);
    }
  }
});

test('URIs and what the tab shows: one user each, under whatever name', () => {
  const seen = new Set<string>();
  for (const text of ALL) {
    const id = toUserId(text);
    const identity = ofUser(TENANT, id ?? ID);
    const uri = toUri(identity, text);
    assert.deepEqual(fromUri(uri), identity);
    assertPlain(uri.path.slice(uri.path.lastIndexOf('/') + 1), 'tab');
    assertPlain(uri.toString(), 'URI');
    // VS Code names the whole path in its own messages, which render links.
    assertPlain(uri.path.replaceAll('$(', '('), 'path');
    assert.equal(uri.path.split('/').length, 4, uri.path);
    if (id) seen.add(uri.path.split('/')[2] ?? '');
  }
  assert.equal(seen.size, ALL.filter(text => toUserId(text)).length);
});

test('the title of a save in the history', async () => {
  const diffs = new HistoryDocuments();
  const empty = metadata({});
  const { body } = planPatch(empty, empty, empty);
  for (const label of ALL) {
    shown.clear();
    await diffs.show({ ...ofUser(TENANT, ID), label, savedAtMs: 0, before: empty, body, after: empty });
    const [diff] = shown.executed;
    assert.equal(diff?.command, 'vscode.diff');
    assertPlain(diff.args[2], 'title');
    for (const side of [diff.args[0], diff.args[1]]) assertPlain(String(side), 'URI');
  }
});
