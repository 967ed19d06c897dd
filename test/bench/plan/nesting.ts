// 5,000 levels of nesting: who gets through.
import type { Figure, Peer } from '../model';
import { ours, type PlanFrom } from './assemblies';

const LEVELS = 5_000;

export function deepNesting(peers: ReadonlyMap<string, PlanFrom>): readonly Figure[] {
  const text = (leaf: number) =>
    `{"user_metadata":{"a":${'{"a":'.repeat(LEVELS)}${leaf}${'}'.repeat(LEVELS)}},"app_metadata":{}}`;
  const crashes = (planFrom: PlanFrom) => {
    try {
      return planFrom(text(1), text(2)).size === 1 ? 0 : 1;
    } catch (error) {
      if (error instanceof RangeError) return 1;
      throw error;
    }
  };
  const beside = Array.from(peers, ([name, planFrom]): Peer => ({ name, value: crashes(planFrom), unit: 'count' }));
  const what = `${LEVELS.toLocaleString('en')} levels of nesting: crashes`;
  return [{ id: 'plan.nesting.crashes', what, value: crashes(ours), unit: 'count', beside, aim: { atMost: 0 } }];
}
