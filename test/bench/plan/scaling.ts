// Time against size, to 16 MB, for each shape of a document: does it grow as that of JSON.parse does?
import { collectGarbage } from '../heap';
import type { Effort, Figure } from '../model';
import { ours, parseBoth } from './assemblies';
import { editedDocument, SCENARIOS, type Scenario } from './documents';

const MB = 1_000_000;

/** From here on everything is larger than the caches and the young generation: below, they decide. */
const SETTLED = MB / 2;

interface Point {
  readonly bytes: number;
  readonly oursMs: number;
  readonly floorMs: number;
}

export function scalingFigures(effort: Effort): readonly Figure[] {
  return effort === 'full'
    ? SCENARIOS.map(shape => growth(shape, 16 * MB))
    : SCENARIOS.slice(0, 1).map(shape => growth(shape, 4 * MB));
}

/** How many times the floor it takes at `largest`, to that where it has settled; 1 is as linear as parsing. */
function growth(shape: Scenario, largest: number): Figure {
  const [from, to] = [pointAt(shape, SETTLED), pointAt(shape, largest)];
  const perByte = (name: 'oursMs' | 'floorMs') => to[name] / to.bytes / (from[name] / from.bytes);
  return {
    id: `plan.growth.${shape.name.replaceAll(' ', '')}`,
    what: `${shape.name}: times JSON.parse at ${Math.round(to.bytes / MB)} MB, to that at ${SETTLED / MB} MB`,
    value: to.oursMs / to.floorMs / (from.oursMs / from.floorMs),
    unit: '×',
    beside: [
      { name: 'a byte costs', value: perByte('oursMs'), unit: '×' },
      { name: 'of JSON.parse', value: perByte('floorMs'), unit: '×' },
    ],
    aim: { atMost: 2 },
    note: `${to.oursMs.toFixed(0)} ms at the end`,
  };
}

function pointAt(shape: Scenario, size: number): Point {
  const { base, edited } = editedDocument(shape, size);
  const [oursMs, floorMs] = [timeMs(() => ours(base, edited)), timeMs(() => parseBoth(base, edited))];
  return { bytes: base.length, oursMs, floorMs };
}

/** Of one call: the lower quartile of as many as a fifth of a second takes, at least three. Noise only ever adds. */
function timeMs(run: () => unknown): number {
  collectGarbage();
  const times: number[] = [];
  const end = performance.now() + 200;
  while (times.length < 3 || performance.now() < end) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? Number.NaN;
}
