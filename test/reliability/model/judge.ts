// Holds a save against the promise: what was on the wire, what was asked, what the server holds, what is shown.
import assert from 'node:assert/strict';
import { shown } from '../../support/vscode/window';
import { judgeBody, type Loss, leftOpen, losses, mergeOf, type Path, type Side, withOld } from './oracle';
import { isObject, type Metadata, metadataIn, type PlainObject, parse, patched, sameMetadata } from './plain';
import { CONFLICT, LISTED, listed, toBeAsked } from './questions';
import { bodyOf, type Exchange } from './wire';
import type { World } from './world';

interface Step {
  readonly before: string;
  readonly after: string;
  readonly from: Metadata | undefined;
  readonly to: Metadata | undefined;
}

/** A save that got no answer: what it sent, its base, and the base of its text if it was made. */
interface Unproven {
  readonly body: PlainObject;
  readonly base: Metadata | undefined;
  readonly made: Metadata;
}

export class Judge {
  /** What the person's text grew from, as they saw it; undefined for text of an earlier window. */
  base: Metadata | undefined;
  /** The text that was last shown clean, and what it stands for. */
  #clean: { readonly text: string; readonly base: Metadata | undefined };
  readonly #world: World;
  /** Steps of the text that brought a server state in, or took one out: undone, they do the opposite. */
  readonly #done: Step[] = [];
  readonly #undone: Step[] = [];
  /** What was looked at in a comparison: saving exactly this against exactly that asks no second time. */
  #approved: { readonly planned: Metadata; readonly seen: Metadata } | undefined;
  #unproven: Unproven | undefined;

  constructor(world: World) {
    this.#world = world;
    this.base = metadataIn(world.text);
    this.#clean = { text: world.text, base: this.base };
  }

  /** The window was opened again, with text of the earlier one if `base` is undefined. */
  restarted(base: Metadata | undefined): void {
    this.base = base;
    this.#noteClean();
    this.#approved = undefined;
    this.#unproven = undefined;
    this.#done.length = 0;
    this.#undone.length = 0;
  }

  /** The document shows another text than before, and with it another state is what it has taken in. */
  moved(before: string, to: Metadata | undefined, after = this.#world.text): void {
    if (before !== after) {
      this.#done.push({ before, after, from: this.base, to });
      this.#undone.length = 0;
    }
    this.base = to;
    this.#noteClean();
  }

  /** Undone or redone: what others wrote, and the step had brought in, is not the person's to take back. */
  stepped(before: string, after: string, how: 'undo' | 'redo'): void {
    const [from, to] = how === 'undo' ? [this.#done, this.#undone] : [this.#undone, this.#done];
    const last = from.at(-1);
    if (!last) return;
    const there = how === 'undo' ? [last.after, last.before] : [last.before, last.after];
    if (before !== there[0] || after !== there[1]) return;
    from.pop();
    to.push(last);
    const [old, now] = how === 'undo' ? [last.to, last.from] : [last.from, last.to];
    this.base = this.base && old && now ? mergeOf(old, this.base, now, 'mine').result : now;
    this.#approved = undefined;
  }

  /** Back at the text that was last shown clean, and clean again: whatever was brought in since is no longer in it. */
  cleanAgain(text: string): void {
    if (text === this.#clean.text) this.base = this.#clean.base;
  }

  /** The server holds `seen`: whether a save that got no answer was made is known now. A text that was given up did not. */
  prove(seen: Metadata, isGivenUp = false): void {
    const last = this.#unproven;
    this.#unproven = undefined;
    if (isGivenUp || !last || !sameMetadata(patched(seen, last.body), seen)) return;
    if (this.base && last.base) this.base = mergeOf(last.base, this.base, last.made, 'mine').result;
    else if (!last.base) this.base = last.made;
  }

  #noteClean(): void {
    const { isDirty, text } = this.#world;
    if (!isDirty) this.#clean = { text, base: this.base };
  }

  /** @param saved what the document held when the save began; undefined for a text that is none */
  save(saved: Metadata | undefined, ok: boolean): void {
    const { exchanges } = this.#world;
    const patches = exchanges.filter(({ method }) => method === 'PATCH');
    assert(patches.length <= 1, 'one PATCH a save');
    const [patch] = patches;
    const read = exchanges.find(({ method, answer }) => method === 'GET' && answer);
    if (read?.answer) this.prove(read.answer);
    if (patch) this.#patch(patch, saved);
    const changed = exchanges.filter(({ before, after }) => !(before && after && sameMetadata(before, after)));
    assert(
      changed.every(exchange => exchange === patch),
      'only a PATCH changes anything',
    );
    if (ok) this.#saved(saved, patch);
    else this.#refused(saved);
    if (ok || !patch || !saved) return;
    const { lastSave } = this.#world;
    if (!lastSave) assert.deepEqual(patch.after, patch.before, 'a save that failed for certain has changed nothing');
    if (lastSave?.kind === 'unknown') this.#noteUnproven(patch, saved);
  }

  /** Neither the PATCH nor reading back was answered. */
  #noteUnproven(patch: Exchange, saved: Metadata): void {
    const { exchanges } = this.#world;
    const at = exchanges.indexOf(patch);
    assert(!exchanges.slice(at).some(({ answer }) => answer), 'what was read back is known');
    const seen = exchanges[at - 1]?.answer;
    assert(seen);
    const { base } = this;
    const body = bodyOf(patch);
    const made = base && this.#chosen() === 'theirs' ? leftOpen(saved, base, seen, patched(seen, body)) : saved;
    this.#unproven = { body, base, made };
  }

