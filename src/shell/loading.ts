// Parts of the extension that are loaded when they are first used.

/** A part could not be loaded: the installation is damaged, or the disk. */
export class LoadError extends Error {
  override readonly name = 'LoadError';

  /** By its name: each bundle that is loaded on its own has its own copy of this class. */
  static is(error: unknown): boolean {
    return error instanceof Error && error.name === 'LoadError';
  }
}

/** @throws LoadError */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new LoadError('a part of the extension could not be loaded', { cause });
  }
}
