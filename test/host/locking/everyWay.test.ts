// A locked tenant: every way to write that there is, and the server never changes. Nor is it asked to.
import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { commandNames } from '../../../src/shell/commandTable';
import { disconnect } from '../automation/bench';
import { draftOf } from '../drafts';
import { WAYS } from '../foreignWrites/ways';
import { type Bench, connect, open, type } from '../support';

const ID = 'auth0|jane';
const USERS = [
  { user_id: ID, email: 'jane@example.com', user_metadata: { n: 1, deep: { a: 1 } }, app_metadata: { plan: 'full' } },
  { user_id: 'auth0|john', email: 'john@example.com', user_metadata: { n: 7 } },
];
const NEW_TEXT = '{"user_metadata":{"n":2},"app_metadata":{}}\n';
const NEW_USER = { connection: 'people', email: 'new@example.com', password: 'Correct-Horse-7' };
/** These loosen or lift the lock, or take the tenant away: a person answers their questions. */
const OF_THE_LOCK = new Set(['addTenant', 'removeTenant', 'trySampleTenant']);
/** VS Code saves no read-only document by itself, so there is no end of that to wait for. */
const NEVER_BEGINS = 'files.autoSave is on for our language';

/** What a rejected or refused write says is for other tests. Here it only counts that nothing was written. */
async function attempt(write: () => Thenable<unknown>): Promise<void> {
  try {
    await write();
  } catch {}
}

/** Presses Escape in every box that a command opens. */
async function untilEnded(command: Thenable<unknown>): Promise<void> {
  let ended = false;
  const ending = attempt(() => command).then(() => {
    ended = true;
  });
  while (!ended) await Promise.race([ending, vscode.commands.executeCommand('workbench.action.closeQuickOpen')]);
}

async function edit(document: vscode.TextDocument, text: string): Promise<void> {
  await attempt(() => type(document, text));
  const workspaceEdit = new vscode.WorkspaceEdit();
  workspaceEdit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await attempt(() => vscode.workspace.applyEdit(workspaceEdit));
}

/** Each as a program or a person would, with the document of a user at hand. */
const WRITES: readonly (readonly [what: string, write: (document: vscode.TextDocument) => Promise<void>])[] = [
  ['Save', async document => attempt(() => document.save())],
  [
    'Ctrl+S',
    async document => {
      await vscode.window.showTextDocument(document);
      await attempt(() => vscode.commands.executeCommand('workbench.action.files.save'));
    },
  ],
  ['Save All', async () => attempt(() => vscode.workspace.saveAll())],
  ['workspace.save', async ({ uri }) => attempt(() => vscode.workspace.save(uri))],
  ['workspace.fs.writeFile', async ({ uri }) => attempt(() => write(uri, NEW_TEXT))],
  [
    'workspace.fs.writeFile under another name',
    async ({ uri }) => attempt(() => write(uri.with({ path: uri.path.replace(/[^/]*$/, 'other.json') }), NEW_TEXT)),
  ],
  [
    'a file that is copied onto it, or renamed to it',
    async ({ uri }) => {
      const file = path.join(await mkdtemp(path.join(tmpdir(), 'auth0-metadata-')), 'jane.json');
      await writeFile(file, NEW_TEXT);
      await attempt(() => vscode.workspace.fs.copy(vscode.Uri.file(file), uri, { overwrite: true }));
      await attempt(() => vscode.workspace.fs.rename(vscode.Uri.file(file), uri, { overwrite: true }));
    },
  ],
  ['workspace.fs.delete', async ({ uri }) => attempt(() => vscode.workspace.fs.delete(uri))],
  [
    'an edit of the workspace that creates the file anew',
    async ({ uri }) => {
      const workspaceEdit = new vscode.WorkspaceEdit();
      workspaceEdit.createFile(uri, { overwrite: true, contents: Buffer.from(NEW_TEXT) });
      await attempt(() => vscode.workspace.applyEdit(workspaceEdit));
    },
  ],
  ...WAYS.filter(([way]) => way !== NEVER_BEGINS).map(
    ([way, writes]) => [way, async (document: vscode.TextDocument) => attempt(() => writes(document))] as const,
  ),
  [
    'every command, with all that an argument can name',
    async ({ uri }) => {
      for (const name of commandNames()) {
        if (OF_THE_LOCK.has(name)) continue;
        const run = (arg: unknown) => untilEnded(vscode.commands.executeCommand(`auth0Metadata.${name}`, arg));
        const tenant = uri.authority;
        await attempt(() => run({ tenant, userId: ID, ...NEW_USER, environment: 'development', readOnly: false }));
        await attempt(() => run(uri));
      }
    },
  ],
  [
    'addTenant again, as another environment',
    async ({ uri }) => {
      const arg = { domain: uri.authority, environment: 'development', readOnly: false, token: 'another' };
      await attempt(() => vscode.commands.executeCommand('auth0Metadata.addTenant', arg));
      await attempt(() =>
        vscode.commands.executeCommand('auth0Metadata.createUser', { tenant: uri.authority, ...NEW_USER }),
      );
    },
  ],
];

const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, Buffer.from(text));

for (const profile of [
  { environment: 'production', readOnly: false },
  { environment: 'development', readOnly: true },
]) {
  describe(`a tenant that is ${profile.readOnly ? 'read-only for good' : 'locked'}`, () => {
    let bench: Bench;

    beforeEach(async () => {
      bench = await connect(
        { users: USERS, connections: [{ id: 'con_1', name: 'people', strategy: 'auth0' }] },
        undefined,
        profile,
      );
    });

    afterEach(() => disconnect(bench));

    const onlyRead = (before: readonly unknown[]) => {
      assert.deepEqual(bench.sandbox.control.users(), before);
      const writes = bench.sandbox.control.requests.filter(({ method }) => method !== 'GET');
      assert.deepEqual(
        writes.map(({ method, path }) => `${method} ${path}`),
        [],
      );
    };

    for (const [what, writes] of WRITES) {
      it(`${what}: nothing is sent but reads`, async () => {
        const before = bench.sandbox.control.users();
        const document = await open(bench, ID);
        const { permissions } = await vscode.workspace.fs.stat(document.uri);
        assert.equal(permissions, vscode.FilePermission.Readonly, 'VS Code shows it as read-only');
        await edit(document, NEW_TEXT);
        await writes(document);
        await attempt(() => document.save());
        onlyRead(before);
      });
    }

    it('a draft of a new user: nothing is sent but reads', async () => {
      const before = bench.sandbox.control.users();
      if (profile.readOnly) {
        // Nobody could save it, so there is none to begin with.
        await attempt(() =>
          untilEnded(vscode.commands.executeCommand('auth0Metadata.createUser', { tenant: bench.tenant })),
        );
        return onlyRead(before);
      }
      const document = await draftOf(bench);
      await edit(document, `${JSON.stringify(NEW_USER)}\n`);
      await attempt(() => document.save());
      await attempt(() => write(document.uri, document.getText()));
      onlyRead(before);
    });
  });
}
