// Plays a sequence of actions in a world, and holds each of them against the promise.

import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/documents/applyEdits';
import type { SaveRecord } from '../../../src/history/saveRecord';
import { writeJson } from '../../../src/json/write';
import { asObject, type Sections } from '../../../src/metadata/document';
import { type UndoTarget, undoSave } from '../../../src/saving/undoSave';
import { shown } from '../../support/vscode/window';
import type { Action, Save } from './actions';
import { edited } from './edits';
import { Judge } from './judge';
import { Life } from './life';
import { mergeOf, type Side, sentPart } from './oracle';
import { isObject, type Metadata, metadataIn, parse } from './plain';
import { scriptOf } from './script';
import type { World } from './world';

export class Play {
  /** What has happened, in words: that the model gets into trouble at all. */
  readonly met: string[] = [];
  readonly #world: World;
  readonly #judge: Judge;
  readonly #life: Life;

  constructor(world: World) {
    this.#world = world;
    this.#judge = new Judge(world);
    this.#life = new Life(world, this.#judge, this.met, (save, judge) => this.#save(save, judge));
  }

  async do(action: Action): Promise<void> {
    const { file, held, text } = this.#world;
    const now = metadataIn(text);
    switch (action.do) {
      case 'type':
        return this.#world.type(edited(now ?? held, action.edit));
      case 'remote':
        return this.#world.write(edited(held, action.edit));
      case 'login':
        return this.#world.login();
      case 'break':
        return file.type(`${text.trimEnd().slice(0, -1)}\n`);
      case 'reformat':
        return file.type(now ? JSON.stringify(now) : text);
      case 'policy':
        shown.settings.set('auth0Metadata.confirmSave', action.policy);
        return;
      case 'restart':
        return this.#life.restart();
      case 'revert':
        return this.#life.revert();
      case 'look':
        return this.#look();
      case 'check':
        return this.#check(action.answer);
      case 'undo':
        return this.#undo(action.which, action.putBack ? 'theirs' : 'mine');
      case 'stepBack':
        return this.#life.step('undo');
      case 'stepForward':
        await this.#life.step('undo');
        return this.#life.step('redo');
      case 'language':
        return this.#life.language();
      case 'foreign':
        return this.#life.foreign(edited(held, action.edit));
      case 'unasked':
        return this.#life.unasked(action.how);
      case 'reopen':
        return this.#life.reopen(action);
      case 'second':
        return this.#life.second(action);
      case 'save':
        return this.#save(action);
    }
  }

  /** A last save without faults, then a look at the server: what is shown as saved is what the server holds. */
  async end(): Promise<void> {
    if (!metadataIn(this.#world.text)) this.#world.type(this.#world.held);
    const save: Save = {
      do: 'save',
      first: [],
      meanwhile: [],
      conflicts: ['Overwrite', 'Overwrite'],
      confirms: ['Save', 'Save', 'Save'],
    };
    await this.#save(save);
    assert(!this.#world.isDirty, 'a save without faults ends');
    await this.#check(undefined);
    this.#judge.same(metadataIn(this.#world.text), this.#world.held, 'a clean document shows what the server holds');
  }

  /** Compare with Saved, a search, another extension: the file is read a second time. */
  async #look(): Promise<void> {
    const { documents, isDirty, text, uri } = this.#world;
    await this.#world.quietly(() => documents.files.readFile(uri));
    assert.deepEqual([this.#world.text, this.#world.isDirty], [text, isDirty], 'looking changes nothing');
    // The first look of a window at text of an earlier one asks the server, which may hold a save that got no answer.
    const read = this.#world.exchanges.at(-1)?.answer;
    if (read) this.#judge.prove(read);
  }

  async #check(answer: string | undefined): Promise<void> {
    const { user, isDirty, text } = this.#world;
    if (!user) return;
    let merged: boolean = false;
    shown.answer = ({ buttons }) => {
      if (!answer || !buttons.includes(answer)) return undefined;
      merged = true;
      return answer;
    };
    await this.#world.quietly(() => this.#world.documents.watch.check(user));
    shown.answer = () => undefined;
    if (!isDirty) {
      const now = metadataIn(this.#world.text);
      this.#judge.same(now, this.#world.held, 'a clean document shows what the server holds, once it was looked');
      this.#judge.prove(this.#world.held, true);
      this.#judge.moved(text, now);
      return;
    }
    this.#judge.prove(this.#world.held);
    if (merged) {
      this.met.push('merged');
      this.#judge.rebase(text, this.#world.held, 'open');
    } else assert.equal(this.#world.text, text, 'a dirty document is left alone');
  }

  /** What the command does: brought up to date first, then the inverse as an edit. */
  async #undo(which: number, side: Side): Promise<void> {
    const { documents, held, records, text, user } = this.#world;
    const record = records[which % Math.max(1, records.length)];
    const document = user?.document;
    const typed = metadataIn(text);
    if (!record || !user || !document || !typed) return;
    let before = metadataIn(this.#world.text);
    const target: UndoTarget = {
      text: () => this.#world.text,
      bringUpToDate: async () => {
        await this.#world.quietly(() => documents.updates.bringUpToDate(user, document));
        this.#judge.rebase(text, held, 'open');
        before = metadataIn(this.#world.text);
      },
      edit: edits => applyEdits(document, edits),
    };
    const outcome = await undoSave(record, target, async () => side);
    assert(['undone', 'nothing', 'left'].includes(outcome) && before);
    if (outcome === 'undone') this.met.push('undone');
    const { was, became } = plainly(record);
    const { result } = mergeOf(became, before, was, side);
    this.#judge.same(metadataIn(this.#world.text), result, 'an undo takes back exactly what the save did');
  }

  async #save(save: Save, judge = this.#judge): Promise<void> {
    const world = this.#world;
    for (const action of save.first) await this.do(action);
    const ok = await world.run(scriptOf(save), () => world.save());
    const { asked, lastSave } = world;
    this.met.push(lastSave?.kind ?? 'error', ...asked.map(({ answer }) => answer ?? 'Cancel'));
    if (lastSave?.kind === 'saved' && lastSave.readBack) this.met.push('readBack');
    if (ok && world.isDirty) this.met.push('typed on');
    judge.save(metadataIn(world.written), ok);
  }
}

/** What a save has found and what it has left, as plain values. */
function plainly({ before, body, after }: SaveRecord): { readonly was: Metadata; readonly became: Metadata } {
  const plain = (metadata: Sections) => metadataIn(writeJson(asObject(metadata)));
  const [was, now, sent] = [plain(before), plain(after), parse(writeJson(body))];
  assert(was && now && isObject(sent));
  return { was, became: sentPart(was, sent, now) };
}
