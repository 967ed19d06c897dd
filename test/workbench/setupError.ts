// What a person can put right: shown as its one sentence, without a stack.

export class SetupError extends Error {
  override readonly name = 'SetupError';
}

const MINIMUM_NODE = 20;

/** Runs a command-line program; a `SetupError` ends it with its sentence and exit code 1. */
export function runMain(main: () => Promise<void>): void {
  if (Number.parseInt(process.versions.node, 10) < MINIMUM_NODE) {
    console.error(`Node.js ${MINIMUM_NODE} or newer is needed; this is ${process.versions.node}.`);
    process.exit(1);
  }
  main().catch((error: unknown) => {
    console.error(error instanceof SetupError ? error.message : error);
    process.exit(1);
  });
}
