// Plays steps in VS Code, and holds each of them against the promise.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Question } from '../../../src/shell/dialogs';
import { mergeOf } from '../../reliability/model/oracle';
import { isObject, type Metadata, metadataIn, own, withKey } from '../../reliability/model/plain';
import {
  activate,
  discardAll,
  isDirty,
  isSame,
  LANGUAGE_ID,
  modelGone,
  roundTrips,
  secondUri,
  setLanguage,
  showDiff,
  tabs,
  uriOf,
} from '../documentLife';
import { answerBy, type Bench, until } from '../support';
import { Editor } from './editor';
import { type Asked, CONFLICT, Judge, same, show } from './judge';
import { Server } from './server';
import type { Edit, Meanwhile, Moment, Reopen, Save, Step } from './steps';

export const START: Metadata = {
  user_metadata: { a: 's00', b: 's01', o: { x: 's02', y: 's03' } },
  app_metadata: { p: 's04' },
};

/** What is scripted for the step that is played. */
interface Script {
  readonly conflicts: (string | undefined)[];
  readonly confirms: (string | undefined)[];
  meanwhile: readonly Meanwhile[];
  readonly document: vscode.TextDocument | undefined;
}

const NOTHING: Script = { conflicts: [], confirms: [], meanwhile: [], document: undefined };

export class Play {
  /** What has happened, in words: that the histories get into trouble at all. */
  readonly met: string[] = [];
  /** What has happened, for who has to understand a failure. */
  readonly trace: string[] = [];
  readonly #bench: Bench;
  readonly #server: Server;
  readonly #judge: Judge;
  readonly #editor: Editor;
  readonly #uri: vscode.Uri;
  #script: Script = NOTHING;
  #asked: Asked[] = [];
  #writes = 0;

