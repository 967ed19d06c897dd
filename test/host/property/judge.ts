// Holds a document in VS Code against the promise, by what a person can see of it and by what the server is sent.
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { leftOpen, losses, mergeOf } from '../../reliability/model/oracle';
import { type Metadata, metadataIn, patched, sameMetadata } from '../../reliability/model/plain';
import { same, show } from './metadata';
import { bodyOf, broken, touches } from './patch';
import { type Asked, assertNamed, CONFLICT, choiceOf, isBelow } from './questions';
import { moved, type Saving, type Seen } from './seen';
import type { Exchange, Server } from './server';

export class Judge {
  /** Writes by others to the same root key, after the answer to the GET and before the PATCH: nobody can know of them. */
  excused = 0;
  readonly #server: Server;
  readonly #documents = new Map<vscode.TextDocument, Seen>();

  constructor(server: Server) {
    this.#server = server;
  }

  /** A document that was opened, or is known: the same one in another language, say. */
  of(document: vscode.TextDocument): Seen {
    const known = this.#documents.get(document);
    if (known) return known;
    const text = document.getText();
    const base = this.#shown(text);
    const shown = { shown: text, shownBase: base };
    const seen: Seen = { base, text, ...shown, due: undefined, done: [], undone: [], approved: undefined };
    this.#documents.set(document, seen);
    return seen;
  }

  /** The text is another now, and VS Code calls it clean. */
  clean(document: vscode.TextDocument): void {
    const text = document.getText();
    const seen = this.of(document);
    moved(seen, text, this.#shown(text));
    seen.shown = text;
    seen.shownBase = seen.base;
  }

  /** VS Code calls the text clean that was undone to. Of one that was not the last, it is wrong, and a reload follows. */
  cleanAgain(document: vscode.TextDocument): void {
    const seen = this.of(document);
    if (seen.text === seen.shown) seen.base = seen.shownBase;
  }

  /** The person has undone or redone a step. */
  stepped(document: vscode.TextDocument, how: 'undo' | 'redo'): void {
    const seen = this.of(document);
    const { text } = seen;
    seen.text = document.getText();
    const [from, to] = how === 'undo' ? [seen.done, seen.undone] : [seen.undone, seen.done];
    const last = from.at(-1);
    if (!last) return;
    const way = how === 'undo' ? [last.after, last.before] : [last.before, last.after];
    if (text !== way[0] || seen.text !== way[1]) return;
    from.pop();
    to.push(last);
    const [old, now] = how === 'undo' ? [last.to, last.from] : [last.from, last.to];
    seen.base = mergeOf(old, seen.base, now, 'mine').result;
  }

  /** VS Code has told that `text` was saved: whatever has been typed since grew from that. */
  wasSaved(document: vscode.TextDocument, text: string, asked: readonly Asked[], exchanges: readonly Exchange[]): void {
    const seen = this.of(document);
    const last = seen.done.at(-1);
    // A reload has come in between: that has taken in more than the text that was saved.
    if (last?.before === text && last.after === seen.text) return;
    const saved = this.#shown(text);
    // Where theirs was taken, mine is in the text alone, and still to be asked about.
    const read = exchanges.findLast(({ method }) => method === 'GET')?.answer;
    const now = exchanges.at(-1)?.answer;
    seen.base = read && now && choiceOf(asked) === 'theirs' ? leftOpen(saved, seen.base, read, now) : saved;
    seen.shown = text;
    seen.shownBase = seen.base;
  }

  /** Whether the text is another than the one that was last shown clean. */
  hasTyped(document: vscode.TextDocument): boolean {
    const { text, shown } = this.of(document);
    return text !== shown;
  }

  /** @returns how the save went, for the tally */
  saved(saving: Saving): string {
    const { exchanges, succeeded } = saving;
    const patches = exchanges.filter(({ method }) => method === 'PATCH');
    assert(patches.length <= 1, 'one PATCH a save');
    const [patch] = patches;
    this.#asked(saving);
    if (patch) this.#patch(patch, saving);
    return succeeded ? this.#succeeded(saving, patch) : refused(saving, patch);
  }

  /** Text that a comparison has brought up to date: both sides' changes are in it, and mine where both changed a path. */
  compared({ seen, exchanges }: Saving, text: string): void {
    const remote = exchanges.at(-1)?.answer;
    const now = metadataIn(text);
    assert(remote && now);
    moved(seen, text, remote);
    seen.approved = { planned: now, seen: remote };
  }

  /** What a document clean and shown must not be left at. */
  isUpToDate({ due, text }: Seen): boolean {
    const now = metadataIn(text);
    return due === undefined || (now !== undefined && this.#server.hasHeld(now, due));
  }

  #shown(text: string): Metadata {
    const metadata = metadataIn(text);
    assert(metadata, `what is shown clean is metadata:\n${text}`);
    return metadata;
  }

  /** The bytes on the wire, and what they do to what others have written. */
  #patch(patch: Exchange, { seen, base, saved, exchanges, asked }: Saving): void {
    const body = bodyOf(patch);
    const reads = exchanges.slice(0, exchanges.indexOf(patch)).filter(({ method }) => method === 'GET');
    const chosen = choiceOf(asked);
    // A look of another kind may have been under way: the newest that explains the PATCH is the one that it was planned on.
    const fits = reads.findLast(({ answer }) => !broken(body, base, saved, answer, chosen).length);
    const read = fits ?? reads.at(-1);
    assert(read, 'nothing is sent unseen');
    const wrong = broken(body, base, saved, read.answer, chosen);
    assert.deepEqual(
      wrong,
      [],
      `PATCH ${patch.body} of ${show(saved)} grown from ${show(base)}, on ${show(read.answer)}`,
    );
    const planned = patched(read.answer, body);
    const { clashes } = mergeOf(base, saved, read.answer, 'mine');
    for (const path of clashes) assertNamed(path, asked, CONFLICT, 'a conflict');
    const mustAsk = losses(read.answer, planned).filter(({ path }) => !clashes.some(clash => isBelow(path, clash)));
    const { approved } = seen;
    const looked = approved && sameMetadata(approved.planned, planned) && sameMetadata(approved.seen, read.answer);
    if (!looked) for (const { path } of mustAsk) assertNamed(path, asked, 'Save', 'a loss');
    if (touches(body, read.answer, patch.before)) this.excused++;
    same(patch.answer, patched(patch.before, body), 'a PATCH does what it says');
  }

