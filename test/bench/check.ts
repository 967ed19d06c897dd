// What CI guards: the quick run of each row against budgets.json. `checkBudgets` is a tier of `npm test`.
import type { Counts } from '../workbench/counts';
import { BENCHES } from './benches';
import { type Budgets, judge, readBudgets, type Verdict } from './budgets';
import type { Bench } from './model';

/** A machine that is busy with something else spoils a ratio, never a count or a size: those get no second chance. */
const ATTEMPTS = 5;

/** One test a budget. A budget whose figure nobody measures any more fails. */
export async function checkBudgets(benches: readonly Bench[] = BENCHES): Promise<Counts> {
  const budgets = readBudgets();
  const verdicts: Verdict[] = [];
  for (const bench of benches.filter(({ needsHost }) => !needsHost)) verdicts.push(...(await check(bench, budgets)));
  const missing = benches === BENCHES ? unmeasured(budgets, verdicts) : [];
  const failed = [...verdicts, ...missing].filter(({ ok }) => !ok).length;
  for (const { id, text } of missing) console.log(`✗ ${id}: ${text}`);
  return { passed: verdicts.length + missing.length - failed, failed, skipped: [] };
}

async function check(bench: Bench, budgets: Budgets): Promise<readonly Verdict[]> {
  const best = new Map<string, Verdict>();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { figures } = await bench.measure('quick');
    const isRatio = new Set(figures.filter(({ unit }) => unit === '×' || unit === '%').map(({ id }) => id));
    for (const verdict of judge(figures, budgets)) {
      const before = best.get(verdict.id);
      if (!before || (verdict.ok && isRatio.has(verdict.id))) best.set(verdict.id, verdict);
    }
    if (![...best.values()].some(({ id, ok }) => !ok && isRatio.has(id))) break;
  }
  for (const { id, ok, text } of best.values()) console.log(`${ok ? '✓' : '✗'} ${id}: ${text}`);
  return [...best.values()];
}

function unmeasured(budgets: Budgets, verdicts: readonly Verdict[]): readonly Verdict[] {
  const measured = new Set(verdicts.map(({ id }) => id));
  return [...budgets.keys()]
    .filter(id => !measured.has(id))
    .map(id => ({ id, ok: false, text: 'nothing measures this any more' }));
}
