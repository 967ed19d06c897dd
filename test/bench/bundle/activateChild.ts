// Activates the extension, and says which of our other bundles are loaded then.
import * as path from 'node:path';
import { runChild } from '../process/child';
import { startExtension } from '../stub/extension';

runChild(async ({ folder = '' }) => {
  startExtension(folder);
  // Whatever activation has left for the next turns counts as well.
  await new Promise(resolve => setTimeout(resolve, 50));
  const loaded = Object.keys(require.cache).filter(file => path.dirname(file) === folder);
  return { lazyBundles: [loaded.length - 1] };
});
