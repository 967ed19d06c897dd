// The rows of the table, in order.
import { SetupError } from '../workbench/setupError';
import { bundleBench } from './bundle';
import { hostBench } from './host/host';
import { listBench } from './list';
import type { Bench } from './model';
import { planBench } from './plan/plan';
import { queueBench } from './queue';
import { sandboxBench } from './sandbox';
import { savesBench } from './saves';
import { treeBench } from './tree';
import { vsixBench } from './vsix';
import { windowBench } from './window';

export const BENCHES: readonly Bench[] = [
  planBench,
  bundleBench,
  hostBench,
  vsixBench,
  windowBench,
  listBench,
  treeBench,
  savesBench,
  queueBench,
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
