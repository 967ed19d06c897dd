// Row 2: the activation bundle: its size, what loading it costs, and what it does not load.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { outRoot, projectRoot } from '../../workbench/paths';
import { median } from '../micro';
import type { Bench, Effort } from '../model';
import { measureInChild, samplesOf } from '../process/parent';
import { productionBundles } from './build';

const { LAZY }: { readonly LAZY: Readonly<Record<string, string>> } = require(path.join(projectRoot, 'esbuild.js'));

export const bundleBench: Bench = {
  name: 'bundle',
  title: 'Loading the activation bundle',
  async measure(effort) {
    const folder = await productionBundles();
    const extension = path.join(folder, 'extension.js');
    const { oursMs, emptyMs } = await loadTimes(extension, effort);
    const kilobytes = (file: string) => statSync(path.join(folder, file)).size / 1000;
    const loaded = await measureInChild('bundle/activateChild', { folder });
    const [atStart = Number.NaN] = samplesOf(loaded, 'lazyBundles');
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
          beside: Object.keys(LAZY).map(name => ({ name, value: kilobytes(`${name}.js`), unit: 'KB' })),
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
    ours.push(...samplesOf(await measureInChild('bundle/loadChild', { file: extension }), 'ms'));
    theirs.push(...samplesOf(await measureInChild('bundle/loadChild', { file: empty }), 'ms'));
  }
  return { oursMs: median(ours), emptyMs: median(theirs) };
}
