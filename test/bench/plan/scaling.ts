// Time against size, to 16 MB, for each shape of ours and for each assembly: is it linear, and where does which one end?

import { collectGarbage } from '../heap';
import type { Curve, Effort, Figure, Series } from '../model';
import { FLOOR, OURS, ours, type PlanFrom, parseBoth } from './assemblies';
import { type EditedDocument, editedDocument, SCENARIOS, type Scenario } from './documents';

const MB = 1_000_000;
const FULL = [2_000, 8_000, 32_000, 125_000, MB / 2, 2 * MB, 8 * MB, 16 * MB];
const QUICK = [MB / 2, 4 * MB];

/** The assemblies are followed to here: beyond, one point takes seconds and tells nothing new. */
const PEERS_TO = 8 * MB;

/** From here on everything is larger than the caches and the young generation: below, they bend every curve. */
const SETTLED = MB / 2;

type Run = (base: string, edited: string) => unknown;
type Point = readonly [bytes: number, ms: number];

export async function scalingCurves(
  effort: Effort,
  peers: ReadonlyMap<string, PlanFrom>,
): Promise<{ readonly figures: readonly Figure[]; readonly curves: readonly Curve[] }> {
  const sizes = effort === 'full' ? FULL : QUICK;
  const shapes = effort === 'full' ? SCENARIOS : SCENARIOS.slice(0, 1);
  const figures: Figure[] = [];
  const byShape: Series[] = [];
  const byContender: Series[] = [];
  for (const shape of shapes) {
    const contenders = new Map<string, Run>([
      [OURS, ours],
      [FLOOR, parseBoth],
    ]);
    const isFirst = byShape.length === 0;
    if (effort === 'full' && isFirst) for (const [name, run] of peers) contenders.set(name, run);
    const curves = curvesOf(shape, sizes, contenders);
    const [mine = [], floor = []] = [curves.get(OURS), curves.get(FLOOR)];
    figures.push(growth(shape.name, mine, floor));
    byShape.push({ name: shape.name, points: mine });
    if (isFirst) byContender.push(...Array.from(curves, ([name, points]) => ({ name, points })));
  }
  const axes = { xLabel: 'size of the document (bytes)', yLabel: 'text to plan (ms)' };
  const title = 'From the edited text to the plan';
  return {
    figures,
    curves: [
      { id: 'plan-assemblies', title: `${title}: few edits`, ...axes, series: byContender },
      { id: 'plan-shapes', title: `${title}: by shape of the document`, ...axes, series: byShape },
    ],
  };
}

function curvesOf(
  shape: Scenario,
  sizes: readonly number[],
  contenders: ReadonlyMap<string, Run>,
): Map<string, Point[]> {
  const curves = new Map<string, Point[]>(Array.from(contenders.keys(), name => [name, []]));
  for (const bytes of sizes) {
    const document = editedDocument(shape, bytes);
    for (const [name, run] of contenders) {
      const isPeer = name !== OURS && name !== FLOOR;
      if (!isPeer || bytes <= PEERS_TO) curves.get(name)?.push([document.base.length, timeMs(document, run)]);
    }
  }
  return curves;
}

/** Of one call: the lower quartile of as many as a fifth of a second takes, at least three. Noise only ever adds. */
function timeMs({ base, edited }: EditedDocument, run: Run): number {
  // Before small ones it would only throw compiled code away.
  if (base.length >= SETTLED) collectGarbage();
  const times: number[] = [];
  const end = performance.now() + 200;
  while (times.length < 3 || performance.now() < end) {
    const start = performance.now();
    run(base, edited);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? Number.NaN;
}

/** How many times the floor it takes at the end of the curve, to that where it has settled; 1 is as linear as parsing. */
function growth(name: string, mine: readonly Point[], floor: readonly Point[]): Figure {
  const from = mine.findIndex(([bytes]) => bytes >= SETTLED);
  const timesFloor = (at: number) => (mine.at(at)?.[1] ?? Number.NaN) / (floor.at(at)?.[1] ?? Number.NaN);
  const perByte = (points: readonly Point[]) => {
    const [first, last] = [points[from], points.at(-1)];
    return first && last ? last[1] / last[0] / (first[1] / first[0]) : Number.NaN;
  };
  const [bytes, ms] = mine.at(-1) ?? [Number.NaN, Number.NaN];
  return {
    id: `plan.growth.${name.replaceAll(' ', '')}`,
    what: `${name}: times JSON.parse at ${Math.round(bytes / MB)} MB, to that at ${SETTLED / MB} MB`,
    value: timesFloor(-1) / timesFloor(from),
    unit: '×',
    beside: [
      { name: 'a byte costs', value: perByte(mine), unit: '×' },
      { name: 'of JSON.parse', value: perByte(floor), unit: '×' },
    ],
    aim: { atMost: 2 },
    note: `${ms.toFixed(0)} ms at the end`,
  };
}
