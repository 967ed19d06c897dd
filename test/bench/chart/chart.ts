// A curve of size against time as an SVG: both axes logarithmic, so that linear growth is a straight line of slope 1.
import type { Curve, Series } from '../model';
import { type Axis, logAxis, tickLabel } from './axis';
import { element, line, polyline, text } from './svg';

const WIDTH = 960;
const HEIGHT = 560;
const LEFT = 80;
const RIGHT = 290;
const TOP = 56;
const BOTTOM = 64;
const FONT = 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif';
const GRID = '#e3e6ea';
const INK = '#24292f';
const MUTED = '#6e7781';

/** Told apart by people who see colours differently, too (Okabe and Ito); ours is the first, and thicker. */
const COLOURS = ['#0072b2', '#7f7f7f', '#d55e00', '#e69f00', '#cc79a7', '#009e73', '#56b4e9', '#000000'];

export function chart(curve: Curve): string {
  const points = curve.series.flatMap(({ points: of }) => of);
  const x = logAxis(
    points.map(([size]) => size),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = logAxis(
    points.map(([, value]) => value),
    HEIGHT - BOTTOM,
    TOP,
  );
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: WIDTH,
      height: HEIGHT,
      'font-family': FONT,
    },
    element('rect', { width: WIDTH, height: HEIGHT, fill: '#ffffff' }),
    text(LEFT, 30, curve.title, { 'font-size': 18, 'font-weight': 600, fill: INK }),
    ...grid(x, y, curve),
    ...linear(x, y, curve.series[0]),
    ...curve.series.toReversed().flatMap((series, i) => drawn(series, curve.series.length - 1 - i, x, y)),
    ...legend(curve.series, y),
  );
}

function grid(x: Axis, y: Axis, { xLabel, yLabel }: Curve): readonly string[] {
  const label = { 'font-size': 12, fill: MUTED };
  const [right, bottom] = [WIDTH - RIGHT, HEIGHT - BOTTOM];
  return [
    ...x.ticks.flatMap(tick => [
      line(x.at(tick), TOP, x.at(tick), bottom, { stroke: GRID }),
      text(x.at(tick), bottom + 18, tickLabel(tick, /bytes/.test(xLabel)), { ...label, 'text-anchor': 'middle' }),
    ]),
    ...y.ticks.flatMap(tick => [
      line(LEFT, y.at(tick), right, y.at(tick), { stroke: GRID }),
      text(LEFT - 8, y.at(tick) + 4, tickLabel(tick, false), { ...label, 'text-anchor': 'end' }),
    ]),
    text((LEFT + right) / 2, HEIGHT - 18, xLabel, { ...label, 'text-anchor': 'middle' }),
    text(0, 0, yLabel, {
      ...label,
      'text-anchor': 'middle',
      transform: `translate(22 ${(TOP + bottom) / 2}) rotate(-90)`,
    }),
  ];
}

/** What exactly linear growth from the first point of a series would look like. */
function linear(x: Axis, y: Axis, series: Series | undefined): readonly string[] {
  const [first, last] = [series?.points[0], series?.points.at(-1)];
  if (!first || !last) return [];
  const end = (first[1] * last[0]) / first[0];
  const style = { stroke: MUTED, 'stroke-dasharray': '2 5', 'stroke-width': 1.5 };
  return [line(x.at(first[0]), y.at(first[1]), x.at(last[0]), y.at(end), style)];
}

function drawn({ points }: Series, index: number, x: Axis, y: Axis): readonly string[] {
  const stroke = COLOURS[index % COLOURS.length] ?? INK;
  const placed = points.map(([size, value]) => [x.at(size), y.at(value)] as const);
  return [
    polyline(placed, { stroke, 'stroke-width': index === 0 ? 3 : 1.75, 'stroke-linejoin': 'round' }),
    ...placed.map(([cx, cy]) => element('circle', { cx, cy, r: index === 0 ? 4 : 3, fill: stroke })),
  ];
}

/** In the order in which the lines end, from the top. */
function legend(series: readonly Series[], y: Axis): readonly string[] {
  const end = ({ points }: Series) => y.at(points.at(-1)?.[1] ?? 1);
  const entries = series.map((of, index) => ({ of, index })).sort((a, b) => end(a.of) - end(b.of));
  const left = WIDTH - RIGHT + 20;
  return [
    ...entries.flatMap(({ of, index }, row) => {
      const at = TOP + 14 + row * 24;
      const colour = COLOURS[index % COLOURS.length] ?? INK;
      const weight = index === 0 ? 600 : 400;
      return [
        line(left, at - 4, left + 22, at - 4, { stroke: colour, 'stroke-width': index === 0 ? 3 : 1.75 }),
        text(left + 30, at, of.name, { 'font-size': 13, fill: INK, 'font-weight': weight }),
      ];
    }),
    line(left, TOP + 10 + entries.length * 24, left + 22, TOP + 10 + entries.length * 24, {
      stroke: MUTED,
      'stroke-dasharray': '2 5',
    }),
    text(left + 30, TOP + 14 + entries.length * 24, 'linear', { 'font-size': 13, fill: MUTED }),
  ];
}
