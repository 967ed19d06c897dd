// Plays a sequence of actions in a world, and holds each of them against the promise.
import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/editor/applyEdits';
import { SERVER_SCHEME, toUserUri } from '../../../src/editor/userUri';
import { type SaveRecord, undoEdits } from '../../../src/history/saveRecord';
import { writeJson } from '../../../src/json/write';
import { asObject, metadataOf, type UserMetadata } from '../../../src/metadata/document';
import { SAVE_REASON } from '../fakeVscode/saving';
import { TabInputText } from '../fakeVscode/tabs';
import type { UriLike } from '../fakeVscode/uri';
import { shown } from '../fakeVscode/window';
import { type Action, edited, type Reopen, type Save, type Second } from './actions';
import { CONFLICT, Judge } from './judge';
import { mergeOf, type Side, sentPart } from './oracle';
import { isObject, type Metadata, metadataIn, parse } from './plain';
import type { Script, World } from './world';

export class Play {
  /** What has happened, in words: that the model gets into trouble at all. */
  readonly met: string[] = [];
  readonly #world: World;
  readonly #judge: Judge;

  constructor(world: World) {
    this.#world = world;
    this.#judge = new Judge(world);
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
        return this.#restart();
      case 'revert':
        return this.#revert();
      case 'look':
        return this.#look();
      case 'check':
        return this.#check(action.answer);
      case 'undo':
        return this.#undo(action.which, action.putBack ? 'theirs' : 'mine');
      case 'stepBack':
        return this.#step('undo');
      case 'stepForward':
        await this.#step('undo');
        return this.#step('redo');
      case 'language':
        return this.#language();
      case 'foreign':
        return this.#foreign(edited(held, action.edit));
      case 'unasked':
        return this.#unasked(action.how);
      case 'reopen':
        return this.#reopen(action);
      case 'second':
        return this.#second(action);
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

  async #restart(): Promise<void> {
    const { text, isDirty } = this.#world;
    await this.#world.restart();
    if (isDirty) {
      this.met.push('restored');
      assert.equal(this.#world.text, text, 'unsaved text comes back as it was');
      return this.#judge.restarted(undefined);
    }
    const now = metadataIn(this.#world.text);
    this.#judge.same(now, this.#world.held, 'a document that is opened shows what the server holds');
    this.#judge.restarted(now);
  }

  async #revert(judge = this.#judge): Promise<void> {
    const { text } = this.#world;
    await this.#quietly(() => this.#world.file.revert());
    assert(!this.#world.isDirty);
    const now = metadataIn(this.#world.text);
    assert(now, 'a reverted document can be read');
    judge.moved(text, now);
  }

  async #step(how: 'undo' | 'redo'): Promise<void> {
    const world = this.#world;
    const { text } = world;
    let after = text;
    await this.#quietly(async () => {
      world.file[how]();
      after = world.text;
    });
    this.#judge.stepped(text, after, how);
    if (!world.isDirty) this.#judge.moved(after, metadataIn(world.text));
    if (after !== text) this.met.push(how);
  }

