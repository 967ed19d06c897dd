// A part of the extension that cannot be loaded: whoever waits for it is told, and what to do.
import { shown } from '../../support/vscode/window';
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { before, beforeEach, test } from 'node:test';
import { contextIn, ExtensionStorage } from '../../support/vscode/context';
import { Uri } from '../../support/vscode/uri';
import { projectRoot } from '../../workbench/paths';

const TOLD =
  'A part of the extension cannot be loaded. Reload the window; if that does not help, install the extension again.';

/** The built extension, of which `features.js` is lost. */
const folder = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-loading-'));

before(() => {
  execFileSync(process.execPath, ['esbuild.js', '--quiet', `--outdir=${folder}`, 'extension'], { cwd: projectRoot });
  rmSync(path.join(folder, 'features.js'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
});

const context = contextIn(new ExtensionStorage(), folder);

beforeEach(() => {
  shown.clear();
  for (const subscription of context.subscriptions.splice(0)) subscription.dispose();
  const { activate }: { activate(context: object): void } = require(path.join(folder, 'extension.js'));
  activate(context);
});

/** Messages are shown a turn after what they are about. */
async function errors(): Promise<string[]> {
  await new Promise(resolve => setImmediate(resolve));
  return shown.messages.filter(({ kind }) => kind === 'error').map(({ text }) => text);
}

test('a command says so, and offers to reload the window', async () => {
  let offered: readonly string[] = [];
  shown.answer = ({ buttons }) => {
    offered = buttons;
    return 'Reload Window';
  };
  assert.equal(await shown.commands.get('auth0Metadata.addTenant')?.(), undefined);
  assert.deepEqual([await errors(), offered], [[TOLD], ['Reload Window']]);
  assert(shown.executed.some(({ command }) => command === 'workbench.action.reloadWindow'));
});

test('a document that VS Code brings back with unsaved text says so, with nobody waiting', async () => {
  const uri = Uri.parse('auth0-user://acme.eu.auth0.com/users/auth0%7C1/jane.json');
  await shown.restore(uri, { text: '{}\n', stat: undefined });
  assert.deepEqual(await errors(), [TOLD]);
});
