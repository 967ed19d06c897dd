// One user, open in VS Code: the documents, the server, the judge, and what happens in the middle of a step.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Question } from '../../../src/shell/dialogs';
import { metadataIn } from '../../reliability/model/plain';
import { isSame, secondUri } from '../documentLife';
import { answerBy, type Bench } from '../support';
import { Editor } from './editor';
import { edited, START } from './edits';
import { Judge } from './judge';
import { type Asked, CONFLICT } from './questions';
import { Server } from './server';
import type { Edit, Meanwhile, Moment, Save } from './steps';

/** What is scripted for the save of a document. */
interface Script {
  readonly document: vscode.TextDocument;
  readonly conflicts: (string | undefined)[];
  readonly confirms: (string | undefined)[];
  meanwhile: readonly Meanwhile[];
  /** Called when the first request tells that the text was handed over. */
  handedOver(): unknown;
}

export class World {
  /** What has happened, in words: that the histories get into trouble at all. */
  readonly met: string[] = [];
  /** What has happened, for who has to understand a failure. */
  readonly trace: string[] = [];
  readonly bench: Bench;
  readonly server: Server;
  readonly judge: Judge;
  readonly editor: Editor;
  readonly uri: vscode.Uri;
  /** The questions of the step that is played. */
  asked: Asked[] = [];
  #script: Script | undefined;
  #writes = 0;

  private constructor(bench: Bench, patienceMs: number | undefined) {
    this.bench = bench;
    this.server = new Server(bench, START, moment => this.happen(moment));
    this.judge = new Judge(this.server);
    const path = `/users/${this.server.userId}/jane@example.com.json`;
    this.uri = vscode.Uri.from({ scheme: 'auth0-user', authority: bench.tenant, path });
    const note = (what: string) => this.trace.push(what);
    this.editor = new Editor(this.judge, uri => this.isOurs(uri), note, patienceMs);
  }

  /** @param patienceMs how long to wait for what must come */
  static async start(bench: Bench, patienceMs?: number): Promise<World> {
    const world = new World(bench, patienceMs);
    await answerBy(question => world.#ask(question));
    return world;
  }

  /** Whether it is one of the two that the user is opened under. */
  isOurs(uri: vscode.Uri): boolean {
    return isSame(uri, this.uri) || isSame(uri, secondUri(this.uri));
  }

  async type(document: vscode.TextDocument, edit: Edit): Promise<void> {
    const value = this.#value('m', edit);
    await this.editor.type(document, shown => edited(shown, edit, value));
  }

  /** Somebody else writes. */
  remote(edit: Edit): void {
    this.server.write(edited(this.server.held, edit, this.#value('t', edit)));
  }

  /** Another extension writes the file, with a change or just as the text is. */
  async foreign(document: vscode.TextDocument, edit: Edit | undefined): Promise<void> {
    const text = document.getText();
    const shown = metadataIn(text) ?? assert.fail();
    const content = edit ? JSON.stringify(edited(shown, edit, this.#value('f', edit))) : text;
    await assert.rejects(async () => vscode.workspace.fs.writeFile(document.uri, Buffer.from(content)), /Save/);
    this.met.push('foreign');
  }

  /** Questions are answered, and things happen, as `save` says. */
  begin(document: vscode.TextDocument, { conflicts, confirms, meanwhile }: Save, handedOver: () => unknown): void {
    this.#script = { document, conflicts: [...conflicts], confirms: [...confirms], meanwhile, handedOver };
  }

  end(): void {
    this.#script = undefined;
  }

  async happen(moment: Moment): Promise<void> {
    if (!this.#script) return;
    const { document, meanwhile } = this.#script;
    if (moment === 'getSent') this.#script.handedOver();
    const due = meanwhile.filter(({ at }) => at === moment);
    this.#script.meanwhile = meanwhile.filter(({ at }) => at !== moment);
    try {
      for (const { do: what, edit } of due) {
        this.met.push(`${what} at ${moment}`);
        this.trace.push(`  ${what} at ${moment}`);
        if (what === 'type') await this.type(document, edit);
        else if (what === 'remote') this.remote(edit);
        else await this.foreign(document, edit);
      }
    } catch (error) {
      // The request that waits for it must not be cut.
      this.editor.violations.push(String(error));
    }
  }

  dispose(): void {
    this.editor.dispose();
    this.server.close();
  }

  async #ask(question: Question): Promise<string | undefined> {
    await this.happen('asked');
    const answers = question.buttons.includes(CONFLICT) ? this.#script?.conflicts : this.#script?.confirms;
    const next = answers?.shift();
    const answer = next !== undefined && question.buttons.includes(next) ? next : undefined;
    this.asked.push({ question, answer });
    if (answer === 'Compare') this.editor.awaitEdits();
    return answer;
  }

  #value(who: 'm' | 't' | 'f', { to }: Edit): string | undefined {
    const value = `${who}${String(++this.#writes).padStart(2, '0')}`;
    return to === 'removed' ? undefined : to === 'longer' ? `${value}, which is longer` : value;
  }
}
