// What tests of the history share: a folder on a real disk, saves to put into it, and the files that are there.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { type HistoryLimits, HistoryStore } from '../../../src/history/historyStore';
import type { SaveRecord } from '../../../src/history/saveRecord';
import { ofUser } from '../../../src/management/resourceId';
import { applyPatch } from '../../../src/metadata/encode';
import { planPatch } from '../../../src/metadata/plan';
import { metadata } from '../../support/json';
import { tenantDomain, userId } from '../../support/management';

export const ACME = tenantDomain('acme.auth0.com');
export const OTHER = tenantDomain('other.auth0.com');
export const JANE = userId('auth0|jane');
export const JOHN = userId('samlp|conn|john/../%2F');
export const GENEROUS: HistoryLimits = { maxEntries: 1_000, maxBytes: 10_000_000 };

export async function setUp(t: TestContext, limits: HistoryLimits = GENEROUS) {
  const root = await mkdtemp(path.join(tmpdir(), 'auth0-metadata-history-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  return { root, store: new HistoryStore(root, () => limits) };
}

export function save(n: number, more: Partial<SaveRecord> = {}): SaveRecord {
  const before = metadata({ user_metadata: { n: n - 1, kept: true } });
  const { body } = planPatch(before, metadata({ user_metadata: { n, kept: true } }), before);
  const after = applyPatch(before, body);
  return { ...ofUser(ACME, JANE), label: `save ${n}`, savedAtMs: n, before, body, after, ...more };
}

export const labels = (records: readonly SaveRecord[]) => records.map(({ label }) => label);

/** The oldest save first. */
export async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return files.map(({ parentPath, name }) => path.join(parentPath, name));
}