  private constructor(bench: Bench, patienceMs: number | undefined) {
    this.#bench = bench;
    this.#server = new Server(bench, START, moment => this.#happen(moment));
    this.#judge = new Judge(this.#server);
    this.#uri = vscode.Uri.from({
      scheme: 'auth0-user',
      authority: bench.tenant,
      path: `/users/${this.#server.userId}/jane@example.com.json`,
    });
    const isOurs = (uri: vscode.Uri) => isSame(uri, this.#uri) || isSame(uri, secondUri(this.#uri));
    this.#editor = new Editor(this.#judge, isOurs, what => this.trace.push(what), patienceMs);
  }

  get excused(): number {
    return this.#judge.excused;
  }

  /**
   * The user's document open and clean.
   *
   * @param patienceMs how long to wait for what must come
   */
  static async open(bench: Bench, patienceMs?: number): Promise<Play> {
    const play = new Play(bench, patienceMs);
    await answerBy(question => play.#ask(question));
    await play.#open('command', undefined);
    return play;
  }

  async do(step: Step): Promise<void> {
    this.trace.push(JSON.stringify(step));
    this.#server.exchanges.length = 0;
    this.#asked = [];
    await this.#step(step);
    assert.deepEqual(this.#editor.violations, []);
    if (step.do !== 'save') assert.deepEqual([this.#server.patches, this.#asked], [[], []], 'only Save sends, or asks');
  }

  /** What is unsaved is saved, and everybody sees what the server holds. */
  async end(): Promise<void> {
    for (const [i, document] of this.#editor.documents.entries()) {
      const save = { do: 'save', on: i, by: 'api', meanwhile: [], next: 'settle' } as const;
      if (isDirty(document.uri)) {
        await this.do({ ...save, conflicts: ['Overwrite', 'Overwrite'], confirms: ['Save', 'Save'] });
        assert(!isDirty(document.uri), 'a save ends');
      }
    }
    await this.do({ do: 'refresh', wait: true });
    await roundTrips(2);
    for (const document of this.#editor.documents) {
      same(metadataIn(document.getText()), this.#server.held, 'a clean document shows what the server holds');
    }
    assert.deepEqual([this.#server.patches, this.#editor.violations], [[], []]);
  }

  async close(): Promise<void> {
    try {
      await discardAll();
    } finally {
      this.#editor.dispose();
      this.#server.close();
    }
  }

  async #step(step: Step): Promise<void> {
    switch (step.do) {
      case 'remote':
        return this.#remote(step.edit);
      case 'save':
        return this.#save(step);
      case 'reopen':
        return this.#reopen(step);
      case 'second':
        return this.#second(step.edit);
      case 'refresh':
        return this.#refresh(step.wait);
      case 'settle':
        return this.#editor.settle();
    }
    const document = this.#editor.pick(step.on);
    if (!document) return;
    const { uri } = document;
    const { base, text } = this.#judge.of(document);
    const dirty = isDirty(uri);
    switch (step.do) {
      case 'type':
        return this.#type(document, step.edit);
      case 'type back':
        return this.#editor.type(document, () => base);
      case 'undo':
        return this.#editor.undo(document);
      case 'revert':
        return this.#editor.revert(document);
      case 'diff':
        return this.#diff(document);
      case 'language':
        return this.#language(document, step.theirs);
      case 'foreign':
        return this.#foreign(uri, text, step.edit);
      case 'save without formatting':
        await activate(uri);
        await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
        await roundTrips(1);
        if (dirty)
          assert.deepEqual([document.getText(), isDirty(uri)], [text, true], 'what is not saved stays unsaved');
        if (dirty) this.met.push('unformatted');
    }
  }

  async #save(save: Save): Promise<void> {
    const document = this.#editor.pick(save.on);
    if (!document) return;
    if (save.theirs) this.#remote(save.theirs);
    if (save.mine) await this.#type(document, save.mine);
    if (save.by === 'command') await activate(document.uri);
    this.#script = {
      conflicts: [...save.conflicts],
      confirms: [...save.confirms],
      meanwhile: save.meanwhile,
      document,
    };
    const seen = this.#judge.of(document);
    let began: { readonly base: Metadata; readonly text: string } | undefined;
    let succeeded = false;
    let typing: Promise<unknown> = Promise.resolve();
    const subscription = vscode.Disposable.from(
      vscode.workspace.onWillSaveTextDocument(event => {
        if (event.document === document) began ??= { base: seen.base, text: document.getText() };
      }),
      vscode.workspace.onDidSaveTextDocument(saved => {
        if (saved !== document || !began) return;
        succeeded = true;
        seen.base = metadataIn(began.text) ?? assert.fail();
        seen.shown = began.text;
        typing = this.#happen('saved');
      }),
    );
    try {
      if (save.by === 'api') await document.save();
      else await vscode.commands.executeCommand('workbench.action.files.save');
      await typing;
    } finally {
      subscription.dispose();
      this.#script = NOTHING;
    }
    if (!began) {
      assert.deepEqual([this.#server.patches, this.#asked], [[], []], 'nothing to save sends nothing');
      return;
    }
    const { base, text } = began;
    const exchanges = [...this.#server.exchanges];
    const saved = metadataIn(text) ?? assert.fail();
    const typed = seen.text;
    this.trace.push(`  ${succeeded}, asked ${JSON.stringify(this.#asked.map(({ answer }) => answer ?? 'Cancel'))}`);
    for (const { method, body, answer } of exchanges) this.trace.push(`  ${method} ${body} → ${show(answer)}`);
    const saving = { seen, base, saved, exchanges, asked: this.#asked, succeeded };
    const how = this.#judge.saved(saving);
    this.met.push(how, ...this.#asked.map(({ answer }) => answer ?? 'Cancel'));
    if (how === 'Compare') {
      const { result } = mergeOf(
        base,
        metadataIn(typed) ?? assert.fail(),
        exchanges.at(-1)?.answer ?? assert.fail(),
        'mine',
      );
      const isThere = () => show(metadataIn(document.getText())) === show(result) && comparisonOf(document.uri);
      await this.#editor.edited(isThere);
      await roundTrips(3);
      this.#judge.compared(saving, document.getText());
    } else if (how === 'Show Changes') {
      await until(vscode.window.tabGroups.onDidChangeTabs, 'the comparison', () => comparisonOf(document.uri));
    }
    if (!succeeded) {
      if (how !== 'Compare') assert.equal(document.getText(), typed, 'a save that is refused keeps the text');
      assert(isDirty(document.uri), 'a save that is refused leaves the document unsaved');
      return;
    }
    if (isSame(document.uri, secondUri(this.#uri))) this.met.push('second saved');
    if (!tabs().some(isOwnTabOf(document.uri))) this.met.push('saved in a comparison alone');
    for (const other of this.#editor.documents) this.#judge.of(other).due = seen.due;
    if (save.next === 'settle') return this.#editor.settle();
    if (save.next === 'go on') return;
    this.met.push('typed before the reload');
    await this.#type(document, save.next);
  }

  async #reopen({ lastTab, model, theirs, by, mine }: Reopen): Promise<void> {
    const open = [...this.#editor.documents];
    if (lastTab === 'diff' && open[0]) await this.#diff(open[0]);
    await discardAll();
    if (model === 'gone')
      for (const document of vscode.workspace.textDocuments.filter(isOf(this.#uri))) await modelGone(document);
    if (theirs) this.#remote(theirs);
    this.met.push(`reopened, ${model}`);
    await this.#open(by, mine);
  }

  async #open(by: Reopen['by'], mine: Edit | undefined): Promise<void> {
    const uri = by === 'second uri' ? secondUri(this.#uri) : this.#uri;
    this.#server.exchanges.length = 0;
    const opening = this.#opened(by, uri);
    const find = () => vscode.window.visibleTextEditors.map(({ document }) => document).find(isOf(this.#uri));
    await until(vscode.window.onDidChangeVisibleTextEditors, 'an editor is shown', () => find() !== undefined);
    const document = find() ?? assert.fail();
    this.#judge.of(document);
    if (mine) {
      this.met.push('typed at once');
      await this.#type(document, mine);
    }
    await opening;
    await roundTrips(1);
    if (by !== 'command') return;
    const [read, ...more] = this.#server.exchanges;
    assert(read && !more.length, 'opening costs one GET');
    if (!mine) same(metadataIn(document.getText()), read.answer, 'opening resolves when the new state is shown');
    if (!mine) assert(!isDirty(document.uri));
  }

  async #opened(by: Reopen['by'], uri: vscode.Uri): Promise<void> {
    const { userId } = this.#server;
    if (by === 'command') {
      await vscode.commands.executeCommand('auth0Metadata.openUser', { userId, tenant: this.#bench.tenant });
    } else if (by === 'diff') await showDiff(uri);
    else await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  }

  async #second(edit: Edit | undefined): Promise<void> {
    const uri = secondUri(this.#uri);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
    const find = () => this.#editor.documents.find(document => isSame(document.uri, uri));
    await until(vscode.workspace.onDidOpenTextDocument, 'the second is open', () => find() !== undefined);
    this.met.push('second');
    if (edit) await this.#type(find() ?? assert.fail(), edit);
  }

  /** A comparison; a clean document is shown by that alone. */
  async #diff({ uri }: vscode.TextDocument): Promise<void> {
    await showDiff(uri);
    if (isDirty(uri)) return;
    await vscode.window.tabGroups.close(tabs().filter(isOwnTabOf(uri)));
    this.met.push('diff only');
  }

  async #language(document: vscode.TextDocument, theirs: Edit | undefined): Promise<void> {
    const before = [document.getText(), isDirty(document.uri)];
    await setLanguage(document, 'json');
    if (theirs) this.#remote(theirs);
    await setLanguage(document, LANGUAGE_ID);
    await roundTrips(2);
    if (before[1]) assert.deepEqual([document.getText(), isDirty(document.uri)], before);
    this.met.push(before[1] ? 'language, unsaved' : 'language, clean');
  }

  async #foreign(uri: vscode.Uri, text: string, edit: Edit | undefined): Promise<void> {
    const shown = metadataIn(text) ?? assert.fail();
    const content = edit ? JSON.stringify(edited(shown, edit, this.#value('f', edit))) : text;
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri, Buffer.from(content)), /Save/);
    this.met.push('foreign');
  }

  async #refresh(wait: boolean): Promise<void> {
    const due = this.#server.states.length - 1;
    await vscode.commands.executeCommand('auth0Metadata.refresh');
    if (!wait) return;
    for (const document of this.#editor.documents) this.#judge.of(document).due = due;
    await this.#editor.settle();
  }

  async #type(document: vscode.TextDocument, edit: Edit): Promise<void> {
    const value = this.#value('m', edit);
    await this.#editor.type(document, shown => edited(shown, edit, value));
  }

  #remote(edit: Edit): void {
    this.#server.write(edited(this.#server.held, edit, this.#value('t', edit)));
  }

  #value(who: 'm' | 't' | 'f', { to }: Edit): string | undefined {
    const value = `${who}${String(++this.#writes).padStart(2, '0')}`;
    return to === 'removed' ? undefined : to === 'longer' ? `${value}, which is longer` : value;
  }

  async #ask(question: Question): Promise<string | undefined> {
    await this.#happen('asked');
    const { conflicts, confirms } = this.#script;
    const answer = (question.buttons.includes(CONFLICT) ? conflicts : confirms).shift();
    this.#asked.push({ question, answer });
    if (answer === 'Compare') this.#editor.awaitEdits();
    return answer;
  }

  async #happen(moment: Moment): Promise<void> {
    const { document, meanwhile } = this.#script;
    if (!document) return;
    const due = meanwhile.filter(({ at }) => at === moment);
    this.#script.meanwhile = meanwhile.filter(({ at }) => at !== moment);
    try {
      for (const { do: what, edit } of due) {
        this.met.push(`${what} at ${moment}`);
        this.trace.push(`  ${what} at ${moment}`);
        if (what === 'type') await this.#type(document, edit);
        else if (what === 'remote') this.#remote(edit);
        else await this.#foreign(document.uri, document.getText(), edit);
      }
    } catch (error) {
      // The request that waits for it must not be cut.
      this.#editor.violations.push(String(error));
    }
  }
}

function isOf(uri: vscode.Uri): (document: vscode.TextDocument) => boolean {
  return document => isSame(document.uri, uri) || isSame(document.uri, secondUri(uri));
}

function isOwnTabOf(uri: vscode.Uri): (tab: vscode.Tab) => boolean {
  return ({ input }) => input instanceof vscode.TabInputText && isSame(input.uri, uri);
}

function comparisonOf(uri: vscode.Uri): boolean {
  return tabs().some(
    tab =>
      tab.input instanceof vscode.TabInputTextDiff &&
      tab.input.original.scheme === 'auth0-server' &&
      isSame(uriOf(tab), uri),
  );
}

/** @param value undefined: the key is removed */
function edited(metadata: Metadata, { key }: Edit, value: string | undefined): Metadata {
  const { user_metadata, app_metadata } = metadata;
  if (key === 'p') return { user_metadata, app_metadata: put(app_metadata, key, value) };
  const [root = '', below] = key.split('.');
  if (!below) return { user_metadata: put(user_metadata, root, value), app_metadata };
  const object = own(user_metadata, root);
  const inner = put(isObject(object) ? object : {}, below, value);
  return { user_metadata: put(user_metadata, root, inner), app_metadata };
}

/** In its place: the order of keys is what a text's bytes depend on. */
function put<T extends Metadata['user_metadata']>(
  object: T,
  key: string,
  value: T[string] | undefined,
): Metadata['user_metadata'] {
  if (value === undefined || !(key in object)) return withKey(object, key, value);
  return Object.fromEntries(Object.entries(object).map(([name, old]) => [name, name === key ? value : old]));
}
