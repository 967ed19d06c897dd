// Notices that the server's state of an open document has changed. Compares content, so that a login does not count.
import * as vscode from 'vscode';
import type { Priority } from '../../management/budget/lanes';
import { ManagementError } from '../../management/errors';
import { metadataOf, type Sections } from '../../metadata/document';
import { metadataEqual } from '../../saving/save';
import { showStatus } from '../../shell/status';
import { inSentence } from '../../text/visibleText';
import type { OpenUser } from '../open/openUser';
import type { OpenUsers } from '../open/openUsers';
import { documentIn, hasTab } from '../open/tabs';
import type { Updates } from '../open/updates';
import type { Comparisons } from './comparisons';

/** Switching back and forth between windows must not spend the rate limit. */
const PAUSE_MS = 10_000;

export class RemoteWatch implements vscode.Disposable {
  readonly #users: OpenUsers;
  readonly #updates: Updates;
  readonly #comparisons: Comparisons;
  readonly #subscription: vscode.Disposable;
  readonly #checkedAt = new WeakMap<OpenUser, number>();
  /** The server state that the user was last told about, for each document: nobody is told about it twice. */
  readonly #told = new WeakMap<OpenUser, Sections>();
  /** Documents whose last tab was closed. When one gets a tab again, it is compared with the server. */
  readonly #left = new WeakSet<OpenUser>();
  #focused = vscode.window.state.focused;

  constructor(users: OpenUsers, updates: Updates, comparisons: Comparisons, enabled: () => boolean) {
    this.#users = users;
    this.#updates = updates;
    this.#comparisons = comparisons;
    this.#subscription = vscode.Disposable.from(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        const cameBack = focused && !this.#focused;
        this.#focused = focused;
        if (cameBack && enabled()) void this.checkVisible();
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ opened, closed }) => {
        this.#noteLeft(closed);
        void this.#checkReopened(opened);
      }),
      updates.onDidReceive(user => this.#left.delete(user)),
      // The user gave up the text of a save that may have been made. If it was, the document shows an old state.
      users.onDidShowClean(user => user.session.isUnproven && void this.#checkQuietly(user)),
    );
  }

  /** Checks the visible documents, except those that were just checked. */
  async checkVisible(): Promise<void> {
    const now = performance.now();
    const due = this.#users.all().filter(user => {
      const visible = vscode.window.visibleTextEditors.some(({ document }) => document === user.document);
      return visible && now - (this.#checkedAt.get(user) ?? Number.NEGATIVE_INFINITY) >= PAUSE_MS;
    });
    for (const user of due) await this.#checkQuietly(user, 'visible');
  }

  /** Checks every document with a tab, because the user asked for it. */
  async checkAll(): Promise<void> {
    for (const user of this.#users.all()) if (hasTab(user.uri)) await this.#checkQuietly(user);
  }

  /**
   * Sends one GET, or more if the document changes meanwhile. A clean document shows the server's text at once. A dirty
   * one stays as it is, and the user is asked.
   *
   * @throws ManagementError
   */
  async check(user: OpenUser, priority?: Priority): Promise<void> {
    this.#checkedAt.set(user, performance.now());
    const { document } = user;
    const { base } = user.session;
    if (!document || !base) return;
    const { profile, saves } = await this.#users.look(user.identity, undefined, priority);
    const remote = metadataOf(profile.value);
    // A save or a reload ended during the request, and it is not known which of the answers is newer.
    if (user.session.base !== base) return this.check(user, priority);
    // If the document has unsaved text, the new state is shown once that text is saved or given up.
    const wasMade = user.session.learn(remote);
    const who = inSentence(user.label, 60);
    if (wasMade) showStatus(`$(check) ${vscode.l10n.t('The last save of {0} was made after all.', who)}`);
    if (user.hasUnsavedText) {
      const message = wasMade
        ? vscode.l10n.t('The last save of {0} was made after all, and is not in your text.', who)
        : vscode.l10n.t('{0} was changed by somebody else while you are editing.', who);
      return this.#tell(user, document, remote, saves, message);
    }
    if (!this.#updates.showNewest(user)) return;
    this.#comparisons.settle(user, remote);
    if (!wasMade)
      showStatus(`$(sync) ${vscode.l10n.t('{0} was changed by somebody else: the new state is shown.', who)}`);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** After Reopen Closed Editor or Go Back, VS Code shows the text that it still holds, which may be minutes old. */
  async #checkReopened(opened: readonly vscode.Tab[]): Promise<void> {
    for (const { input } of opened) {
      const uri = documentIn(input);
      const user = uri && this.#users.at(uri);
      if (user && this.#left.delete(user)) await this.#checkQuietly(user, 'visible');
    }
  }

  /** Not those that have no tab yet: they are being opened, and were just received. */
  #noteLeft(closed: readonly vscode.Tab[]): void {
    for (const { input } of closed) {
      const uri = documentIn(input);
      const user = uri && !hasTab(uri) ? this.#users.at(uri) : undefined;
      if (user) this.#left.add(user);
    }
  }

  /** Does not report a failed request: the next save will fail too, and report it. */
  async #checkQuietly(user: OpenUser, priority?: Priority): Promise<void> {
    try {
      await this.check(user, priority);
    } catch (error) {
      if (!ManagementError.is(error)) throw error;
      const who = inSentence(user.label, 60);
      if (user.session.isUnproven) {
        showStatus(
          `$(warning) ${vscode.l10n.t('Whether the last save of {0} was made is still not known: Refresh Users asks again.', who)}`,
        );
      }
    }
  }

  #tell(user: OpenUser, document: vscode.TextDocument, remote: Sections, saves: number, message: string): void {
    const told = this.#told.get(user);
    this.#told.set(user, remote);
    if (isSame(user.session.base, remote) || isSame(told, remote)) return;
    void this.#ask(user, document, remote, saves, message);
  }

  async #ask(
    user: OpenUser,
    document: vscode.TextDocument,
    remote: Sections,
    saves: number,
    message: string,
  ): Promise<void> {
    const [merge, compare] = [vscode.l10n.t('Merge Now'), vscode.l10n.t('Compare')];
    const { base } = user.session;
    const answer = await vscode.window.showInformationMessage(message, merge, compare);
    if (answer !== merge && answer !== compare) return;
    const done =
      user.session.base === base ? await this.#updates.rebase(user, document, remote, 'open', saves) : 'stale';
    if (done === 'stale') {
      // Saved or merged since the question was asked: its state is out of date, so the server is checked again.
      this.#told.delete(user);
      await this.#checkQuietly(user);
    } else if (!done) {
      void vscode.window.showErrorMessage(vscode.l10n.t('The document has problems. Fix them first, then merge.'));
    } else if (answer === compare) await this.#comparisons.show(user, remote, base);
  }
}

function isSame(a: Sections | undefined, b: Sections): boolean {
  return a !== undefined && metadataEqual(a, b);
}
