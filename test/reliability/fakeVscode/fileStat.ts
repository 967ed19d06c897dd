// What VS Code takes from a `stat`, and what it makes of it.

/** Part of vscode.FileStat. */
export interface FileStat {
  readonly mtime: number;
  readonly size: number;
}

/** Without one, a file is read whatever its stat says, and written over whatever is there. */
export const NO_TAG = '';

/** Two states of a file with the same tag are the same to VS Code: it does not read the second. */
export function tagOf({ mtime, size }: FileStat): string {
  // In these bases, and without anything between them: small times and sizes can be mistaken for others.
  return mtime.toString(29) + size.toString(31);
}

/** Whether a save is refused because the file is newer. Of equal length, it passes. */
export function isNewer(now: FileStat, known: FileStat & { readonly tag: string }): boolean {
  return known.tag !== NO_TAG && known.mtime < now.mtime && known.tag !== tagOf({ ...known, size: now.size });
}
