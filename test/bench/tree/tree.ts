// Row 6, the second half: 100,000 users in the tree.
import { median } from '../micro';
import type { Bench, Figure, Series } from '../model';
import type { Samples } from '../process/child';
import { measureInChild, samplesOf } from '../process/parent';

const FULL = [1_000, 3_000, 10_000, 30_000, 100_000];
const QUICK = [10_000, 100_000];

export const treeBench: Bench = {
  name: 'tree',
  title: '100,000 users in the tree',
  async measure(effort) {
    const sizes = effort === 'full' ? FULL : QUICK;
    const bySize = new Map<number, Samples>();
    for (const users of sizes) bySize.set(users, await measureInChild('tree/treeChild', { users: String(users) }));
    const largest = bySize.get(100_000);
    const heap = largest ? median(samplesOf(largest, 'heapPerUser')) : Number.NaN;
    const series = ['expand', 'refresh'].map(
      (name): Series => ({
        name,
        points: Array.from(bySize, ([users, samples]) => [users, median(samplesOf(samples, name))]),
      }),
    );
    return {
      figures: [
        { id: 'tree.heap', what: 'heap a user', value: heap, unit: 'bytes', aim: { atMost: 1_024 } },
        ...series.map(growth),
      ],
      curves: [
        {
          id: 'tree',
          title: 'Users in the tree: expand what is loaded, refresh all of it',
          xLabel: 'users',
          yLabel: 'time (ms)',
          series,
        },
      ],
    };
  },
};

/** Time a user at 100,000 to that at 10,000; linear is 1. */
function growth({ name, points }: Series): Figure {
  const at = (users: number) => points.find(([size]) => size === users)?.[1] ?? Number.NaN;
  return {
    id: `tree.${name}`,
    what: `${name}: time a user at 100,000, to that at 10,000`,
    value: at(100_000) / at(10_000) / 10,
    unit: '×',
    beside: [{ name: 'at 100,000', value: at(100_000), unit: 'ms' }],
    aim: { atMost: 2 },
  };
}
