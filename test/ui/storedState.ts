// The workbench keeps its tabs and views in the browser's database, written every few seconds.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from './eventually';

/** Waits until the database knows the tabs that are open: a reload before that would forget them. */
export async function waitUntilStored(page: Page): Promise<void> {
  const tabs = await page.locator('.tabs-container .tab[data-resource-name]').evaluateAll(readNames);
  await eventually(async () => {
    const stored = String(await page.evaluate(READ_EDITOR_STATE));
    for (const tab of tabs) assert(stored.includes(tab), `The tab "${tab}" was not stored.`);
  });
}

/** Runs in the page. */
function readNames(tabs: readonly { getAttribute(name: string): string | null }[]): string[] {
  return tabs.map(tab => tab.getAttribute('data-resource-name') ?? '');
}

/** An expression for the page. */
const READ_EDITOR_STATE = `(async () => {
  const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const infos = await indexedDB.databases();
  const info = infos.find(({ name }) => name.startsWith('vscode-web-state-db-') && !name.endsWith('-global'));
  const database = await done(indexedDB.open(info.name));
  try {
    return await done(database.transaction('ItemTable').objectStore('ItemTable').get('memento/workbench.parts.editor'));
  } finally {
    database.close();
  }
})()`;
