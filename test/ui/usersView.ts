// The Users view in the sidebar.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

const ICON = '.activitybar .action-item:has(a[aria-label^="Auth0"])';

export class UsersView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The view container's icon in the activity bar. */
  get icon(): Locator {
    return this.#page.locator(ICON);
  }

  get tree(): Locator {
    return this.#page.locator('.sidebar [role=tree]');
  }

  /** Those in sight; without the copies of their parents that stick to the top. */
  get rows(): Locator {
    return this.#page.locator('.sidebar .monaco-list-rows [role=treeitem]');
  }

  /** The text above the tree: filter, counts, limits. */
  get message(): Locator {
    return this.#page.locator('.sidebar .tree-explorer-viewlet-tree-view > .message');
  }

  get welcome(): Locator {
    return this.#page.locator('.sidebar .welcome-view');
  }

  /** Shows the view by its icon, unless it is there. */
  async open(): Promise<void> {
    await this.icon.waitFor();
    if ((await this.icon.getAttribute('aria-expanded')) !== 'true') await this.icon.click();
    await this.#page.locator(`${ICON}[aria-expanded=true]`).waitFor();
  }

  /** Rows with exactly this label; VS Code has only rows in the DOM that are in sight, see `scrollTo`. */
  row(label: string): Locator {
    return this.rows.filter({ has: this.#page.locator('.label-name').getByText(label, { exact: true }) }).first();
  }

  description(label: string): Locator {
    return this.row(label).locator('.label-description');
  }

  /** Clicks a row, once the tree is still: while its rows are replaced, VS Code has lost their commands. */
  async click(label: string): Promise<void> {
    await this.row(label).waitFor();
    await this.#page.evaluate(UNTIL_STILL);
    await this.row(label).locator('.label-name').click();
  }

  async expand(label: string): Promise<void> {
    const row = this.row(label);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
    await this.#page.locator('.sidebar [aria-expanded=true]').and(row).waitFor();
  }

  /** Presses an inline button of a row, which is there while the mouse is over it. */
  async pressAction(label: string, action: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label).getByRole('button', { name: action }).click();
  }

  /** Presses a button in the view's title bar. */
  async pressTitleAction(action: string): Promise<void> {
    await this.tree.hover();
    await this.#page.locator('.sidebar').getByRole('button', { name: action }).first().click();
  }

  async chooseFromMenu(label: string, item: string): Promise<void> {
    await this.row(label).click({ button: 'right' });
    await this.#pressMenuItem(item);
  }

  /** Chooses from the … menu in the view's title bar. */
  async chooseFromViewMenu(item: string): Promise<void> {
    await this.#page.locator('.sidebar .title-actions [aria-label*="More Actions"]').click();
    await this.#pressMenuItem(item);
  }

  async #pressMenuItem(item: string): Promise<void> {
    const entry = this.#page.getByRole('menuitem', { name: item, exact: true });
    await entry.waitFor();
    // A menu that has just opened takes no clicks yet.
    await eventually(async () => {
      if (await entry.isVisible()) await entry.click({ timeout: 1_000 });
      assert.equal(await entry.isVisible(), false);
    });
  }

  /** Pages down from the top until the row is in sight. Moves the tree's focus, which opens nothing. */
  async scrollTo(label: string): Promise<void> {
    const focused = this.rows.and(this.#page.locator('.focused'));
    await this.tree.focus();
    await this.#page.keyboard.press('Home');
    await focused.and(this.#page.locator('[data-index="0"]')).waitFor();
    while (!(await this.row(label).isVisible())) {
      if ((await focused.getAttribute('data-last-element')) === 'true')
        throw new Error(`No row "${label}" in the tree.`);
      const before = await focused.getAttribute('data-index');
      await this.#page.keyboard.press('PageDown');
      await focused.and(this.#page.locator(`:not([data-index="${before}"])`)).waitFor();
    }
  }

  /** Labels of the rows in the DOM, top to bottom. */
  async labels(): Promise<readonly string[]> {
    return this.rows.evaluateAll(readLabels);
  }
}

/** What is used of a row's DOM element: the project does not otherwise know the browser's types. */
interface RowElement {
  readonly dataset: { readonly index?: string };
  querySelector(selector: string): { readonly textContent: string | null } | null;
}

/** Runs in the page. The list recycles its rows, so their order in the DOM means nothing. */
function readLabels(rows: readonly RowElement[]): string[] {
  return [...rows]
    .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
    .map(row => row.querySelector('.label-name')?.textContent ?? '');
}

/** An expression for the page: resolves when the tree has not changed for a third of a second. */
const UNTIL_STILL = `new Promise(resolve => {
  let timer = setTimeout(done, 300);
  const observer = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(done, 300);
  });
  observer.observe(document.querySelector('.sidebar [role=tree]'), { subtree: true, childList: true, attributes: true });
  function done() {
    observer.disconnect();
    resolve();
  }
})`;
