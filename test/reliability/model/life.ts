// What VS Code does with a document apart from saving it: reopened, undone, renamed, written by others, and the like.
import assert from 'node:assert/strict';
import { SERVER_SCHEME, toUri } from '../../../src/documents/uris';
import { SAVE_REASON } from '../../support/vscode/saving';
import { TabInputText } from '../../support/vscode/tabs';
import type { UriLike } from '../../support/vscode/uri';
import { shown } from '../../support/vscode/window';
import type { Reopen, Save, Second } from './actions';
import { edited } from './edits';
import { Judge } from './judge';
import { type Metadata, metadataIn } from './plain';
import type { Script } from './script';
import type { World } from './world';

export class Life {
  readonly #world: World;
  readonly #judge: Judge;
  readonly #met: string[];
  readonly #save: (save: Save, judge: Judge) => Promise<void>;

  constructor(world: World, judge: Judge, met: string[], save: (save: Save, judge: Judge) => Promise<void>) {
    this.#world = world;
    this.#judge = judge;
    this.#met = met;
    this.#save = save;
  }

  async restart(): Promise<void> {
    const { text, isDirty } = this.#world;
    await this.#world.restart();
    if (isDirty) {
      this.#met.push('restored');
      assert.equal(this.#world.text, text, 'unsaved text comes back as it was');
      return this.#judge.restarted(undefined);
    }
    const now = metadataIn(this.#world.text);
    this.#judge.same(now, this.#world.held, 'a document that is opened shows what the server holds');
    this.#judge.restarted(now);
  }

  async revert(judge = this.#judge): Promise<void> {
    const world = this.#world;
    const { text } = world;
    let reverted = text;
    await world.quietly(async () => {
      await world.file.revert();
      reverted = world.text;
    });
    assert(!world.isDirty);
    const now = metadataIn(reverted);
    assert(now, 'a reverted document can be read');
    judge.moved(text, now, reverted);
    // Whether a save that got no answer was made is found out, and what the server holds is shown.
    judge.prove(world.held, true);
    if (world.text !== reverted) judge.moved(reverted, metadataIn(world.text));
  }

  async step(how: 'undo' | 'redo'): Promise<void> {
    const world = this.#world;
    const { text } = world;
    let after = text;
    let isClean = false;
    await this.#world.quietly(async () => {
      world.file[how]();
      after = world.text;
      isClean = !world.isDirty;
    });
    this.#judge.stepped(text, after, how);
    if (isClean) {
      this.#judge.cleanAgain(after);
      // Whether a save that got no answer was made is found out.
      this.#judge.prove(world.held, true);
    }
    if (!world.isDirty) this.#judge.moved(after, metadataIn(world.text));
    if (after !== text) this.#met.push(how);
  }

  /** To VS Code's own JSON and back: the document is closed and opened for extensions, and stays as it is. */
  async language(): Promise<void> {
    const { file, text, isDirty } = this.#world;
    await this.#world.quietly(async () => {
      await shown.setLanguage(file.document, 'json');
      await shown.setLanguage(file.document, 'auth0-metadata');
    });
    this.#isUntouched(text, isDirty, 'a language mode changes nothing');
  }

  async foreign(metadata: Metadata): Promise<void> {
    const { text, isDirty, uri } = this.#world;
    const content = Buffer.from(JSON.stringify(metadata));
    await this.#world.quietly(() => assert.rejects(shown.writeFile(uri, content), /only Save/));
    this.#isUntouched(text, isDirty, 'a write of somebody else is refused');
  }

  async unasked(how: 'afterDelay' | 'focusOut' | 'withoutFormatting'): Promise<void> {
    const { text, isDirty, file } = this.#world;
    const options =
      how === 'withoutFormatting'
        ? { withoutFormatting: true, force: true }
        : { reason: how === 'focusOut' ? SAVE_REASON.FocusOut : SAVE_REASON.AfterDelay };
    await this.#world.quietly(() => file.save(options));
    // A write of unchanged text that is refused leaves the document dirty.
    this.#isUntouched(text, isDirty || how === 'withoutFormatting', 'only Save sends');
  }

  #isUntouched(text: string, isDirty: boolean, what: string): void {
    const world = this.#world;
    assert.deepEqual([world.text, world.isDirty, world.exchanges.length], [text, isDirty, 0], what);
  }

  /** All its tabs are closed, somebody may write, and the user is opened again. */
  async reopen({ how, meanwhile, atOnce }: Reopen): Promise<void> {
    const world = this.#world;
    if (world.isDirty) await this.revert();
    const { file, text } = world;
    if (how === 'comparison') await shown.openDiff(toUri(world.identity, '', SERVER_SCHEME), world.uri);
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
      await (byVsCode ? shown.openTab(world.uri) : world.documents.opening.open(world.identity));
    });
    assert.deepEqual(
      world.exchanges.map(({ method }) => method),
      ['GET'],
      'opening is one request',
    );
    const isKept = world.file === file;
    this.#met.push(isKept ? 'reopened' : 'read anew');
    if (world.isDirty) {
      this.#met.push('typed at once');
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
  async second({ before, save }: Second): Promise<void> {
    const world = this.#world;
    const [{ label }, { text, isDirty }] = [world, world];
    if (before) world.write(edited(world.held, before));
    world.label = 'second';
    await this.#world.quietly(() => shown.open(world.uri));
    const judge = new Judge(world);
    judge.same(judge.base, world.held, 'a second document shows what the server holds');
    await this.#save(save, judge);
    // What this save was told, the first document hears, too: it may show that a save of its own was made.
    const { lastSave, exchanges } = world;
    const told = lastSave && 'now' in lastSave ? exchanges.at(-1)?.answer : undefined;
    if (told) this.#judge.prove(told);
    if (world.isDirty) await this.revert(judge);
    await closeTabs(world.uri);
    world.label = label;
    await shown.letGo();
    if (isDirty) assert.deepEqual([world.text, world.isDirty], [text, true], 'unsaved text beside it is left alone');
    else this.#judge.moved(text, metadataIn(world.text));
    this.#met.push('second');
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