  /** To VS Code's own JSON and back: the document is closed and opened for extensions, and stays as it is. */
  async #language(): Promise<void> {
    const { file, text, isDirty } = this.#world;
    await this.#quietly(async () => {
      await shown.setLanguage(file.document, 'json');
      await shown.setLanguage(file.document, 'auth0-metadata');
    });
    this.#isUntouched(text, isDirty, 'a language mode changes nothing');
  }

  async #foreign(metadata: Metadata): Promise<void> {
    const { text, isDirty, uri } = this.#world;
    const content = Buffer.from(JSON.stringify(metadata));
    await this.#quietly(() => assert.rejects(shown.writeFile(uri, content), /only Save/));
    this.#isUntouched(text, isDirty, 'a write of somebody else is refused');
  }

  async #unasked(how: 'afterDelay' | 'focusOut' | 'withoutFormatting'): Promise<void> {
    const { text, isDirty, file } = this.#world;
    const options =
      how === 'withoutFormatting'
        ? { withoutFormatting: true, force: true }
        : { reason: how === 'focusOut' ? SAVE_REASON.FocusOut : SAVE_REASON.AfterDelay };
    await this.#quietly(() => file.save(options));
    // A write of unchanged text that is refused leaves the document dirty.
    this.#isUntouched(text, isDirty || how === 'withoutFormatting', 'only Save sends');
  }

  #isUntouched(text: string, isDirty: boolean, what: string): void {
    const world = this.#world;
    assert.deepEqual([world.text, world.isDirty, world.exchanges.length], [text, isDirty, 0], what);
  }

  /** All its tabs are closed, somebody may write, and the user is opened again. */
  async #reopen({ how, meanwhile, atOnce }: Reopen): Promise<void> {
    const world = this.#world;
    if (world.isDirty) await this.#revert();
    const { file, text } = world;
    if (how === 'comparison') await shown.openDiff(toUserUri(world.identity, '', SERVER_SCHEME), world.uri);
    await closeTabs();
    if (how === 'gone' || how === 'goneByVsCode') await shown.letGo();
    if (meanwhile) world.write(edited(world.held, meanwhile));
    const script: Script = {
      answer: () => undefined,
      faults: {},
      meanwhile: atOnce ? [{ at: 'fileEvent', event: { do: 'type', edit: atOnce } }] : [],
    };
    const byVsCode = how.endsWith('ByVsCode');
    await world.run(script, async () => {
      await (byVsCode ? shown.openTab(world.uri) : world.documents.open(world.identity));
    });
    assert.deepEqual(
      world.exchanges.map(({ method }) => method),
      ['GET'],
      'opening is one request',
    );
    const isKept = world.file === file;
    this.met.push(isKept ? 'reopened' : 'read anew');
    if (world.isDirty) {
      this.met.push('typed at once');
      assert(isKept && atOnce, 'only typing makes a document dirty');
      assert.equal(world.text, world.typed, 'typed text is kept');
      return;
    }
    const now = metadataIn(world.text);
    this.#judge.same(now, world.held, 'a document that is opened shows what the server holds');
    if (isKept) this.#judge.moved(text, now);
    else this.#judge.restarted(now);
  }

  /** The same user in a second document, with a base of its own. */
  async #second({ before, save }: Second): Promise<void> {
    const world = this.#world;
    const [{ label }, { text, isDirty }] = [world, world];
    if (before) world.write(edited(world.held, before));
    world.label = 'second';
    await this.#quietly(() => shown.open(world.uri));
    const judge = new Judge(world);
    judge.same(judge.base, world.held, 'a second document shows what the server holds');
    await this.#save(save, judge);
    if (world.isDirty) await this.#revert(judge);
    await closeTabs(world.uri);
    world.label = label;
    await shown.letGo();
    if (isDirty) assert.deepEqual([world.text, world.isDirty], [text, true], 'unsaved text beside it is left alone');
    else this.#judge.moved(text, metadataIn(world.text));
    this.met.push('second');
  }

  /** Compare with Saved, a search, another extension: the file is read a second time. */
  async #look(): Promise<void> {
    const { files, isDirty, text, uri } = this.#world;
    await this.#quietly(() => files.readFile(uri));
    assert.deepEqual([this.#world.text, this.#world.isDirty], [text, isDirty], 'looking changes nothing');
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
    await this.#quietly(() => this.#world.watch.check(user));
    shown.answer = () => undefined;
    if (!isDirty) {
      const now = metadataIn(this.#world.text);
      this.#judge.same(now, this.#world.held, 'a clean document shows what the server holds, once it was looked');
      this.#judge.moved(text, now);
    } else if (merged) {
      this.met.push('merged');
      this.#judge.rebase(text, this.#world.held, 'open');
    } else assert.equal(this.#world.text, text, 'a dirty document is left alone');
  }

  /** As the command does it: brought up to date first, then the inverse as an edit. */
  async #undo(which: number, side: Side): Promise<void> {
    const { client, files, held, identity, records, text, user } = this.#world;
    const record = records[which % Math.max(1, records.length)];
    const document = user?.document;
    const typed = metadataIn(text);
    if (!record || !user || !document || !typed) return;
    await this.#quietly(async () => {
      const profile = await client.getUser(identity.userId);
      await files.rebase(user, document, metadataOf(profile.value), 'open');
    });
    this.#judge.rebase(text, held, 'open');
    const before = metadataIn(this.#world.text);
    const inverse = undoEdits(record, this.#world.text, () => side);
    assert(inverse && before);
    await applyEdits(document, inverse.edits);
    if (inverse.edits.length) this.met.push('undone');
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

  async #quietly(action: () => Promise<unknown>): Promise<void> {
    await this.#world.run({ answer: () => undefined, faults: {}, meanwhile: [] }, action);
  }
}

/** Those of one document, or all. */
async function closeTabs(uri?: UriLike): Promise<void> {
  for (const { input } of [...shown.tabs]) {
    const isIt = (side: UriLike) => !uri || side.toString() === uri.toString();
    if (input instanceof TabInputText) {
      if (isIt(input.uri)) await shown.closeTab(input.uri);
    } else if (isIt(input.modified)) await shown.closeDiff(input.original, input.modified);
  }
}

function scriptOf({ conflicts, confirms, getFault, patchFault, readBackFault, meanwhile }: Save): Script {
  const [toConflicts, toConfirms] = [[...conflicts], [...confirms]];
  return {
    answer: ({ buttons }) => (buttons.includes(CONFLICT) ? toConflicts : toConfirms).shift(),
    faults: { get: getFault, patch: patchFault, again: readBackFault },
    meanwhile,
  };
}

/** What a save has found and what it has left, as plain values. */
function plainly({ before, body, after }: SaveRecord): { readonly was: Metadata; readonly became: Metadata } {
  const plain = (metadata: UserMetadata) => metadataIn(writeJson(asObject(metadata)));
  const [was, now, sent] = [plain(before), plain(after), parse(writeJson(body))];
  assert(was && now && isObject(sent));
  return { was, became: sentPart(was, sent, now) };
}
