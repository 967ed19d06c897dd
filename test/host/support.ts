// What host tests share: a sandbox with the extension connected to it, scripted answers, edits as a person makes them.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/extension';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/http/server';
import type { Question } from '../../src/shell/dialogs';

export const EXTENSION_ID = 'auth0-metadata-editor.auth0-metadata-editor';
const PATIENCE_MS = 60_000;

export interface Bench {
  readonly sandbox: Sandbox;
  readonly tenant: string;
  /** The questions that were asked, oldest first. */
  readonly asked: Question[];
  /** The buttons to press for the next questions; a question without an answer is cancelled. */
  readonly answers: (string | undefined)[];
  close(): Promise<void>;
}

let benches = 0;

/** A sandbox of its own for a test file, connected as a tenant of its own. */
export async function connect(
  options: SandboxOptions = {},
  token?: (sandbox: Sandbox) => string,
  profile: { readonly environment?: string; readonly readOnly?: boolean } = {},
): Promise<Bench> {
  const sandbox = await startSandbox({
    domain: `host-${++benches}-${Date.now()}.localhost`,
    recordBodies: true,
    ...options,
  });
  const { url, domain } = sandbox;
  const asked: Question[] = [];
  const answers: (string | undefined)[] = [];
  const api = await testApi();
  api.dialogs = {
    ask: async question => {
      asked.push(question);
      return answers.shift();
    },
  };
  await vscode.commands.executeCommand('auth0Metadata.addTenant', {
    url,
    domain,
    token: (token ?? tokenOf)(sandbox),
    ...profile,
  });
  sandbox.control.clearRequests();
  return {
    sandbox,
    tenant: domain,
    asked,
    answers,
    close: async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.commands.executeCommand('auth0Metadata.removeTenant', { tenant: domain });
      await sandbox.close();
    },
  };
}

function tokenOf(sandbox: Sandbox): string {
  return sandbox.token;
}

/** Answers questions by code, until the next bench is connected. */
export async function answerBy(ask: TestApi['dialogs']['ask']): Promise<void> {
  (await testApi()).dialogs = { ask };
}

async function testApi(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi | undefined>(EXTENSION_ID);
  assert(extension);
  const api = await extension.activate();
  assert(api, 'the extension gives its test API to extension tests');
  return api;
}

export async function open(bench: Bench, userId: string): Promise<vscode.TextDocument> {
  const uri = await vscode.commands.executeCommand<vscode.Uri>('auth0Metadata.openUser', {
    userId,
    tenant: bench.tenant,
  });
  assert(uri, 'openUser gives the document’s URI');
  return vscode.workspace.openTextDocument(uri);
}

/** Replaces the whole text. */
export async function type(document: vscode.TextDocument, text: string): Promise<void> {
  assert(await isTyped(document, text), 'the document has changed meanwhile');
}

/**
 * Replaces `from`, which must be there, by `to`. VS Code refuses an edit of a text that it has reloaded meanwhile; a key
 * that a person presses is typed into the new one.
 */
export async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const text = document.getText();
    assert(text.includes(from), `${from} is not in\n${text}`);
    const next = text.replace(from, () => to);
    if (await isTyped(document, next)) return;
  }
  assert.fail('the document never stood still');
}

/**
 * Replaces the whole text, if it is still what extensions know. An edit of the workspace is not as strict in the active
 * editor: there VS Code makes it smaller, and meanwhile lets a reload pass.
 */
export async function isTyped(document: vscode.TextDocument, text: string): Promise<boolean> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const editor = vscode.window.visibleTextEditors.find(visible => visible.document === document);
  if (editor) return editor.edit(builder => builder.replace(all, text));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, all, text);
  return vscode.workspace.applyEdit(edit);
}

/** Puts metadata into the document, as one would paste it. */
export function show(document: vscode.TextDocument, metadata: object): Promise<void> {
  return type(document, `${JSON.stringify(metadata, null, 2)}\n`);
}

/** Method and path without the origin, and the status, of what was asked of the sandbox. */
export function requests({ sandbox }: Bench): string[] {
  return sandbox.control.requests.map(({ method, path, status }) => `${method} ${path.split('?')[0]} ${status}`);
}

export function bodies({ sandbox }: Bench, method: string): string[] {
  return sandbox.control.requests.filter(request => request.method === method).map(({ body }) => body);
}

/** *Refresh*; resolves once the open document was compared with the server. */
export async function refresh({ sandbox }: Bench): Promise<void> {
  const looked = new Promise<void>(resolve => {
    sandbox.control.fail({ route: 'get', fault: { kind: 'hook', after: () => resolve() } });
  });
  await vscode.commands.executeCommand('auth0Metadata.refresh');
  await looked;
  // The answer is on its way: a request after it, on the same connection, comes back later.
  await vscode.commands.executeCommand('auth0Metadata.refresh');
}

/** Waits until `condition` holds, looking again after each event of `on`. */
export function until(
  on: vscode.Event<unknown>,
  what: string,
  condition: () => boolean,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (condition()) return resolve();
    const timer = setTimeout(() => end(new Error(`${what}: not within ${patienceMs} ms`)), patienceMs);
    const subscription = on(() => {
      if (condition()) end();
    });
    function end(error?: Error): void {
      clearTimeout(timer);
      subscription.dispose();
      if (error) reject(error);
      else resolve();
    }
  });
}

/** Resolves once a comparison is in front, whoever has opened it. */
export function untilCompared(): Promise<void> {
  const isCompared = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;
  return until(vscode.window.tabGroups.onDidChangeTabs, 'the comparison is shown', isCompared);
}

/** Waits until the document shows `text`. */
export function untilShown(document: vscode.TextDocument, text: string): Promise<void> {
  return until(vscode.workspace.onDidChangeTextDocument, `the document shows ${text}`, () =>
    document.getText().includes(text),
  );
}
