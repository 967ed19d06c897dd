// The committed budgets: figure → bound. Only for what the machine's speed does not decide.
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from '../workbench/paths';
import { type Bound, type Figure, isWithin } from './model';

export type Budgets = ReadonlyMap<string, Bound>;

export interface Verdict {
  readonly id: string;
  readonly ok: boolean;
  readonly text: string;
}

/** @throws Error if the file holds something else than bounds */
export function readBudgets(): Budgets {
  const file: unknown = JSON.parse(readFileSync(path.join(projectRoot, 'test', 'bench', 'budgets.json'), 'utf8'));
  if (typeof file !== 'object' || file === null) throw new Error('budgets.json holds no budgets');
  return new Map(Object.entries(file).map(([id, bound]) => [id, toBound(id, bound)]));
}

/** One verdict a budget whose figure was measured, in the order of the figures. */
export function judge(figures: readonly Figure[], budgets: Budgets): readonly Verdict[] {
  return figures.flatMap(({ id, value, unit }) => {
    const bound = budgets.get(id);
    if (!bound) return [];
    if (unit === 'ms') return [{ id, ok: false, text: 'a time has no budget: machines differ' }];
    const text = `${format(value)} ${unit}, allowed ${boundText(bound)}`;
    return [{ id, ok: isWithin(value, bound), text }];
  });
}

export function boundText({ atMost, atLeast }: Bound): string {
  return [atLeast === undefined ? [] : [`≥ ${atLeast}`], atMost === undefined ? [] : [`≤ ${atMost}`]].flat().join(', ');
}

export function format(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value < 0.1 ? 3 : 2);
}

function toBound(id: string, value: unknown): Bound {
  const { atMost, atLeast, ...rest } =
    typeof value === 'object' && value !== null ? { atMost: undefined, atLeast: undefined, ...value } : {};
  const bounds = [atMost, atLeast].filter(bound => bound !== undefined);
  if (bounds.length === 0 || Object.keys(rest).length > 0 || bounds.some(bound => typeof bound !== 'number')) {
    throw new Error(`the budget of ${id} is no bound`);
  }
  return { ...(typeof atMost === 'number' && { atMost }), ...(typeof atLeast === 'number' && { atLeast }) };
}
