// The diff editor: two texts side by side.
import type { Locator, Page } from 'playwright-core';

export class DiffEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get box(): Locator {
    return this.#page.locator('.editor-group-container.active .monaco-diff-editor');
  }

  /** Lines of the left side that are in sight. */
  async original(): Promise<readonly string[]> {
    return readLines(this.box.locator('.editor.original .view-line'));
  }

  /** Lines of the right side that are in sight. */
  async modified(): Promise<readonly string[]> {
    return readLines(this.box.locator('.editor.modified .view-line'));
  }

  /** Waits until the differences are marked. */
  async waitFor(): Promise<void> {
    await this.box.locator('.line-insert, .line-delete').first().waitFor({ state: 'attached' });
  }
}

/** The editor shows spaces as no-break spaces, and has its lines in any order. */
async function readLines(lines: Locator): Promise<readonly string[]> {
  const read = await lines.evaluateAll(readPositions);
  return read.sort((a, b) => a.top - b.top).map(line => line.text.replaceAll('\u00a0', ' '));
}

/** What is used of a line's DOM element. */
interface LineElement {
  readonly offsetTop: number;
  readonly textContent: string | null;
}

/** Runs in the page. */
function readPositions(lines: readonly LineElement[]): { readonly top: number; readonly text: string }[] {
  return [...lines].map(line => ({ top: line.offsetTop, text: line.textContent ?? '' }));
}
