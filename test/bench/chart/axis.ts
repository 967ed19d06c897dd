// A logarithmic axis: where a value stands, and which values get a line.

export interface Axis {
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** Whole decades around the values; `from` and `to` are where the axis begins and ends, in pixels. */
export function logAxis(values: readonly number[], from: number, to: number): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const at = (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)) };
}

/** `1 KB`, `10 MB`, `0.01`: sizes get a unit. */
export function tickLabel(value: number, isBytes: boolean): string {
  if (!isBytes) return String(Number(value.toPrecision(3)));
  if (value >= 1e6) return `${value / 1e6} MB`;
  return value >= 1e3 ? `${value / 1e3} KB` : `${value} B`;
}
