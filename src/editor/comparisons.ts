// Server ↔ edited text in the diff editor, and taking either side: per path, or the whole.
import * as vscode from 'vscode';
import { editsTo } from '../json/edit';
import { jsonEqual } from '../json/equal';
import { parseJson } from '../json/parse';
import { getAt, type JsonObject, type JsonValue } from '../json/value';
import { type Choice, choicesBetween, choose } from '../metadata/choose';
import { describePath, describeValue } from '../metadata/describe';
import { asObject, formatDocument, parseDocument, type UserMetadata } from '../metadata/document';
import type { Side } from '../metadata/merge';
import { visibleText } from '../metadata/visibleText';
import { applyEdits } from './applyEdits';
import type { OpenUser } from './openUser';
import type { Snapshots } from './snapshots';
import { SERVER_SCHEME, toUserUri } from './userUri';

const { t } = vscode.l10n;

interface Comparison {
  readonly theirs: JsonObject;
  /** What the document showed when the comparison was opened. */
  readonly mine: JsonObject;
  /** What both grew from, where that is known. */
  readonly base: JsonObject | undefined;
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
  async show(user: OpenUser, remote: UserMetadata, base: UserMetadata | undefined): Promise<void> {
    const { metadata } = parseDocument(user.document?.getText() ?? '');
    if (metadata) {
      this.#open.set(user, { theirs: asObject(remote), mine: asObject(metadata), base: base && asObject(base) });
    }
    const left = this.#showServer(user, remote);
    const title = t('Server ↔ {0}', visibleText(user.label, 60));
    await vscode.commands.executeCommand('vscode.diff', left, user.uri, title, { preview: false });
  }

  /** The document now shows what the server holds: so does a comparison that is still open. */
  settle(user: OpenUser, now: UserMetadata): void {
    if (!this.#open.has(user)) return;
    this.#open.set(user, { theirs: asObject(now), mine: asObject(now), base: undefined });
    this.#showServer(user, now);
  }

  /** Makes the document one side as a whole. An ordinary edit: it can be undone, and nothing is sent. */
  async useAll(user: OpenUser, side: Side): Promise<void> {
    const comparison = this.#of(user);
    if (comparison) await this.#edit(user, side === 'mine' ? comparison.mine : comparison.theirs);
  }

  /** Asks, for each path that differs, whose value the document is to have. */
  async choosePerPath(user: OpenUser): Promise<void> {
    const comparison = this.#of(user);
    const shown = parseJson(user.document?.getText() ?? '').value;
    if (!comparison || !shown) return;
    const { theirs, mine, base } = comparison;
    const items = choicesBetween(theirs, mine).map(choice => ({
      label: describePath(choice.path),
      description: t('yours: {0}', describeValue(choice.mine)),
      detail: serverSide(choice, base && getAt(base, choice.path)),
      picked: jsonEqual(getAt(shown, choice.path), choice.mine),
      key: keyOf(choice),
    }));
    if (!items.length) {
      void vscode.window.showInformationMessage(t('The two sides do not differ.'));
      return;
    }
    const picked = await vscode.window.showQuickPick(items, {
      title: t('Checked paths keep your value, the others take the server’s'),
      canPickMany: true,
      ignoreFocusOut: true,
    });
    if (!picked) return;
    const keys = new Set(picked.map(({ key }) => key));
    await this.#edit(
      user,
      choose(theirs, mine, choice => (keys.has(keyOf(choice)) ? 'mine' : 'theirs')),
    );
  }

  #showServer(user: OpenUser, remote: UserMetadata): vscode.Uri {
    const uri = toUserUri(user.identity, user.label, SERVER_SCHEME);
    this.#snapshots.set(uri, formatDocument(remote));
    return uri;
  }

  #of(user: OpenUser): Comparison | undefined {
    const comparison = this.#open.get(user);
    if (!comparison) void vscode.window.showInformationMessage(t('Compare the document with the server first.'));
    return comparison;
  }

  async #edit(user: OpenUser, target: JsonObject): Promise<void> {
    const { document } = user;
    const text = document?.getText() ?? '';
    const { value } = parseJson(text);
    if (!document || !value) {
      void vscode.window.showErrorMessage(t('The document is not valid JSON. Solve its problems first.'));
      return;
    }
    await applyEdits(document, editsTo(text, value, target));
  }
}

/** With what was there before only where both sides left it: else one of the two is it. */
function serverSide({ theirs, mine }: Choice, before: JsonValue | undefined): string {
  return before && !jsonEqual(before, theirs) && !jsonEqual(before, mine)
    ? t('server: {0} (was {1})', describeValue(theirs), describeValue(before))
    : t('server: {0}', describeValue(theirs));
}

function keyOf({ path }: Choice): string {
  return JSON.stringify(path);
}