  #asked({ seen, base, saved, exchanges, asked }: Saving): void {
    const reads = exchanges.filter(({ method }) => method === 'GET');
    for (const { question } of asked) {
      assert.doesNotMatch(question.message, /restored/, 'the text was never lost');
      if (question.message.includes('in front')) {
        assert(this.#isShownElsewhere(saved, seen), 'the same text stands in another document');
        continue;
      }
      const why = reads.some(({ answer }) => {
        if (question.buttons.includes(CONFLICT)) return mergeOf(base, saved, answer, 'mine').clashes.length > 0;
        return (['mine', 'theirs'] as const).some(
          side => losses(answer, mergeOf(base, saved, answer, side).result).length > 0,
        );
      });
      assert(why, `asked without a reason: ${question.message}\n${question.detail}`);
    }
  }

  #isShownElsewhere(saved: Metadata, seen: Seen): boolean {
    return [...this.#documents.values()].some(other => {
      const shown = other === seen ? undefined : metadataIn(other.text);
      return shown !== undefined && sameMetadata(shown, saved);
    });
  }

  #succeeded({ seen, base, saved, exchanges, asked }: Saving, patch: Exchange | undefined): string {
    const last = exchanges.at(-1)?.answer;
    if (!patch && !last) same(saved, base, 'nothing is sent only where nothing was changed');
    if (!patch && last) {
      const found = exchanges.some(({ answer }) =>
        sameMetadata(answer, mergeOf(base, saved, answer, choiceOf(asked) ?? 'mine').result),
      );
      // A look of another kind was under way, and the save itself sent nothing.
      assert(found || sameMetadata(saved, base), 'nothing is sent only where the server holds it already');
    }
    seen.approved = undefined;
    const state = patch?.answer ?? last;
    if (state) seen.due = this.#server.states.findLastIndex(held => sameMetadata(held, state));
    return patch ? 'saved' : last ? 'up to date' : 'unchanged';
  }
}

/** Refused only where the person has asked for it. */
function refused({ asked, exchanges, seen, base, saved }: Saving, patch: Exchange | undefined): string {
  assert(!patch, 'a save that has sent something succeeds');
  const answer = asked.at(-1);
  assert(asked.length && answer, 'a save without a question succeeds');
  const last = exchanges.at(-1)?.answer;
  switch (answer.answer) {
    case 'Show Changes':
      if (last) seen.approved = { planned: mergeOf(base, saved, last, choiceOf(asked) ?? 'mine').result, seen: last };
      return 'Show Changes';
    case 'Compare':
      return 'Compare';
    case undefined:
      return 'Cancel';
    default:
      return assert.fail(`refused after the answer ${answer.answer}`);
  }
}
