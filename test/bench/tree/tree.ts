// Row 6, the second half: 100,000 users in the tree.
import { median } from '../micro';
import type { Bench, Figure } from '../model';
import { measureInChild, samplesOf } from '../process/parent';

export const treeBench: Bench = {
  name: 'tree',
  title: '100,000 users in the tree',
  async measure() {
    const few = await measureInChild('tree/treeChild', { users: '10000' });
    const many = await measureInChild('tree/treeChild', { users: '100000' });
    /** Linear is 1. */
    const growth = (name: 'expand' | 'refresh'): Figure => {
      const ms = median(samplesOf(many, name));
      return {
        id: `tree.${name}`,
        what: `${name}: time a user at 100,000, to that at 10,000`,
        value: ms / median(samplesOf(few, name)) / 10,
        unit: '×',
        beside: [{ name: 'at 100,000', value: ms, unit: 'ms' }],
        aim: { atMost: 2 },
      };
    };
    const heap = median(samplesOf(many, 'heapPerUser'));
    return {
      figures: [
        { id: 'tree.heap', what: 'heap a user', value: heap, unit: 'bytes', aim: { atMost: 1_024 } },
        growth('expand'),
        growth('refresh'),
      ],
    };
  },
};
