// The activation bundle: its size, what loading it costs, and what it does not load.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { api } from '../support/vscode/api';
import { outRoot, projectRoot } from '../workbench/paths';
import { productionBundles, startExtension } from './extension';
import { type Measurement, measureInChild } from './measureInChild';
import type { Bench, Effort } from './model';
import { median, samplesOf } from './samples';

export const bundleBench: Bench = {
  name: 'bundle',
  title: 'Loading the activation bundle',
  async measure(effort) {
    const folder = await productionBundles();
    const { oursMs, emptyMs } = await loadTimes(path.join(folder, 'extension.js'), effort);
    const kilobytes = (file: string) => statSync(path.join(folder, file)).size / 1000;
    const [atStart = Number.NaN] = samplesOf(await measureInChild('activate', { folder }), 'lazyBundles');
    return {
      figures: [
        {
          id: 'bundle.load',
          what: 'loading it, beyond an empty extension',
          value: oursMs - emptyMs,
          unit: 'ms',
          beside: [
            { name: 'all of it', value: oursMs, unit: 'ms' },
            { name: 'an empty extension', value: emptyMs, unit: 'ms' },
          ],
          aim: { atMost: 5 },
        },
        {
          id: 'bundle.size',
          what: 'extension.js',
          value: kilobytes('extension.js'),
          unit: 'KB',
          beside: lazyBundles().map(name => ({ name, value: kilobytes(`${name}.js`), unit: 'KB' })),
          aim: { atMost: 60 },
        },
        {
          id: 'bundle.lazyAtStart',
          what: 'bundles beside it that activation loads',
          value: atStart,
          unit: 'count',
          aim: { atMost: 0 },
        },
      ],
    };
  },
};

function lazyBundles(): readonly string[] {
  const { LAZY }: { readonly LAZY: Readonly<Record<string, string>> } = require(path.join(projectRoot, 'esbuild.js'));
  return Object.keys(LAZY);
}

/** Medians over processes, taking turns. */
async function loadTimes(
  extension: string,
  effort: Effort,
): Promise<{ readonly oursMs: number; readonly emptyMs: number }> {
  const empty = path.join(outRoot, 'bench', 'empty.js');
  mkdirSync(path.dirname(empty), { recursive: true });
  writeFileSync(empty, 'exports.activate = () => undefined;\n');
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < (effort === 'full' ? 25 : 3); i++) {
    ours.push(...samplesOf(await measureInChild('load', { file: extension }), 'ms'));
    theirs.push(...samplesOf(await measureInChild('load', { file: empty }), 'ms'));
  }
  return { oursMs: median(ours), emptyMs: median(theirs) };
}

/** Loads one file as the extension host would, and says how long that took. */
export const load: Measurement = async ({ file = '' }) => {
  // VS Code's has some 400 names: copying it is not free.
  for (let i = 0; i < 380; i++) Object.assign(api, { [`Name${i}`]: class {} });
  // What every extension host has loaded before any extension.
  for (const name of ['node:fs/promises', 'node:path', 'node:crypto', 'node:timers/promises']) require(name);
  const start = performance.now();
  require(file);
  return { ms: [performance.now() - start] };
};

/** Activates the extension, and says which of our other bundles are loaded then. */
export const activate: Measurement = async ({ folder = '' }) => {
  await startExtension(folder);
  // Whatever activation has left for the next turns counts as well.
  await new Promise(resolve => setTimeout(resolve, 50));
  const loaded = Object.keys(require.cache).filter(file => path.dirname(file) === folder);
  return { lazyBundles: [loaded.length - 1] };
};
