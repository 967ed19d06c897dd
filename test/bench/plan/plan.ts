// From the edited text to the plan, beside what one would assemble for it and the bare JSON.parse of both sides.

import type { Bench, Effort, Figure, Peer } from '../model';
import { assemblies, FLOOR, OURS, ours, type PlanFrom, parseBoth } from './assemblies';
import { type EditedDocument, editedDocument, SCENARIOS, type Scenario } from './documents';
import { type MicroOptions, medianMs } from './micro';
import { deepNesting } from './nesting';
import { scalingFigures } from './scaling';

interface Size {
  readonly name: string;
  readonly bytes: number;
}

const SIZES: readonly Size[] = [
  { name: '2 KB', bytes: 2_000 },
  { name: '10 KB', bytes: 10_000 },
  { name: '1 MB', bytes: 1_000_000 },
];

export const planBench: Bench = {
  name: 'plan',
  title: 'From the edited text to the plan',
  async measure(effort) {
    const peers = await assemblies();
    const figures: Figure[] = [];
    await warmUp(peers);
    for (const size of SIZES) {
      for (const scenario of scenarios(effort, size))
        figures.push(...(await planFigures(scenario, size, peers, effort)));
    }
    return { figures: [...figures, ...scalingFigures(effort), ...deepNesting(peers)] };
  },
};

/** A megabyte takes a second a contender: the quick run looks at one shape of it. */
function scenarios(effort: Effort, { bytes }: Size): readonly Scenario[] {
  return effort === 'full' || bytes < 1_000_000 ? SCENARIOS : SCENARIOS.filter(({ name }) => name === 'few edits');
}

async function planFigures(
  scenario: Scenario,
  { name, bytes }: Size,
  peers: ReadonlyMap<string, PlanFrom>,
  effort: Effort,
): Promise<Figure[]> {
  const document = editedDocument(scenario, bytes);
  checkAll(document, new Map([[OURS, ours], ...peers]));
  const contenders = new Map<string, () => unknown>([[OURS, () => ours(document.base, document.edited)]]);
  contenders.set(FLOOR, () => parseBoth(document.base, document.edited));
  for (const [peer, planFrom] of peers) contenders.set(peer, () => planFrom(document.base, document.edited));
  const times = await medianMs(contenders, timing(bytes, effort));
  const oursMs = times.get(OURS) ?? Number.NaN;
  const fastest = Math.min(...[...peers.keys()].map(peer => times.get(peer) ?? Number.NaN));
  const id = `plan.${name}.${scenario.name}`.replaceAll(' ', '');
  const beside = [FLOOR, ...peers.keys()].map((peer): Peer => ({ name: peer, value: times.get(peer), unit: 'ms' }));
  return [
    {
      id,
      what: `${name}, ${scenario.name}`,
      value: oursMs,
      unit: 'ms',
      beside,
      ...(name === '10 KB' ? { aim: { atMost: 1 } } : {}),
    },
    {
      id: `${id}.toFastest`,
      what: `${name}, ${scenario.name}: to the fastest assembly`,
      value: oursMs / fastest,
      unit: '×',
      beside: [{ name: `to ${FLOOR}`, value: oursMs / (times.get(FLOOR) ?? Number.NaN), unit: '×' }],
      aim: { atMost: 1 },
    },
  ];
}

function timing(bytes: number, effort: Effort): MicroOptions {
  if (bytes >= 1_000_000) return effort === 'quick' ? { timeMs: 80, rounds: 2 } : { timeMs: 200, rounds: 3 };
  return effort === 'quick' ? { timeMs: 20, rounds: 3, iterations: 40 } : { timeMs: 60, rounds: 5, iterations: 40 };
}

/** Nobody is the first to be compiled. */
async function warmUp(peers: ReadonlyMap<string, PlanFrom>): Promise<void> {
  const [scenario] = SCENARIOS;
  if (!scenario) return;
  const { base, edited } = editedDocument(scenario, 10_000);
  const contenders = Array.from(
    [[OURS, ours] as const, ...peers],
    ([name, run]) => [name, () => run(base, edited)] as const,
  );
  await medianMs(new Map(contenders), { timeMs: 100, rounds: 1, iterations: 300 });
}

/** Nobody is measured who does not do the work. */
function checkAll({ base, edited, rootKeys }: EditedDocument, contenders: ReadonlyMap<string, PlanFrom>): void {
  for (const [name, planFrom] of contenders) {
    const found = planFrom(base, edited).size;
    if (found !== rootKeys) throw new Error(`${name} finds ${found} changed root keys, not ${rootKeys}`);
  }
}
