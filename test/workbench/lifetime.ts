// Everything this process starts ends with it: signals, crashes, a lost parent.

type Cleanup = () => void;

const cleanups = new Set<Cleanup>();
let watching = false;

/**
 * Runs `cleanup` (synchronous: nothing else runs while a process exits) when this process ends in any way but SIGKILL.
 *
 * @returns a function that takes it back
 */
export function onProcessEnd(cleanup: Cleanup): () => void {
  watch();
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

function watch(): void {
  if (watching) return;
  watching = true;
  process.once('exit', () => {
    for (const cleanup of [...cleanups].reverse()) {
      try {
        cleanup();
      } catch {
        // The others must still run, and an exiting process has nobody left to tell.
      }
    }
  });
  // 128 + the signal's number, as shells report it.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGHUP', () => process.exit(129));
  // npm hands a signal to its shell, and the shell keeps it: then only the parent's death can be seen from here.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(129);
  }, 1000).unref();
}
