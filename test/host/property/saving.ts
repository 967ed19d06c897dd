// One save by hand, with what happens in the middle of it and right after it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { mergeOf } from '../../reliability/model/oracle';
import { type Metadata, metadataIn, sameMetadata } from '../../reliability/model/plain';
import { activate, isDirty, isSame, roundTrips, secondUri, tabs, uriOf } from '../documentLife';
import { until } from '../support';
import { show } from './metadata';
import { isOwnTabOf } from './opening';
import type { Saving } from './seen';
import type { Save } from './steps';
import type { World } from './world';

export async function save(world: World, step: Save): Promise<void> {
  const { editor, judge, server } = world;
  const document = editor.pick(step.on);
  if (!document) return;
  if (step.theirs) world.remote(step.theirs);
  if (step.mine) await world.type(document, step.mine);
  const began = await saveByHand(world, document, step);
  if (!began) {
    assert.deepEqual([server.patches, world.asked], [[], []], 'nothing to save sends nothing');
    return;
  }
  const saved = metadataIn(began.text) ?? assert.fail();
  const { base, succeeded } = began;
  const { asked } = world;
  const seen = judge.of(document);
  const saving: Saving = { seen, base, saved, succeeded, asked, exchanges: [...server.exchanges] };
  tell(world, saving);
  const typed = seen.text;
  const how = judge.saved(saving);
  world.met.push(how, ...asked.map(({ answer }) => answer ?? 'Cancel'));
  if (how === 'Compare') await compared(world, document, saving);
  else if (how === 'Show Changes') {
    await until(vscode.window.tabGroups.onDidChangeTabs, 'the comparison', () => hasComparison(document.uri));
  }
  if (succeeded) return after(world, document, step.next);
  if (how !== 'Compare') assert.equal(document.getText(), typed, 'a save that is refused keeps the text');
  assert(isDirty(document.uri), 'a save that is refused leaves the document unsaved');
}

/** What was handed over, and how that ended. */
interface Began {
  readonly base: Metadata;
  readonly text: string;
  readonly succeeded: boolean;
}

/** @returns undefined where there was nothing to save */
async function saveByHand(world: World, document: vscode.TextDocument, step: Save): Promise<Began | undefined> {
  if (step.by === 'command') await activate(document.uri);
  const seen = world.judge.of(document);
  let told: boolean = false;
  let participated: boolean = false;
  let succeeded: boolean = false;
  let handedOver: Omit<Began, 'succeeded'> | undefined;
  let happening: Promise<unknown> = Promise.resolve();
  // Between being told of a save and the write, VS Code lets others edit and reloads pass: it writes what there is then.
  // A request until then is of a look at the server, not of the save.
  const handOver = () => {
    handedOver ??= { base: seen.base, text: document.getText() };
    return handedOver;
  };
  const subscription = vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(event => {
      if (event.document !== document || told) return;
      told = true;
      const happened = world.happen('willSave').finally(() => {
        participated = true;
      });
      event.waitUntil(happened);
    }),
    vscode.workspace.onDidSaveTextDocument(saved => {
      if (saved !== document || succeeded) return;
      succeeded = true;
      world.judge.wasSaved(document, handOver().text, world.asked, world.server.exchanges);
      happening = world.happen('saved');
    }),
  );
  world.begin(document, step, () => participated && handOver());
  try {
    if (step.by === 'api') await document.save();
    else await vscode.commands.executeCommand('workbench.action.files.save');
    await happening;
  } finally {
    subscription.dispose();
    world.end();
  }
  return told ? { ...handOver(), succeeded } : undefined;
}

/** *Compare* brings the text up to date, as an edit that can be seen. */
async function compared({ editor, judge }: World, document: vscode.TextDocument, saving: Saving): Promise<void> {
  const typed = metadataIn(saving.seen.text);
  const remote = saving.exchanges.at(-1)?.answer;
  assert(typed && remote);
  const { result } = mergeOf(saving.base, typed, remote, 'mine');
  const isMerged = () => {
    const shown = metadataIn(document.getText());
    return shown !== undefined && sameMetadata(shown, result);
  };
  await editor.edited(() => isMerged() && hasComparison(document.uri));
  await roundTrips(3);
  judge.compared(saving, document.getText());
}

async function after(world: World, document: vscode.TextDocument, next: Save['next']): Promise<void> {
  const { editor, judge, met } = world;
  if (isSame(document.uri, secondUri(world.uri))) met.push('second saved');
  if (!tabs().some(isOwnTabOf(document.uri))) met.push('saved in a comparison alone');
  for (const other of editor.documents) judge.of(other).due = judge.of(document).due;
  if (next === 'settle') return editor.settle();
  if (next === 'go on') return;
  met.push('typed before the reload');
  await world.type(document, next);
}

function tell({ trace }: World, { succeeded, asked, exchanges }: Saving): void {
  trace.push(
    `  ${succeeded ? 'saved' : 'refused'}, asked ${JSON.stringify(asked.map(({ answer }) => answer ?? 'Cancel'))}`,
  );
  for (const { method, body, answer } of exchanges) trace.push(`  ${method} ${body} → ${show(answer)}`);
}

function hasComparison(uri: vscode.Uri): boolean {
  return tabs().some(tab => {
    const { input } = tab;
    return (
      input instanceof vscode.TabInputTextDiff && input.original.scheme === 'auth0-server' && isSame(uriOf(tab), uri)
    );
  });
}
