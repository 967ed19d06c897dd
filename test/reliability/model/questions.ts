// What the questions of a save must say.
import assert from 'node:assert/strict';
import { describePath } from '../../../src/text/describe';
import type { Loss, Path } from './oracle';

/** A button of the one question of a save, and not of the other. */
export const CONFLICT = 'Overwrite';

/** A question lists so many paths, and tells how many more there are. */
export const LISTED = 12;

/** What is lost and must be asked about: what a conflict was just decided about is not. */
export function toBeAsked(lost: readonly Loss[], clashes: readonly Path[], policy: unknown): readonly Loss[] {
  const overwritten = (path: Path) => clashes.some(clash => clash.every((step, i) => step === path[i]));
  return lost.filter(({ path, removed }) => {
    if (overwritten(path) || policy === 'never') return false;
    return removed || policy !== 'removals';
  });
}

/** Each path, or one above or below it, has a line of its own. */
export function listed(paths: readonly Path[], detail: string | undefined, what: string): void {
  assert(detail !== undefined, `${what} was not asked about`);
  const lines = detail.split('\n').map(line => line.trim());
  if (lines.some(line => line.startsWith('… and '))) return;
  for (const path of paths) {
    const listed = path.some((_step, i) => i > 0 && lines.some(line => isLineOf(line, path.slice(0, i + 1))));
    assert(
      listed || lines.some(line => line.startsWith(describePath(path))),
      `${describePath(path)} is not in:\n${detail}`,
    );
  }
}

function isLineOf(line: string, path: Path): boolean {
  const text = describePath(path);
  return line === text || line.startsWith(`${text}:`);
}