  /** The bytes on the wire, what they do, and what was asked about it. */
  #patch(patch: Exchange, saved: Metadata | undefined): void {
    const { exchanges } = this.#world;
    const reads = exchanges.slice(0, exchanges.indexOf(patch)).flatMap(({ answer }) => answer ?? []);
    const seen = reads.at(-1);
    const base = this.base ?? reads[0];
    const body = parse(patch.body);
    assert(saved && seen && base && isObject(body), 'nothing is sent unseen');
    assert.deepEqual(judgeBody(body, base, saved, seen), []);
    const planned = patched(seen, body);
    const { result, clashes } = mergeOf(base, saved, seen, this.#chosen() ?? 'mine');
    this.same(planned, result, 'a PATCH brings both sides together');
    if (clashes.length) listed(clashes, this.#answered(CONFLICT).at(-1)?.question.detail, 'a conflict');
    this.#confirmed(clashes, planned, seen);
    assert(patch.before && patch.after);
    const applied = sameMetadata(patch.after, patched(patch.before, body));
    assert(applied || sameMetadata(patch.after, patch.before), 'a PATCH is applied, or it is not');
  }

  #confirmed(clashes: readonly Path[], planned: Metadata, seen: Metadata): void {
    const lost: readonly Loss[] = losses(seen, planned);
    const policy = shown.settings.get('auth0Metadata.confirmSave') ?? 'replacements';
    const mustAsk = toBeAsked(lost, clashes, policy);
    const must = mustAsk.length > 0 || policy === 'always' || !this.base;
    if (!must) return;
    const { asked } = this.#world;
    const confirmed = asked.filter(({ answer }) => answer === 'Save').at(-1);
    const looked = policy === 'always' ? undefined : this.#approved;
    if (!confirmed && looked && sameMetadata(looked.planned, planned) && sameMetadata(looked.seen, seen)) return;
    assert(confirmed, `must ask before ${JSON.stringify(mustAsk)} (${String(policy)})`);
    if (!this.base) assert.match(confirmed.question.message, /restored/);
    const paths = mustAsk.map(({ path }) => path);
    if (lost.length <= LISTED) listed(paths, confirmed.question.detail.split('\nRoot keys')[0], 'a loss');
  }

