// One user open in one window: the real editor, client and sandbox, a stand-in for VS Code, and everybody else.

import type { Documents } from '../../../src/documents/documents';
import type { OpenUser } from '../../../src/documents/open/openUser';
import type { SaveEvent } from '../../../src/documents/saves/saveEvents';
import { toUri } from '../../../src/documents/uris';
import type { SaveRecord } from '../../../src/history/saveRecord';
import { staticToken } from '../../../src/management/auth/token';
import { createManagementClient, type ManagementClient } from '../../../src/management/client';
import type { Transport } from '../../../src/management/http/transport';
import { ofUser, type ResourceId } from '../../../src/management/resourceId';
import type { Sandbox } from '../../../src/sandbox/http/server';
import type { JsonObject } from '../../../src/sandbox/json';
import type { Question } from '../../../src/shell/dialogs';
import { documentsIn } from '../../support/documents';
import { tenantAt, userId } from '../../support/management';
import type { TextFile } from '../../support/vscode/textFile';
import { shown } from '../../support/vscode/window';
import type { FaultName, Meanwhile } from './actions';
import { edited } from './edits';
import { type Metadata, metadataIn, SECTIONS } from './plain';
import { clock, comparisonOpened, LONG_MS, NOTHING_HAPPENS, type Script, takeDue, takeFault } from './script';
import { type Exchange, type Moment, recorded } from './wire';

let users = 0;

const LABEL = 'jane@example.com';

export class World {
  readonly sandbox: Sandbox;
  readonly client: ManagementClient;
  readonly identity: ResourceId;
  readonly exchanges: Exchange[] = [];
  readonly records: SaveRecord[] = [];
  readonly asked: { readonly question: Question; readonly answer: string | undefined }[] = [];
  documents: Documents;
  lastSave: SaveEvent['outcome'] | undefined;
  /** What the tab says. Another one is another document of the same user. */
  label = LABEL;
  /** The text as the person left it: what a save must not change unless it says so. */
  typed = '';
  /** The text that the last save has written, or would have. */
  written = '';
  /** What was typed just before a reload came through is, to the letter, what it would have shown: nobody can tell them apart. */
  isTypedAsShown: boolean = false;
  #script: Script = NOTHING_HAPPENS;
  #patched: boolean = false;
  #parts: { dispose(): unknown }[] = [];
  readonly #flights = new Set<Promise<unknown>>();

