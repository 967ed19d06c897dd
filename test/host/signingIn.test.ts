// A token that ends in the middle of work: what waits for another one, and goes on with it. Somebody signs in elsewhere here,
// as in another window: what is typed into the box is a test of the workbench.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { draftOf } from './drafts';
import { connectJane, ID, PATH, storedIn } from './editing/bench';
import { type Bench, bodies, open, replace, requests, until } from './support';

const EXPIRED = {
  status: 401,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    statusCode: 401,
    error: 'Unauthorized',
    message: 'Expired token received for JSON Web Token validation',
    attributes: { error: 'Expired token received for JSON Web Token validation' },
  }),
};

describe('a token that ends', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await connectJane();
  });
  afterEach(() => bench.close());

  const end = () => {
    bench.sandbox.endToken(bench.sandbox.token);
    bench.sandbox.control.clearRequests();
  };
  const refused = () => requests(bench).filter(line => line.endsWith(' 401')).length;

  async function signIn(scope?: string): Promise<void> {
    const { url, domain } = bench.sandbox;
    // Another lifetime makes another token.
    const token = bench.sandbox.mintToken({ expiresInS: 5_000, ...(scope === undefined ? {} : { scope }) });
    await vscode.commands.executeCommand('auth0Metadata.addTenant', { url, domain, token });
  }

  async function filledDraft(): Promise<vscode.TextDocument> {
    const draft = await draftOf(bench);
    await replace(draft, '"email": ""', '"email": "new@example.com"');
    await replace(draft, '"password": ""', '"password": "correct horse battery 1"');
    return draft;
  }

  /** Resolves with `task` once somebody has done `answer`, after `count` requests were refused. */
  async function answering<T>(task: Thenable<T>, count: number, answer: () => Promise<void>): Promise<T> {
    let hasEnded = false;
    const ended = task.then(
      () => {
        hasEnded = true;
      },
      () => {
        hasEnded = true;
      },
    );
    while (!hasEnded && refused() < count) await new Promise(resolve => setTimeout(resolve, 20));
    assert.equal(hasEnded, false, 'it waits');
    await answer();
    await ended;
    return task;
  }

  /** Escape, until nothing waits any more: nothing tells when the box is shown. */
  function cancelling<T>(task: Thenable<T>, count: number): Promise<T> {
    return answering(task, count, async () => {
      let hasEnded = false;
      void task.then(
        () => {
          hasEnded = true;
        },
        () => {
          hasEnded = true;
        },
      );
      while (!hasEnded) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    });
  }

  it('lets a save wait, which then begins again at its GET, with the text that was being saved', async () => {
    const document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    end();
    assert.equal(await answering(document.save(), 1, signIn), true);
    assert.equal(document.isDirty, false);
    assert.deepEqual(requests(bench).slice(-3), [`GET ${PATH} 401`, `GET ${PATH} 200`, `PATCH ${PATH} 200`]);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
    assert.deepEqual(bench.asked, []);
  });

  for (const [what, before] of Object.entries({ 'a removal': '"hobby": "surfing",', 'an addition': '' })) {
    it(`asks nothing where the next one lacks the scope to save: ${what}`, async () => {
      const document = await open(bench, ID);
      if (before) await replace(document, before, '');
      else await replace(document, '"app_metadata": {', '"app_metadata": { "new": 1,');
      const text = document.getText();
      end();
      assert.equal(await answering(document.save(), 1, () => signIn('read:users')), false);
      assert.deepEqual([document.isDirty, document.getText(), bench.asked], [true, text, []]);
      assert.deepEqual(
        requests(bench).filter(line => line.includes(PATH)),
        [`GET ${PATH} 401`],
      );
      await signIn();
      bench.answers.push('Save');
      assert.equal(await document.save(), true);
    });
  }

  it('may be refused with the PATCH: nothing was applied, and what changed since is merged', async () => {
    const document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    const { control } = bench.sandbox;
    control.clearRequests();
    control.fail({ route: 'patch', fault: { kind: 'answer', answer: EXPIRED } });
    const saved = await answering(document.save(), 1, async () => {
      assert.equal(document.isDirty, true);
      control.set(ID, { user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street' }, theirs: 1 } });
      await signIn();
    });
    assert.equal(saved, true);
    assert.deepEqual(requests(bench).slice(-4), [
      `GET ${PATH} 200`,
      `PATCH ${PATH} 401`,
      `GET ${PATH} 200`,
      `PATCH ${PATH} 200`,
    ]);
    const user_metadata = { hobby: 'sailing', addresses: { home: '123 Main Street' }, theirs: 1 };
    assert.deepEqual(storedIn(bench).user_metadata, user_metadata);
  });

  it('asks nothing about text that was not saved: cancelled, it stays as it was typed', async () => {
    const document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    const text = document.getText();
    end();
    assert.equal(await cancelling(document.save(), 1), false);
    assert.deepEqual([document.isDirty, document.getText(), requests(bench)], [true, text, [`GET ${PATH} 401`]]);
    await signIn();
    assert.equal(await document.save(), true);
    assert.equal(bodies(bench, 'PATCH').length, 1);
  });

  it('is asked about once for all documents that are being saved', async () => {
    const documents = [await open(bench, ID), await open(bench, 'plain'), await open(bench, 'auth0|a/b#c%3A')];
    for (const document of documents) await replace(document, '"user_metadata": {', '"user_metadata": { "new": 1,');
    // A comma is too much where there was nothing.
    for (const document of documents.slice(1)) await replace(document, '"new": 1,', '"new": 1');
    const dirty = () => documents.map(({ isDirty }) => isDirty);
    end();
    await cancelling(vscode.workspace.saveAll(false), 3);
    assert.deepEqual([dirty(), bodies(bench, 'PATCH')], [[true, true, true], []]);
    bench.sandbox.control.clearRequests();
    await answering(vscode.workspace.saveAll(false), 3, signIn);
    assert.deepEqual([dirty(), bodies(bench, 'PATCH').length], [[false, false, false], 3]);
  });

  it('lets the draft of a new user wait, who is then created once', async () => {
    const draft = await filledDraft();
    end();
    await answering(draft.save(), 1, signIn);
    assert.deepEqual(
      requests(bench).filter(line => line.startsWith('POST')),
      ['POST /api/v2/users 401', 'POST /api/v2/users 201'],
    );
  });

  it('creates nobody where the next one lacks the scope: the draft is kept, and nothing is sent again', async () => {
    const draft = await filledDraft();
    const text = draft.getText();
    end();
    assert.equal(await answering(draft.save(), 1, () => signIn('read:users update:users')), false);
    assert.deepEqual([draft.isDirty, draft.getText()], [true, text]);
    assert.deepEqual(
      requests(bench).filter(line => line.startsWith('POST')),
      ['POST /api/v2/users 401'],
    );
    await signIn();
    assert.equal(await draft.save(), true);
  });

  it('lets the undo of a save wait', async () => {
    const document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), true);
    end();
    await answering(vscode.commands.executeCommand('auth0Metadata.undoLastSave'), 1, signIn);
    await until(vscode.workspace.onDidChangeTextDocument, 'the save is undone in the text', () =>
      document.getText().includes('"surfing"'),
    );
    assert.equal(document.isDirty, true);
    await replace(document, '"surfing"', '"rowing"');
    assert.equal(await document.save(), true);
  });

  it('does not let a caller of openUser wait', async () => {
    end();
    const opened = await vscode.commands.executeCommand('auth0Metadata.openUser', { userId: ID, tenant: bench.tenant });
    assert.equal(opened, undefined);
  });

  it('gives way to one with other scopes: what they allow counts at once', async () => {
    const document = await open(bench, ID);
    const isReadonly = async () => {
      const { permissions } = await vscode.workspace.fs.stat(document.uri);
      return permissions === vscode.FilePermission.Readonly;
    };
    const becomes = async (wanted: boolean) => {
      while ((await isReadonly()) !== wanted) await new Promise(resolve => setTimeout(resolve, 20));
    };
    bench.sandbox.control.clearRequests();
    await signIn('read:users');
    await becomes(true);
    const create = (connection?: string) =>
      vscode.commands.executeCommand('auth0Metadata.createUser', {
        tenant: bench.tenant,
        ...(connection === undefined ? {} : { connection, email: 'new@example.com', password: 'correct horse 1' }),
      });
    await assert.rejects(
      async () => create('Username-Password-Authentication'),
      /The token for .* lacks a scope: create:users\./,
    );
    assert.equal(await create(), undefined);
    assert.deepEqual(
      requests(bench).filter(line => !line.startsWith('GET /api/v2/users')),
      [],
      'the service is not asked for what it would refuse',
    );
    await signIn('read:users update:users');
    await becomes(false);
  });
});