  /** The save has said that it succeeded. */
  #saved(saved: Metadata | undefined, patch: Exchange | undefined): void {
    const { exchanges, text, isDirty } = this.#world;
    assert(saved, 'a text with problems is not saved');
    assert(!this.#unproven, 'whether the last save was made is found out');
    const last = exchanges.at(-1)?.answer;
    const reads = exchanges.flatMap(({ method, answer }) => (method === 'GET' && answer ? [answer] : []));
    if (patch) {
      assert(last && patch.before, 'what nobody knows is not shown as saved');
      const seen = exchanges[exchanges.indexOf(patch) - 1]?.answer ?? reads[0];
      assert(seen);
      const planned = patched(seen, bodyOf(patch));
      this.same(last, mergeOf(seen, planned, last, 'mine').result, 'what is said to be saved is on the server');
    } else if (last) {
      const { result } = mergeOf(this.base ?? reads[0] ?? last, saved, last, this.#chosen() ?? 'mine');
      this.same(last, result, 'nothing is sent only where the server holds it already');
    } else if (this.base) this.same(saved, this.base, 'nothing is sent only where nothing was changed');
    else assert.fail('text of an earlier window is not saved without a look at the server');
    this.#approved = undefined;
    const seen = patch ? (exchanges[exchanges.indexOf(patch) - 1]?.answer ?? reads[0]) : last;
    // What was saved is what the text goes on from; where theirs was taken, mine is in the text alone and still to be asked about.
    this.base =
      seen && this.base && this.#chosen() === 'theirs' ? leftOpen(saved, this.base, seen, last ?? seen) : saved;
    this.#clean = { text: this.#world.written, base: this.base };
    if (isDirty) {
      if (this.#world.isTypedAsShown) this.base = metadataIn(text);
      return;
    }
    const now = metadataIn(text);
    if (last) this.same(now, last, 'the editor shows what the server said last');
    this.moved(this.#world.written, now);
  }

  /** The save has failed: what was typed is kept. */
  #refused(saved: Metadata | undefined): void {
    const { exchanges, isDirty, lastSave, text, typed } = this.#world;
    assert(isDirty, 'a save that failed leaves the document dirty');
    assert(!this.#world.isToldNewer, 'VS Code does not take the file for newer than its text');
    const seen = exchanges.at(-1)?.answer;
    if (lastSave?.kind === 'compare' && seen) this.rebase(typed, seen, 'decided');
    else assert.equal(text, typed, 'a save that failed keeps the text');
    if (lastSave?.kind !== 'showChanges' || !saved || !seen) return;
    const base = this.base ?? exchanges.find(({ answer }) => answer)?.answer;
    assert(base);
    this.#approved = { planned: mergeOf(base, saved, seen, this.#chosen() ?? 'mine').result, seen };
  }

  /** Text that was brought up to date: every change of either side is in it, and mine where both changed a path. */
  rebase(before: string, seen: Metadata, conflicts: 'open' | 'decided'): void {
    const now = metadataIn(this.#world.text);
    const typed = metadataIn(before);
    if (!typed) return;
    assert(now, 'merged text can be read');
    // Nobody knows what text of an earlier window grew from: it is not merged, and saving it goes on asking.
    if (!this.base && conflicts === 'open') {
      this.same(now, typed, 'text of an earlier window is left as it is');
      return;
    }
    this.prove(seen);
    if (!this.base) {
      this.same(now, typed, 'text of an earlier window is left as it is');
      this.moved(before, seen);
      this.#approved = { planned: now, seen };
      return;
    }
    const { result, clashes } = mergeOf(this.base, typed, seen, 'mine');
    this.same(now, result, 'text that is brought up to date is the merge');
    this.moved(before, conflicts === 'decided' ? seen : withOld(seen, this.base, clashes));
    if (conflicts === 'decided') this.#approved = { planned: now, seen };
  }

  #chosen(): Side | undefined {
    const answer = this.#answered(CONFLICT).at(-1)?.answer;
    return answer === 'Overwrite' ? 'mine' : answer === 'Take Theirs' ? 'theirs' : undefined;
  }

  #answered(button: string) {
    return this.#world.asked.filter(({ question, answer }) => answer && question.buttons.includes(button));
  }

  same(a: Metadata | undefined, b: Metadata | undefined, what: string): void {
    assert(a && b && sameMetadata(a, b), `${what}:\n${JSON.stringify(a)}\n${JSON.stringify(b)}`);
  }
}
