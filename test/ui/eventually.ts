// Waiting for something that only repeated looking can tell.

const PERIOD_MS = 50;
const TIMEOUT_MS = 60_000;

/** Repeats `assertion` until it passes; after a minute it fails as it last did. */
export async function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise(resolve => setTimeout(resolve, PERIOD_MS));
  }
}
