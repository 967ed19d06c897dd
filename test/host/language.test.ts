// A change of the language closes and opens a document for extensions: it stays what it was, and grew from what it grew.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hasOurLanguage, isDirty, LANGUAGE_ID, roundTrips, setLanguage } from './documentLife';
import { draftOf } from './drafts';
import { type Bench, bodies, connect, open, replace, requests, untilShown } from './support';

const ID = 'auth0|jane';

describe('a user’s document whose language is changed', () => {
  let bench: Bench;

  beforeEach(async () => {
    const user = { user_metadata: { hobby: 'surfing' }, app_metadata: { plan: 'full' } };
    bench = await connect({
      users: [
        { user_id: ID, email: 'jane@example.com', ...user },
        { user_id: 'plain', email: 'plain@example.com', ...user },
      ],
    });
  });

  afterEach(() => bench.close());

  const stored = (id = ID) => {
    const user = bench.sandbox.control.user(id);
    return { ...Object(user?.user_metadata), ...Object(user?.app_metadata) };
  };

  const WHEN = ['before the change', 'between there and back', 'after the change'] as const;

  for (const typed of ['clean', 'dirty'] as const) {
    for (const theirs of WHEN) {
      it(`${typed}, somebody else writing ${theirs}: saving sends only what was typed, and asks nothing`, async () => {
        const document = await open(bench, ID);
        const write = (when: string) => {
          if (when === theirs) bench.sandbox.control.set(ID, { app_metadata: { plan: 'gold' } });
        };
        if (typed === 'dirty') await replace(document, '"surfing"', '"sailing"');
        write('before the change');
        await setLanguage(document, 'json');
        write('between there and back');
        await setLanguage(document, LANGUAGE_ID);
        await roundTrips(5);
        write('after the change');
        assert.equal(isDirty(document.uri), typed === 'dirty');
        if (typed === 'clean') await replace(document, '"surfing"', '"sailing"');
        assert.equal(await document.save(), true);
        assert.deepEqual(bench.asked, []);
        assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
        assert.deepEqual(stored(), { hobby: 'sailing', plan: 'gold' });
        await untilShown(document, '"gold"');
      });
    }
  }

  it('costs no request, and a save of unchanged text sends nothing', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.clearRequests();
    await setLanguage(document, 'json');
    await setLanguage(document, LANGUAGE_ID);
    await roundTrips(10);
    assert.equal(await document.save(), true);
    assert.deepEqual(requests(bench), []);
  });

  it('as another language, too, only Save sends', async () => {
    const document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    await setLanguage(document, 'plaintext');
    await hasOurLanguage(document.uri);
    const scope = { uri: document.uri, languageId: LANGUAGE_ID };
    assert.equal(vscode.workspace.getConfiguration('files', scope).get('autoSave'), 'off');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
  });

  const ASSOCIATIONS: readonly [what: string, associations: Record<string, string> | undefined][] = [
    ['with VS Code’s own', undefined],
    ['with files.associations that take every .json elsewhere', { '*.json': 'jsonc' }],
  ];
  for (const [what, associations] of ASSOCIATIONS) {
    for (const id of [ID, 'plain']) {
      it(`${what}, ${id}: opens with one GET, in our language, and saves with one more and a PATCH`, async () => {
        const files = vscode.workspace.getConfiguration('files');
        await files.update('associations', associations, vscode.ConfigurationTarget.Global);
        try {
          const document = await open(bench, id);
          await hasOurLanguage(document.uri);
          await roundTrips(10);
          assert.deepEqual(
            requests(bench).map(line => line.split(' ')[0]),
            ['GET'],
          );
          bench.sandbox.control.set(id, { app_metadata: { plan: 'gold' } });
          await replace(document, '"surfing"', '"sailing"');
          assert.equal(await document.save(), true);
          assert.deepEqual([stored(id), bench.asked], [{ hobby: 'sailing', plan: 'gold' }, []]);
          assert.deepEqual(
            requests(bench).map(line => line.split(' ')[0]),
            ['GET', 'GET', 'PATCH'],
          );
        } finally {
          await files.update('associations', undefined, vscode.ConfigurationTarget.Global);
        }
      });
    }
  }
});

describe('a new user’s draft', () => {
  const LONG = 'a-connection-with-a-name-that-is-longer-than-sixty-characters-as-they-may-be';
  const FIELDS: readonly [strategy: string, name: string, fields: object][] = [
    ['sms', 'sms', { phone_number: '' }],
    ['email', 'email', { email: '', verify_email: false }],
    ['email', 'passwordless', { email: '', verify_email: false }],
    ['auth0', LONG, { email: '', password: '', verify_email: false }],
    ['auth0', 'a/b?c#d%e', { email: '', password: '', verify_email: false }],
  ];

  for (const [strategy, name, fields] of FIELDS) {
    it(`${strategy} connection ${name}: keeps its template when its language is set, and when it is read again`, async () => {
      const bench = await connect({ empty: true, connections: [{ id: 'con_1', name, strategy }] });
      try {
        const document = await draftOf(bench);
        const template = { connection: name, ...fields, user_metadata: {}, app_metadata: {} };
        assert.deepEqual(JSON.parse(document.getText()), template);
        await setLanguage(document, 'json');
        await setLanguage(document, LANGUAGE_ID);
        await roundTrips(5);
        assert.deepEqual(JSON.parse(document.getText()), template);
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
        assert.deepEqual(JSON.parse(document.getText()), template);
      } finally {
        await bench.close();
      }
    });
  }
});
