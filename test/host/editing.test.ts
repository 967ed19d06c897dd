// Open, edit, save, in a real extension host. What counts is what the server holds afterwards.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Bench, bodies, connect, open, replace, requests, show, type, until, untilShown } from './support';

const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
const PATH = `/api/v2/users/${encodeURIComponent(ID)}`;

describe('editing a user', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connect({
      users: [
        {
          user_id: ID,
          email: 'jane.doe@example.com',
          user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street' } },
          app_metadata: { plan: 'full' },
        },
        { user_id: 'auth0|a/b#c%3A', name: 'Odd Id' },
        { user_id: 'plain', email: 'plain@example.com' },
      ],
    });
  });

  afterEach(() => bench.close());

  const stored = () => {
    const user = bench.sandbox.control.user(ID);
    return { user_metadata: user?.user_metadata, app_metadata: user?.app_metadata };
  };

  it('opens with one request, as JSON of our language, under a name a person knows', async () => {
    const document = await open(bench, ID);
    assert.equal(document.getText(), `${JSON.stringify(stored(), null, 2)}\n`);
    assert.equal(document.languageId, 'auth0-metadata');
    assert.equal(document.uri.toString(true), `auth0-user://${bench.tenant}/users/${ID}/jane.doe@example.com.json`);
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`]);
  });

  it('opens a user once: a second time shows the open document, without a request', async () => {
    const document = await open(bench, ID);
    assert.equal(await open(bench, ID), document);
    assert.equal(vscode.window.tabGroups.all.flatMap(group => group.tabs).length, 1);
    assert.equal(requests(bench).length, 1);
  });

  it('opens ids with every odd character, and ids without a bar in our language', async () => {
    const odd = await open(bench, 'auth0|a/b#c%3A');
    assert.deepEqual(JSON.parse(odd.getText()), { user_metadata: {}, app_metadata: {} });
    const plain = await open(bench, 'plain');
    await until(vscode.workspace.onDidOpenTextDocument, 'the language is set', () =>
      vscode.workspace.textDocuments.some(
        ({ uri, languageId }) => uri.toString() === plain.uri.toString() && languageId === 'auth0-metadata',
      ),
    );
  });

  it('saves with one GET and one PATCH that holds only what changed', async () => {
    const document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    bench.sandbox.control.clearRequests();
    assert.equal(await document.save(), true);
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`, `PATCH ${PATH} 200`]);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
    assert.equal(document.isDirty, false);
    assert.deepEqual(bench.asked, []);
  });

  it('saves again and again: each save is planned against the last', async () => {
    const document = await open(bench, ID);
    for (const hobby of ['a', 'b', 'c']) {
      await replace(
        document,
        `"hobby": ${JSON.stringify(JSON.parse(document.getText()).user_metadata.hobby)}`,
        `"hobby": "${hobby}"`,
      );
      assert.equal(await document.save(), true);
    }
    assert.deepEqual(bodies(bench, 'PATCH').length, 3);
    assert.equal(JSON.parse(JSON.stringify(stored())).user_metadata.hobby, 'c');
  });

  it('sends nothing for a change of the formatting alone', async () => {
    const document = await open(bench, ID);
    await type(document, JSON.stringify(stored()));
    bench.sandbox.control.clearRequests();
    assert.equal(await document.save(), true);
    assert.deepEqual(requests(bench), []);
  });

  it('asks before a nested value is replaced, naming user, tenant, path and both values; Save sends', async () => {
    const document = await open(bench, ID);
    await replace(document, '123 Main Street', '1 Elm Street');
    bench.answers.push('Save');
    assert.equal(await document.save(), true);
    const [question] = bench.asked;
    assert(question);
    assert.match(question.message, new RegExp(`jane\\.doe@example\\.com on ${bench.tenant}`));
    assert.match(question.detail, /user_metadata\.addresses\.home: "123 Main Street" → "1 Elm Street"/);
    assert.deepEqual(question.buttons, ['Save', 'Show Changes']);
    assert.deepEqual(stored().user_metadata, { hobby: 'surfing', addresses: { home: '1 Elm Street' } });
  });

  it('Cancel leaves the server as it was and the document dirty, as typed', async () => {
    const document = await open(bench, ID);
    const before = stored();
    await replace(document, '123 Main Street', '1 Elm Street');
    const typed = document.getText();
    bench.answers.push(undefined);
    assert.equal(await document.save(), false);
    assert.deepEqual([document.isDirty, document.getText(), stored()], [true, typed, before]);
  });

  it('Show Changes opens server ↔ yours, sends nothing, and the next save does not ask again', async () => {
    const document = await open(bench, ID);
    await replace(document, '123 Main Street', '1 Elm Street');
    bench.answers.push('Show Changes');
    assert.equal(await document.save(), false);
    const isDiff = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;
    await until(vscode.window.tabGroups.onDidChangeTabs, 'the diff is shown', isDiff);
    assert.deepEqual(bodies(bench, 'PATCH'), []);
    assert.equal(await document.save(), true);
    assert.equal(bench.asked.length, 1);
    assert.deepEqual(stored().user_metadata, { hobby: 'surfing', addresses: { home: '1 Elm Street' } });
  });

  it('a pure addition below a root key does not ask, and sends the complete value', async () => {
    const document = await open(bench, ID);
    await show(document, {
      ...stored(),
      user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street', work: '100 Way' } },
    });
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), [
      '{"user_metadata":{"addresses":{"home":"123 Main Street","work":"100 Way"}}}',
    ]);
    assert.deepEqual(bench.asked, []);
  });

  it('emptying a section removes key by key, after asking', async () => {
    const document = await open(bench, ID);
    await show(document, { user_metadata: {}, app_metadata: { plan: 'full' } });
    bench.answers.push('Save');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":null,"addresses":null}}']);
    assert.match(bench.asked[0]?.detail ?? '', /Removed:\nuser_metadata\.hobby: "surfing"/);
  });

  it('merges a disjoint nested change by somebody else, and shows it', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, {
      user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street', boat: 'pier 4' } },
    });
    await show(document, {
      ...stored(),
      user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street', work: '100 Way' } },
    });
    assert.equal(await document.save(), true);
    assert.deepEqual(stored().user_metadata, {
      hobby: 'surfing',
      addresses: { home: '123 Main Street', work: '100 Way', boat: 'pier 4' },
    });
    await untilShown(document, 'pier 4');
    assert.equal(document.isDirty, false);
  });

  it('a root key that somebody else changed is left alone and shown afterwards', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, { app_metadata: { plan: 'gold', seats: 3 } });
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), true);
    assert.deepEqual(stored().app_metadata, { plan: 'gold', seats: 3 });
    await untilShown(document, '"seats": 3');
  });

  it('a conflict asks; Cancel changes nothing', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'chess', addresses: { home: '123 Main Street' } } });
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), false);
    assert.deepEqual(bench.asked[0]?.buttons, ['Compare', 'Overwrite', 'Take Theirs']);
    assert.match(
      bench.asked[0]?.detail ?? '',
      /user_metadata\.hobby\n\s+yours: "sailing"\s+\(was "surfing"\)\n\s+server: "chess"/,
    );
    assert.deepEqual([document.isDirty, bodies(bench, 'PATCH')], [true, []]);
  });

  it('a conflict asks; Overwrite saves mine, Take Theirs keeps the server’s and saves the rest', async () => {
    const document = await open(bench, ID);
    const conflict = async (theirs: string, mine: string, answer: string) => {
      bench.sandbox.control.set(ID, { user_metadata: { hobby: theirs, addresses: { home: '123 Main Street' } } });
      const shown = JSON.parse(document.getText());
      await show(document, {
        ...shown,
        user_metadata: { ...shown.user_metadata, hobby: mine },
        app_metadata: { plan: mine },
      });
      bench.answers.push(answer);
      assert.equal(await document.save(), true);
    };
    await conflict('chess', 'sailing', 'Overwrite');
    assert.deepEqual(stored(), {
      user_metadata: { hobby: 'sailing', addresses: { home: '123 Main Street' } },
      app_metadata: { plan: 'sailing' },
    });
    await conflict('golf', 'rowing', 'Take Theirs');
    assert.deepEqual(stored(), {
      user_metadata: { hobby: 'golf', addresses: { home: '123 Main Street' } },
      app_metadata: { plan: 'rowing' },
    });
    await untilShown(document, '"golf"');
  });

  it('Compare brings the document up to date, and saving from there asks no second time', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, {
      user_metadata: { hobby: 'chess', addresses: { home: '123 Main Street' }, since: 2020 },
    });
    await replace(document, '"surfing"', '"sailing"');
    bench.answers.push('Compare');
    assert.equal(await document.save(), false);
    await untilShown(document, '"since": 2020');
    assert.match(document.getText(), /"sailing"/);
    assert.equal(await document.save(), true);
    assert.equal(bench.asked.length, 1);
    assert.deepEqual(stored().user_metadata, { hobby: 'sailing', addresses: { home: '123 Main Street' }, since: 2020 });
  });

  it('a server that moved again after Compare asks again', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'chess', addresses: { home: '123 Main Street' } } });
    await replace(document, '"surfing"', '"sailing"');
    bench.answers.push('Compare');
    assert.equal(await document.save(), false);
    await until(
      vscode.window.tabGroups.onDidChangeTabs,
      'the diff is shown',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff,
    );
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'golf', addresses: { home: '123 Main Street' } } });
    assert.equal(await document.save(), false);
    assert.equal(bench.asked.length, 2);
    assert.equal(bodies(bench, 'PATCH').length, 0);
  });

  const REFUSED: readonly [what: string, text: string, sentence: RegExp, blamed: string][] = [
    ['broken JSON', '{"user_metadata": {"a": }, "app_metadata": {}}', /JSON value is expected/, '}'],
    ['a root that is no object', '[]', /must be an object/, '[]'],
    ['a foreign key', '{"user_metadata": {}, "app_metadata": {}, "email": 1}', /"email" is not saved/, '"email"'],
    ['a section that is no object', '{"user_metadata": 7, "app_metadata": {}}', /user_metadata must be an object/, '7'],
    ['a duplicate key', '{"user_metadata": {"a": 1, "a": 2}, "app_metadata": {}}', /there twice/, '"a"'],
    ['null at the root', '{"user_metadata": {"a": null}, "app_metadata": {}}', /cannot store null/, 'null'],
    ['half a surrogate pair', '{"user_metadata": {"a": "\\ud800"}, "app_metadata": {}}', /surrogate/, '"\\ud800"'],
    ['a number without end', '{"user_metadata": {"a": 1e999}, "app_metadata": {}}', /too large/, '1e999'],
  ];
  for (const [what, text, sentence, blamed] of REFUSED) {
    it(`refuses ${what}: a diagnostic on its range, nothing sent, the text kept`, async () => {
      const document = await open(bench, ID);
      await type(document, text);
      bench.sandbox.control.clearRequests();
      assert.equal(await document.save(), false);
      assert.deepEqual([requests(bench), document.isDirty, document.getText()], [[], true, text]);
      const ours = () => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Auth0');
      await until(vscode.languages.onDidChangeDiagnostics, 'the diagnostic', () => ours().length > 0);
      const [diagnostic] = ours();
      assert.match(diagnostic?.message ?? '', sentence);
      assert.equal(document.getText(diagnostic?.range), blamed);
    });
  }

  it('sends exact numbers', async () => {
    const document = await open(bench, ID);
    await replace(document, '"plan": "full"', '"plan": "full",\n    "n": [12345678901234567890, 1.0, 1e3]');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"app_metadata":{"n":[12345678901234567890,1.0,1e3]}}']);
  });

  it('keeps the text when the service fails, and saves it later', async () => {
    const document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    await bench.sandbox.control.goOffline();
    assert.equal(await document.save(), false);
    assert.equal(document.isDirty, true);
    await bench.sandbox.control.goOnline();
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
  });

  it('a PATCH whose answer is lost is read back: saved is said only if it is', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.fail({ route: 'patch', fault: { kind: 'resetAfterApply' } });
    await replace(document, '"surfing"', '"sailing"');
    bench.sandbox.control.clearRequests();
    assert.equal(await document.save(), true);
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`, `PATCH ${PATH} 0`, `GET ${PATH} 200`]);
    bench.sandbox.control.fail({ route: 'patch', fault: { kind: 'resetBeforeRead' } });
    await replace(document, '"sailing"', '"rowing"');
    assert.equal(await document.save(), false);
    assert.equal(document.isDirty, true);
    assert.equal(JSON.parse(JSON.stringify(stored())).user_metadata.hobby, 'sailing');
  });

  it('shows what the service made of a save where that is something else', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.fail({
      route: 'patch',
      fault: { kind: 'edit', when: 'before', userId: ID, set: { app_metadata: { plan: 'vip' } } },
    });
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), true);
    await untilShown(document, '"vip"');
  });
});

describe('a token that may not update', () => {
  it('opens documents read-only', async () => {
    const bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com' }] }, sandbox =>
      sandbox.mintToken({ scope: 'read:users' }),
    );
    try {
      const document = await open(bench, ID);
      const stat = await vscode.workspace.fs.stat(document.uri);
      assert.equal(stat.permissions, vscode.FilePermission.Readonly);
      const { url, domain, token } = bench.sandbox;
      await vscode.commands.executeCommand('auth0Metadata.addTenant', { url, domain, token });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const writable = await open(bench, ID);
      await show(writable, { user_metadata: { hobby: 'surfing' }, app_metadata: {} });
      assert.equal(await writable.save(), true, 'after signing in with another token it can be saved');
    } finally {
      await bench.close();
    }
  });
});
