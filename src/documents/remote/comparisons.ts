// Server ↔ edited text in the diff editor, and taking either side: per path, or the whole.

import * as vscode from 'vscode';
import { jsonEqual } from '../../json/equal';
import { getAt, type JsonObject, type JsonValue } from '../../json/value';
import { type Choice, choicesBetween, choose } from '../../metadata/choose';
import { asObject, formatDocument, type Sections } from '../../metadata/document';
import { mergeValues, type Side } from '../../metadata/merge';
import { describePath, describeValue } from '../../text/describe';
import { inSentence } from '../../text/visibleText';
import { editTo } from '../applyEdits';
import type { OpenUser } from '../open/openUser';
import { parsed } from '../parsed';
import { SERVER_SCHEME, toUri } from '../uris';
import type { Snapshots } from './snapshots';

interface Sides {
  readonly theirs: JsonObject;
  /** The user's own side: what they had typed before they took anything of the server's. */
  readonly mine: JsonObject;
  /** What both grew from, where that is known. */
  readonly base: JsonObject | undefined;
}

interface Comparison extends Sides {
  /** What the document was made to show last: what differs from it was typed since, and belongs to `mine`. */
  readonly put: JsonObject;
}

export class Comparisons {
  readonly #snapshots: Snapshots;
  readonly #open = new WeakMap<OpenUser, Comparison>();

  constructor(snapshots: Snapshots) {
    this.#snapshots = snapshots;
  }

  /**
   * Opens the diff editor, one a user: left the server's state; right the user's document, to be edited and saved.
   *
   * @param base what the document grew from before anything of `remote` was put into it
   */
  async show(user: OpenUser, remote: Sections, base: Sections | undefined): Promise<void> {
    const metadata = user.document && parsed(user.document).exact.metadata;
    if (metadata) {
      const mine = asObject(metadata);
      this.#open.set(user, { theirs: asObject(remote), mine, put: mine, base: base && asObject(base) });
    }
    const left = this.#showServer(user, remote);
    const title = vscode.l10n.t('Server ↔ {0}', inSentence(user.label, 60));
    await vscode.commands.executeCommand('vscode.diff', left, user.uri, title, { preview: false });
  }

  /** The document now shows what the server holds: so does a comparison that is still open. */
  settle(user: OpenUser, now: Sections): void {
    if (!this.#open.has(user)) return;
    const both = asObject(now);
    this.#open.set(user, { theirs: both, mine: both, put: both, base: undefined });
    this.#showServer(user, now);
  }

  /** `remote` was merged into the document: it is the server's side now, and what differs from it the user's. */
  merged(user: OpenUser, remote: Sections): void {
    const comparison = this.#open.get(user);
    const metadata = user.document && parsed(user.document).exact.metadata;
    if (!comparison || !metadata) return;
    const shown = asObject(metadata);
    this.#open.set(user, { ...comparison, theirs: asObject(remote), mine: withTyped(comparison, shown), put: shown });
    this.#showServer(user, remote);
  }

  /** Makes the document one side as a whole. An ordinary edit: it can be undone, and nothing is sent. */
  async useAll(user: OpenUser, side: Side): Promise<void> {
    const comparison = this.#of(user);
    if (comparison) await this.#put(user, comparison, side === 'mine' ? comparison.mine : comparison.theirs);
  }

  /** Asks, for each path that differs, whose value the document is to have. */
  async choosePerPath(user: OpenUser): Promise<void> {
    const comparison = this.#of(user);
    if (!comparison) return;
    const { theirs, mine, base, shown } = comparison;
    const items = choicesBetween(theirs, mine).map(choice => ({
      label: describePath(choice.path),
      description: vscode.l10n.t('yours: {0}', describeValue(choice.mine)),
      detail: serverSide(choice, base && getAt(base, choice.path)),
      picked: jsonEqual(getAt(shown, choice.path), choice.mine),
      key: keyOf(choice),
    }));
    if (!items.length) {
      void vscode.window.showInformationMessage(vscode.l10n.t('The two sides do not differ.'));
      return;
    }
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Checked paths keep your value, the others take the server’s'),
      canPickMany: true,
      ignoreFocusOut: true,
    });
    // The question may have stood for long: what was typed, or has changed on the server, counts as it is now.
    const current = picked && this.#of(user);
    if (!current) return;
    const asked = new Set(items.map(({ key }) => key));
    for (const { key } of picked) asked.delete(key);
    const target = choose(current.theirs, current.mine, choice => (asked.has(keyOf(choice)) ? 'theirs' : 'mine'));
    await this.#put(user, current, target);
  }

  #showServer(user: OpenUser, remote: Sections): vscode.Uri {
    const uri = toUri(user.identity, user.label, SERVER_SCHEME);
    this.#snapshots.set(uri, formatDocument(remote));
    return uri;
  }

  /** The comparison as it stands: what was typed since is on the user's side. Says so where there is none. */
  #of(user: OpenUser): (Sides & { readonly shown: JsonObject }) | undefined {
    const comparison = this.#open.get(user);
    if (!comparison) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Compare the document with the server first.'));
      return undefined;
    }
    const metadata = user.document && parsed(user.document).exact.metadata;
    if (!metadata) {
      void vscode.window.showErrorMessage(vscode.l10n.t('The document has problems. Fix them first.'));
      return undefined;
    }
    const shown = asObject(metadata);
    const { theirs, base } = comparison;
    return { theirs, mine: withTyped(comparison, shown), base, shown };
  }

  async #put(user: OpenUser, { theirs, mine, base }: Sides, target: JsonObject): Promise<void> {
    const { document } = user;
    if (!document || (await editTo(document, target)) === undefined) return;
    this.#open.set(user, { theirs, mine, put: target, base });
  }
}

/** The user's side with all that was typed since the document was last made to show something. */
function withTyped({ mine, put }: Comparison, shown: JsonObject): JsonObject {
  const merged = mergeValues(put, shown, mine).value;
  return merged?.type === 'object' ? merged : shown;
}

/** With what was there before only where both sides left it: else one of the two is it. */
function serverSide({ theirs, mine }: Choice, before: JsonValue | undefined): string {
  return before && !jsonEqual(before, theirs) && !jsonEqual(before, mine)
    ? vscode.l10n.t('server: {0} (was {1})', describeValue(theirs), describeValue(before))
    : vscode.l10n.t('server: {0}', describeValue(theirs));
}

function keyOf({ path }: Choice): string {
  return JSON.stringify(path);
}