  private constructor(sandbox: Sandbox, transport: Transport, start: Metadata) {
    this.sandbox = sandbox;
    const tenant = tenantAt(sandbox.url, sandbox.domain);
    this.identity = ofUser(tenant.domain, userId(`auth0|${++users}`));
    const stored: JsonObject = { ...start };
    sandbox.control.put({ user_id: this.identity.id, email: LABEL, ...stored });
    const events = {
      on: (moment: Moment) => this.#happen(moment),
      fault: (method: string) => this.#fault(method),
      held: () => this.held,
    };
    const wire = recorded(transport, sandbox, events, this.exchanges, this.#flights);
    this.client = createManagementClient({ tenant, tokens: staticToken(sandbox.token), transport: wire });
    shown.clear();
    this.documents = this.#start();
  }

  /** The user's document open and clean. */
  static async open(sandbox: Sandbox, transport: Transport, start: Metadata): Promise<World> {
    const world = new World(sandbox, transport, start);
    await shown.open(world.uri);
    await shown.settled();
    return world;
  }

  get uri() {
    return toUri(this.identity, this.label);
  }

  get file(): TextFile {
    const file = shown.file(this.uri);
    if (!file) throw new Error('the document is not open');
    return file;
  }

  get text(): string {
    return this.file.document.text;
  }

  get isDirty(): boolean {
    return this.file.isDirty;
  }

  get user(): OpenUser | undefined {
    return this.documents.users.at(this.uri);
  }

  /** What the server holds. */
  get held(): Metadata {
    const stored = this.sandbox.control.user(this.identity.id);
    const metadata = metadataIn(JSON.stringify(stored ?? null));
    if (!metadata) throw new Error('the user is gone');
    return metadata;
  }

  /** Somebody else writes, as they see it: the whole of a metadata object. */
  write(metadata: Metadata): void {
    for (const section of SECTIONS) this.sandbox.control.set(this.identity.id, { [section]: metadata[section] });
  }

  login(): void {
    this.sandbox.control.login(this.identity.id);
  }

  type(metadata: Metadata): void {
    this.file.type(`${JSON.stringify(metadata, null, 2)}\n`);
    this.typed = this.text;
  }

  /** Ctrl+S, also for a document without changes. False where it failed. */
  async save(): Promise<boolean> {
    const { file } = this;
    await file.save({ force: true });
    return file.error === undefined;
  }

  /** VS Code has refused the last save: to it, the file is newer than the text. */
  get isToldNewer(): boolean {
    const { error } = this.file;
    return error instanceof Error && error.message === 'FILE_MODIFIED_SINCE';
  }

  /** Runs one action to its end, with the script for what it meets. */
  async run<T>(script: Script, action: () => Promise<T>): Promise<T> {
    this.exchanges.length = 0;
    this.asked.length = 0;
    shown.executed.length = 0;
    shown.messages.length = 0;
    this.lastSave = undefined;
    this.#script = script;
    this.#patched = false;
    const file = shown.file(this.uri);
    this.typed = file?.document.text ?? '';
    this.written = this.typed;
    this.isTypedAsShown = false;
    if (file) {
      file.beforeShown = () => this.#happen('shown');
      file.afterWillSave = () => {
        this.#happen('willSave');
        this.written = this.text;
      };
    }
    shown.beforeFileEvent = () => this.#happen('fileEvent');
    try {
      const result = await action();
      await this.#compared();
      await this.#quiet();
      return result;
    } finally {
      this.#script = NOTHING_HAPPENS;
      if (file) [file.beforeShown, file.afterWillSave] = [undefined, undefined];
      shown.beforeFileEvent = undefined;
      this.sandbox.control.clearFaults();
    }
  }

  /** An action in which nothing else happens, and no question is answered. */
  async quietly(action: () => Promise<unknown>): Promise<void> {
    await this.run({ ...NOTHING_HAPPENS, faults: {} }, action);
  }

  /** The window is closed and opened again: unsaved text comes back from hot exit, the rest is read anew. */
  async restart(): Promise<void> {
    const { isDirty, uri } = this;
    const { backup } = this.file;
    this.#end();
    const settings = new Map(shown.settings);
    shown.clear();
    for (const [name, value] of settings) shown.settings.set(name, value);
    this.documents = this.#start();
    await (isDirty ? shown.restore(uri, backup) : shown.openTab(uri));
    await shown.settled();
  }

  close(): void {
    this.#end();
    this.sandbox.control.delete(this.identity.id);
    this.sandbox.control.clearRequests();
  }

  #start(): Documents {
    const documents = documentsIn(
      () => this.client,
      async question => this.#ask(question),
      { undoingMs: 0 },
    );
    const history = documents.files.onDidSave(({ user, outcome }) => {
      this.lastSave = outcome;
      if (outcome.kind !== 'saved') return;
      const { plan, before, now: after } = outcome;
      this.records.unshift({ ...user.identity, label: '', savedAtMs: 0, before, body: plan.body, after });
    });
    this.#parts = [documents, history];
    return documents;
  }

  #end(): void {
    for (const part of this.#parts) part.dispose();
  }

  #ask(question: Question): string | undefined {
    const waits = this.#script.meanwhile.some(({ at }) => at === 'asked');
    this.#happen('asked');
    if (waits) clock.aheadMs += LONG_MS;
    const answer = this.#script.answer(question);
    this.asked.push({ question, answer });
    return answer;
  }

  #fault(method: string): FaultName | undefined {
    const kind = method === 'PATCH' ? 'patch' : this.#patched ? 'again' : 'get';
    this.#patched ||= method === 'PATCH';
    return takeFault(this.#script, kind);
  }

  #happen(moment: Meanwhile['at']): void {
    const due = takeDue(this.#script, moment);
    for (const { event } of due) {
      if (event.do === 'login') this.login();
      else if (event.do === 'remote') this.write(edited(this.held, event.edit));
      else this.type(edited(metadataIn(this.text) ?? this.held, event.edit));
    }
    const shownNext = JSON.stringify(this.exchanges.at(-1)?.answer);
    this.isTypedAsShown ||= moment === 'shown' && due.length > 0 && JSON.stringify(metadataIn(this.text)) === shownNext;
  }

  /** Once nothing is under way: reloads in the window, requests that nobody waits for. */
  async #quiet(): Promise<void> {
    do {
      await shown.settled();
      await Promise.all(this.#flights);
    } while (this.#flights.size);
    await shown.settled();
  }

  /** Comparisons are opened once the save has failed, a turn later. */
  async #compared(): Promise<void> {
    if (this.lastSave?.kind === 'compare' || this.lastSave?.kind === 'showChanges') await comparisonOpened();
  }
}
