// The active text editor and its tabs.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

export class TextEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Where text is typed; of a diff, its right side. */
  get lines(): Locator {
    const group = this.#page.locator('.editor-group-container.active');
    return group.locator('.monaco-editor:not(.original-in-monaco-diff-editor) .view-lines').first();
  }

  /** What takes the keys. */
  get #input(): Locator {
    const group = this.#page.locator('.editor-group-container.active');
    const editor = group.locator('.monaco-editor:not(.original-in-monaco-diff-editor)');
    return editor.locator('textarea.inputarea, .native-edit-context').first();
  }

  get tabs(): Locator {
    return this.#page.locator('.tabs-container .tab');
  }

  tab(label: string): Locator {
    return this.tabs.filter({ has: this.#page.locator('.tab-label').getByText(label, { exact: true }) });
  }

  /** Waits until the tab is the active one and its text is there. */
  async waitForTab(label: string): Promise<void> {
    await this.tab(label).and(this.#page.locator('.active')).waitFor();
    await this.lines.locator('.view-line').first().waitFor();
  }

  async waitForDirty(label: string): Promise<void> {
    await this.tab(label).and(this.#page.locator('.dirty')).waitFor();
  }

  async waitForClean(label: string): Promise<void> {
    await this.tab(label).and(this.#page.locator('.tab:not(.dirty)')).waitFor();
  }

  async focus(): Promise<void> {
    // Clicking would move the cursor, and misses a text that is scrolled out of sight.
    await this.#input.focus();
  }

  /** Replaces the whole text, by pasting: typing would add brackets and indentation. */
  async setText(text: string): Promise<void> {
    const lastLine = text.trimEnd().split('\n').at(-1);
    // Again and again: an editor that has just been opened may take its first keys for another's.
    await eventually(async () => {
      await this.focus();
      await this.#page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
      await this.#page.keyboard.press('Control+A');
      await this.#page.keyboard.press('Control+V');
      assert.equal((await this.text()).trimEnd().split('\n').at(-1), lastLine);
    });
  }

  /** The whole text, by copying: only lines in sight are in the DOM. */
  async text(): Promise<string> {
    await this.focus();
    await this.#page.keyboard.press('Control+A');
    await this.#page.keyboard.press('Control+C');
    return String(await this.#page.evaluate('navigator.clipboard.readText()'));
  }

  /** Presses a button in the title bar of the active editor. */
  async pressTitleAction(action: string): Promise<void> {
    const bar = this.#page.locator('.editor-group-container.active .editor-actions');
    await bar.getByRole('button', { name: action, exact: true }).click();
  }

  /** Presses the save key, and does not wait for what comes of it. */
  async save(): Promise<void> {
    await this.#page.keyboard.press('Control+S');
  }
}
