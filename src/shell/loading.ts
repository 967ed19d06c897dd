// Loads parts of the extension on first use.

/** A part could not be loaded: the installation or the disk is damaged. */
export class LoadError extends Error {
  override readonly name = 'LoadError';

  /** Compares names: every lazily loaded bundle has its own copy of this class. */
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
