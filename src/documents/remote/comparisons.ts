// Compares a document with the server in the diff editor, and takes either side: whole or path by path.
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
  /** The user's own values, without any that they took from the server's side. */
  readonly mine: JsonObject;
  /** The merge base of both sides, if it is known. */
  readonly base: JsonObject | undefined;
}

interface Comparison extends Sides {
  /** What the document was last set to. Differences from it were typed since, and belong to `mine`. */
  readonly put: JsonObject;
}

export class Comparisons {
  readonly #snapshots: Snapshots;
  readonly #open = new WeakMap<OpenUser, Comparison>();

  constructor(snapshots: Snapshots) {
    this.#snapshots = snapshots;
  }

  /**
   * Opens the diff editor, one per user. Left is the server's state, right is the user's document, which can be edited
   * and saved there.
   *
   * @param base the merge base of the document before anything of `remote` was merged into it
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

  /** Call when the document shows what the server holds: both sides of an open comparison become equal. */
  settle(user: OpenUser, now: Sections): void {
    if (!this.#open.has(user)) return;
    const both = asObject(now);
    this.#open.set(user, { theirs: both, mine: both, put: both, base: undefined });
    this.#showServer(user, now);
  }

  /** Call after `remote` was merged into the document: it becomes the server's side, all differences the user's. */
  merged(user: OpenUser, remote: Sections): void {
    const comparison = this.#open.get(user);
    const metadata = user.document && parsed(user.document).exact.metadata;
    if (!comparison || !metadata) return;
    const shown = asObject(metadata);
    this.#open.set(user, { ...comparison, theirs: asObject(remote), mine: withTyped(comparison, shown), put: shown });
    this.#showServer(user, remote);
  }

  /** Replaces the document by one side as a whole. This is an ordinary edit: it can be undone, and nothing is sent. */
  async useAll(user: OpenUser, side: Side): Promise<void> {
    const comparison = this.#of(user);
    if (comparison) await this.#put(user, comparison, side === 'mine' ? comparison.mine : comparison.theirs);
  }

  /** Asks which side's value the document gets, for each path that differs. */
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
    // The question may have been open for long: both sides are read again, as they are now.
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

  /** The comparison as it is now, with what was typed since on the user's side. Shows a message if there is none. */
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

/** The user's side, with everything that was typed since the document was last set. */
function withTyped({ mine, put }: Comparison, shown: JsonObject): JsonObject {
  const merged = mergeValues(put, shown, mine).value;
  return merged?.type === 'object' ? merged : shown;
}

/** Mentions the base value only if both sides changed it: otherwise it is the value of one side. */
function serverSide({ theirs, mine }: Choice, before: JsonValue | undefined): string {
  return before && !jsonEqual(before, theirs) && !jsonEqual(before, mine)
    ? vscode.l10n.t('server: {0} (was {1})', describeValue(theirs), describeValue(before))
    : vscode.l10n.t('server: {0}', describeValue(theirs));
}

function keyOf({ path }: Choice): string {
  return JSON.stringify(path);
}
