// The modal dialog in front of the workbench.
import type { Locator, Page } from 'playwright-core';

export interface DialogText {
  readonly message: string;
  readonly detail: string;
  /** As VS Code lays them out, without the closing cross. */
  readonly buttons: readonly string[];
}

export class Dialog {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get box(): Locator {
    return this.#page.locator('.monaco-dialog-box');
  }

  /** Waits for a dialog and reads it. */
  async read(): Promise<DialogText> {
    await this.box.waitFor();
    return {
      message: (await this.box.locator('.dialog-message-text').textContent()) ?? '',
      detail: (await this.box.locator('.dialog-message-detail').allTextContents()).join('\n'),
      buttons: await this.box.locator('.monaco-button').allTextContents(),
    };
  }

  /** Waits for a dialog, presses the button, and waits until that dialog is gone. */
  async press(button: string): Promise<void> {
    await this.box.waitFor();
    const box = await this.box.elementHandle();
    await this.box.getByRole('button', { name: button, exact: true }).click();
    await box?.waitForElementState('hidden');
  }

  async isOpen(): Promise<boolean> {
    return this.box.isVisible();
  }
}
