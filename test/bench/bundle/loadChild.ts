// Loads one file in a process of its own, as the extension host would, and says how long that took.

import { runChild } from '../process/child';
import { installVscode } from '../stub/vscode';

runChild(async ({ file = '' }) => {
  installVscode();
  // What every extension host has loaded before any extension.
  for (const name of ['node:fs/promises', 'node:path', 'node:crypto', 'node:timers/promises']) require(name);
  const start = performance.now();
  require(file);
  return { ms: [performance.now() - start] };
});
