// VS Code as a person sees it: the page, and its parts by name.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import type { Dialog as BrowserDialog, Locator, Page } from 'playwright-core';
import { outRoot } from '../workbench/paths';
import { Dialog } from './dialog';
import { DiffEditor } from './diffEditor';
import { eventually } from './eventually';
import { QuickInput } from './quickInput';
import { waitUntilStored } from './storedState';
import { TextEditor } from './textEditor';
import { UsersView } from './usersView';

const SCREENSHOTS = path.join(outRoot, 'screenshots');

export class Workbench {
  /** For what has no name here yet; everything is in the light DOM, and waits up to a minute. */
  readonly page: Page;
  readonly users: UsersView;
  readonly editor: TextEditor;
  readonly diff: DiffEditor;
  readonly dialog: Dialog;
  readonly quickInput: QuickInput;
  readonly #close: () => Promise<void>;

  constructor(page: Page, close: () => Promise<void>) {
    this.page = page;
    this.users = new UsersView(page);
    this.editor = new TextEditor(page);
    this.diff = new DiffEditor(page);
    this.dialog = new Dialog(page);
    this.quickInput = new QuickInput(page);
    this.#close = close;
  }

  async runCommand(title: string): Promise<void> {
    await this.quickInput.runCommand(title);
  }

  /** Notifications in sight whose text contains `text`. */
  notification(text: string): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  }

  /**
   * An item of the extension in the status bar, whose text matches `text`. By its id, because a message
   * that comes and goes beside it may hold the same words.
   */
  statusBarItem(name: 'tenant' | 'tokenEnd' | 'readonly', text: string | RegExp): Locator {
    return this.page.locator(`.statusbar-item[id$="auth0Metadata.${name}"]`, { hasText: text });
  }

  /** The message of the moment in the status bar, if it contains `text`. */
  statusMessage(text: string): Locator {
    return this.page.locator('.statusbar-item[id="status.extensionMessage"]', { hasText: text });
  }

  /** Squiggles of errors in the text that is in sight. */
  get errorSquiggles(): Locator {
    return this.page.locator('.editor-group-container.active .squiggly-error');
  }

  /** Reloads the window, as a user's F5 does: the extension host starts anew, the profile stays. */
  async reload(): Promise<void> {
    await waitUntilStored(this.page);
    await eventually(async () => assert.equal(await this.#leave(), true));
    await this.waitUntilRestored();
  }

  /** False if the browser asked whether to leave: unsaved changes are not in VS Code's backup yet. */
  async #leave(): Promise<boolean> {
    const { page } = this;
    const left = new Promise<boolean>(resolve => {
      const onLoad = () => {
        page.off('dialog', onQuestion);
        resolve(true);
      };
      const onQuestion = (question: BrowserDialog) => {
        page.off('load', onLoad);
        question.dismiss().then(() => resolve(false));
      };
      page.once('load', onLoad);
      page.once('dialog', onQuestion);
    });
    // The answer to this one never comes: its page goes, or its question stays.
    page.evaluate('location.reload()').catch(() => undefined);
    return left;
  }

  async waitUntilRestored(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
  }

  /** @returns the picture's file: out/screenshots/<name>.png */
  async screenshot(name: string): Promise<string> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const file = path.join(SCREENSHOTS, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
