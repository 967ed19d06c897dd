// The rows of the table, in order.
import { SetupError } from '../workbench/setupError';
import { bundleBench } from './bundle/bundle';
import { vsixBench } from './bundle/vsix';
import { hostBench } from './host/host';
import type { Bench } from './model';
import { planBench } from './plan/plan';
import { sandboxBench } from './sandbox/sandbox';
import { savesBench } from './session/saves';
import { windowBench } from './session/window';
import { listBench } from './tree/list';
import { treeBench } from './tree/tree';

export const BENCHES: readonly Bench[] = [
  planBench,
  bundleBench,
  hostBench,
  vsixBench,
  windowBench,
  listBench,
  treeBench,
  savesBench,
  sandboxBench,
];

/** @throws SetupError for a name that there is not */
export function chosen(only: string | undefined): readonly Bench[] {
  if (only === undefined) return BENCHES;
  return only.split(',').map(name => {
    const bench = BENCHES.find(candidate => candidate.name === name);
    if (!bench)
      throw new SetupError(`There is no "${name}": known are ${BENCHES.map(known => known.name).join(', ')}.`);
    return bench;
  });
}
