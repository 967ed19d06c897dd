// Ways to make VS Code write a document that are not Save.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LANGUAGE_ID, roundTrips } from '../documentLife';
import { type, until } from '../support';
import { SENTENCE, write } from './bench';

/** Each until it has been done. */
export const WAYS: readonly [way: string, write: (document: vscode.TextDocument) => Promise<void>][] = [
  [
    'a task that is run saves all editors',
    async () => {
      const ended = new Promise<void>(resolve => {
        const subscription = vscode.tasks.onDidEndTask(({ execution }) => {
          if (execution.task.name !== 'Nothing') return;
          subscription.dispose();
          resolve();
        });
      });
      await vscode.tasks.executeTask(nothingToDo());
      await ended;
    },
  ],
  [
    'files.autoSave is on for our language',
    async document => {
      const files = vscode.workspace.getConfiguration('files', { languageId: LANGUAGE_ID });
      const set = (key: string, value: unknown) => files.update(key, value, vscode.ConfigurationTarget.Global, true);
      let told = false;
      const subscription = vscode.workspace.onWillSaveTextDocument(event => {
        told ||= event.document.uri.toString() === document.uri.toString();
      });
      try {
        await set('autoSaveDelay', 100);
        await set('autoSave', 'afterDelay');
        await type(document, `${document.getText()} `);
        await until(vscode.workspace.onWillSaveTextDocument, 'VS Code saves by itself', () => told);
        await roundTrips(10);
      } finally {
        subscription.dispose();
        await set('autoSave', undefined);
        await set('autoSaveDelay', undefined);
      }
    },
  ],
  [
    'debugging is started, which saves all editors',
    async document => {
      await vscode.window.showTextDocument(document);
      await new Promise<void>(resolve => {
        // Asked once VS Code has saved; nothing is then started.
        const resolveDebugConfiguration = () => {
          provider.dispose();
          resolve();
          return undefined;
        };
        const provider = vscode.debug.registerDebugConfigurationProvider('*', { resolveDebugConfiguration });
        void vscode.debug.startDebugging(undefined, { type: 'node', request: 'launch', name: 'Nothing' });
      });
    },
  ],
  [
    'Save without Formatting',
    async document => {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
    },
  ],
  [
    'writeFile of the same text',
    async document => assert.rejects(async () => write(document.uri, document.getText()), SENTENCE),
  ],
];

function nothingToDo(): vscode.Task {
  const terminal = async (): Promise<vscode.Pseudoterminal> => {
    const closed = new vscode.EventEmitter<number>();
    return {
      onDidWrite: new vscode.EventEmitter<string>().event,
      onDidClose: closed.event,
      open: () => closed.fire(0),
      close: () => undefined,
    };
  };
  const task = new vscode.Task(
    { type: 'auth0-metadata-test' },
    vscode.TaskScope.Workspace,
    'Nothing',
    'tests',
    new vscode.CustomExecution(terminal),
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Never };
  return task;
}
