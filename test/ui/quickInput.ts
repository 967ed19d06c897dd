// The input box and pick list at the top: the palette, and whatever the extension asks.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

const LOOKS = 6;
const LOOK_MS = 250;
const LOOK_AGAIN_MS = 3_000;

export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get widget(): Locator {
    return this.#page.locator('.quick-input-widget');
  }

  get #input(): Locator {
    return this.widget.locator('input.input');
  }

  get title(): Locator {
    return this.widget.locator('.quick-input-title');
  }

  /** The prompt of an input box, or why its value is refused. */
  get message(): Locator {
    return this.widget.locator('.quick-input-message');
  }

  /**
   * Runs a command by its full title in the palette, e.g. "Auth0: Search Users…". A view that has just been opened takes
   * the focus when it is ready, and a palette without the focus closes: then it is opened again, as a person would.
   */
  async runCommand(title: string): Promise<void> {
    await eventually(async () => {
      if (!(await this.widget.isVisible())) await this.#page.keyboard.press('F1');
      await this.#input.fill(`>${title}`, { timeout: LOOK_AGAIN_MS });
      await this.row(title).click({ timeout: LOOK_AGAIN_MS });
    });
  }

  /** Waits for the input and replaces its value. */
  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  /** Types an answer and presses Enter. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.#page.keyboard.press('Enter');
  }

  /**
   * Answers a file dialog until something has come of it. It puts a suggestion of its own into the input once it is ready,
   * looks into folders while one types, takes no answer meanwhile, and asks before a file is written over.
   */
  async answerFile(path: string, done: () => Promise<boolean>): Promise<void> {
    await this.#input.waitFor();
    await eventually(async () => {
      if (await done()) return;
      // Once the dialog is gone, keys would go to the editor.
      if (await this.widget.isVisible()) {
        if (await this.#keeps(path)) await this.#page.keyboard.press('Enter');
        else await this.#input.fill(path, { timeout: 1_000 }).catch(() => undefined);
      }
      assert(await done(), `nothing has come of ${path}`);
    });
  }

  /** Whether the input holds `text`, and goes on holding it. */
  async #keeps(text: string): Promise<boolean> {
    for (let look = 0; look < LOOKS; look++) {
      const isVisible = await this.widget.isVisible();
      if (!isVisible || (await this.#input.inputValue()) !== text) return false;
      await this.#page.waitForTimeout(LOOK_MS);
    }
    return this.widget.isVisible();
  }

  /** Clicks the entry with exactly this label. */
  async pick(label: string): Promise<void> {
    await this.row(label).click();
  }

  row(label: string): Locator {
    const name = this.#page.locator('.label-name').getByText(label, { exact: true });
    return this.widget.locator('.monaco-list-row').filter({ has: name }).first();
  }

  get rows(): Locator {
    return this.widget.locator('.monaco-list-row');
  }

  /** Presses the button of an entry, which is there while the mouse is over it. */
  async pressRowAction(row: Locator, action: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: action }).click();
  }

  async labels(): Promise<readonly string[]> {
    return this.widget.locator('.monaco-list-row .label-name').allTextContents();
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
  }
}
