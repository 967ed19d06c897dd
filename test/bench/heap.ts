// The heap as it is after a collection.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Starts from a clean heap, so that nobody pays for what was measured before. */
export function collectGarbage(): void {
  if (typeof collect === 'function') collect();
}

/** Bytes in use after full collections; a second one takes what finalizers of the first let go. */
export function usedHeapBytes(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
