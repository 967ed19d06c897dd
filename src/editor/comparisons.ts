// Server ↔ edited text in the diff editor, and taking either side: per path, or the whole.
import * as vscode from 'vscode';
import { editsTo } from '../json/edit';
import { jsonEqual } from '../json/equal';
import { parseJson } from '../json/parse';
import { getAt, type JsonObject } from '../json/value';
import { type Choice, choicesBetween, choose } from '../metadata/choose';
import { describePath, describeValue } from '../metadata/describe';
import { asObject, parseDocument, type UserMetadata } from '../metadata/document';
import type { Side } from '../metadata/merge';
import { visibleText } from '../metadata/visibleText';
import { applyEdits } from './applyEdits';
import type { OpenUser } from './openUser';
import type { Snapshots } from './snapshots';

const { t } = vscode.l10n;

interface Comparison {
  readonly theirs: JsonObject;
  /** What the document showed when the comparison was opened. */
  readonly mine: JsonObject;
}

export class Comparisons {
  readonly #snapshots: Snapshots;
  readonly #open = new WeakMap<OpenUser, Comparison>();

  constructor(snapshots: Snapshots) {
    this.#snapshots = snapshots;
  }

  /** Opens the diff editor: left the server's state, fixed; right the user's document, to be edited and saved. */
  async show(user: OpenUser, remote: UserMetadata): Promise<void> {
    const { metadata } = parseDocument(user.document?.getText() ?? '');
    if (metadata) this.#open.set(user, { theirs: asObject(remote), mine: asObject(metadata) });
    const left = this.#snapshots.add(user, remote);
    const title = t('Server ↔ {0}', visibleText(user.label, 60));
    await vscode.commands.executeCommand('vscode.diff', left, user.uri, title, { preview: false });
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
    const { theirs, mine } = comparison;
    const items = choicesBetween(theirs, mine).map(choice => ({
      label: describePath(choice.path),
      description: t('yours: {0}', describeValue(choice.mine)),
      detail: t('server: {0}', describeValue(choice.theirs)),
      picked: jsonEqual(getAt(shown, choice.path), choice.mine),
      key: keyOf(choice),
    }));
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

function keyOf({ path }: Choice): string {
  return JSON.stringify(path);
}
