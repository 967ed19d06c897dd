// What a person can put right: shown as its one sentence, without a stack.

export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Runs a command-line program; a `SetupError` ends it with its sentence and exit code 1. */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof SetupError ? error.message : error);
    process.exit(1);
  });
}
