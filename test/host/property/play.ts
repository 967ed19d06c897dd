// Plays steps in VS Code, and holds each of them against the promise.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { metadataIn } from '../../reliability/model/plain';
import { activate, discardAll, isDirty, LANGUAGE_ID, roundTrips, setLanguage } from '../documentLife';
import type { Bench } from '../support';
import { same } from './metadata';
import { compareOnly, open, openSecond, reopen } from './opening';
import { save } from './saving';
import type { Edit, Step } from './steps';
import { World } from './world';

export class Play {
  readonly #world: World;

  private constructor(world: World) {
    this.#world = world;
  }

  get met(): readonly string[] {
    return this.#world.met;
  }

  get trace(): readonly string[] {
    return this.#world.trace;
  }

  get excused(): number {
    return this.#world.judge.excused;
  }

  /** @param patienceMs how long to wait for what must come */
  static async start(bench: Bench, patienceMs?: number): Promise<Play> {
    return new Play(await World.start(bench, patienceMs));
  }

  /** The user's document is opened, lives, and ends saved. */
  async play(history: readonly Step[]): Promise<void> {
    await open(this.#world, 'command', undefined);
    for (const step of history) await this.#do(step);
    await this.#end();
  }

  async close(): Promise<void> {
    try {
      await discardAll();
    } finally {
      this.#world.dispose();
    }
  }

  async #do(step: Step): Promise<void> {
    const { editor, server, trace } = this.#world;
    trace.push(JSON.stringify(step));
    server.exchanges.length = 0;
    this.#world.asked = [];
    await this.#step(step);
    // A request that nobody waits for can have made somebody type.
    await editor.typed();
    assert.deepEqual(editor.violations, []);
    if (step.do !== 'save') assert.deepEqual([server.patches, this.#world.asked], [[], []], 'only Save sends, or asks');
  }

  /** What is unsaved is saved, and everybody sees what the server holds. */
  async #end(): Promise<void> {
    const { editor, server } = this.#world;
    const answers = { conflicts: ['Overwrite', 'Overwrite'], confirms: ['Save', 'Save'] } as const;
    for (const [on, { uri }] of editor.documents.entries()) {
      if (!isDirty(uri)) continue;
      await this.#do({ do: 'save', on, by: 'api', ...answers, meanwhile: [], next: 'settle' });
      assert(!isDirty(uri), 'a save ends');
    }
    await this.#do({ do: 'refresh', wait: true });
    await roundTrips(2);
    for (const document of editor.documents) {
      same(metadataIn(document.getText()), server.held, 'a clean document shows what the server holds');
    }
    assert.deepEqual([server.patches, editor.violations], [[], []]);
  }

  async #step(step: Step): Promise<void> {
    const world = this.#world;
    switch (step.do) {
      case 'remote':
        return world.remote(step.edit);
      case 'save':
        return save(world, step);
      case 'reopen':
        return reopen(world, step);
      case 'second':
        return openSecond(world, step.edit);
      case 'refresh':
        return this.#refresh(step.wait);
      case 'settle':
        return world.editor.settle();
    }
    const document = world.editor.pick(step.on);
    if (!document) return;
    const { base } = world.judge.of(document);
    switch (step.do) {
      case 'type':
        return world.type(document, step.edit);
      case 'type back':
        return world.editor.type(document, () => base);
      case 'undo':
        return world.editor.undo(document);
      case 'revert':
        return world.editor.revert(document);
      case 'diff':
        return compareOnly(world, document);
      case 'language':
        return this.#language(document, step.theirs);
      case 'foreign':
        return world.foreign(document, step.edit);
      case 'save without formatting':
        return this.#saveWithoutFormatting(document);
    }
  }

  /** Not in name only, as after a save that was refused for a clean document: that one may still be reloaded. */
  #hasUnsavedText(document: vscode.TextDocument): boolean {
    return isDirty(document.uri) && this.#world.judge.hasTyped(document);
  }

  /** There and back. */
  async #language(document: vscode.TextDocument, theirs: Edit | undefined): Promise<void> {
    const dirty = this.#hasUnsavedText(document);
    const text = document.getText();
    await setLanguage(document, 'json');
    if (theirs) this.#world.remote(theirs);
    await setLanguage(document, LANGUAGE_ID);
    await roundTrips(2);
    if (dirty) assert.deepEqual([document.getText(), isDirty(document.uri)], [text, true]);
    this.#world.met.push(dirty ? 'language, unsaved' : 'language, clean');
  }

  async #refresh(wait: boolean): Promise<void> {
    const { editor, judge, server } = this.#world;
    const due = server.states.length - 1;
    await vscode.commands.executeCommand('auth0Metadata.refresh');
    if (!wait) return;
    // Unsaved text is left alone.
    for (const document of editor.documents) if (!isDirty(document.uri)) judge.of(document).due = due;
    await editor.settle();
  }

  async #saveWithoutFormatting(document: vscode.TextDocument): Promise<void> {
    const dirty = this.#hasUnsavedText(document);
    const text = document.getText();
    await activate(document.uri);
    await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
    await roundTrips(1);
    if (!dirty) return;
    assert.deepEqual([document.getText(), isDirty(document.uri)], [text, true], 'what is not saved stays unsaved');
    this.#world.met.push('unformatted');
  }
}
