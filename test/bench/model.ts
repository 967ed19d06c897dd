// What the bench measures: figures in sections. The JSON of a run is exactly this.

export type Unit = 'ms' | '×' | '%' | 'bytes' | 'KB' | 'requests' | 'requests/s' | 'count';

export interface Bound {
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Figure {
  /** Unique, stable: what budgets.json names it by. */
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** The peers or the floor, measured in the same run on the same work. */
  readonly beside?: readonly Peer[];
  /** What issue or README promise; undefined where the figure is only worth knowing. */
  readonly aim?: Bound;
  readonly note?: string;
}

export interface Peer {
  readonly name: string;
  /** Undefined where it could not do the work; `note` says why. */
  readonly value: number | undefined;
  readonly unit: Unit;
  readonly note?: string;
}

export interface Section {
  readonly figures: readonly Figure[];
}

/** `quick` is what CI can afford: only what is guarded, with fewer samples. */
export type Effort = 'quick' | 'full';

export interface Bench {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  measure(effort: Effort): Promise<Section>;
  /** Needs a VS Code and a browser; not part of the quick run. */
  readonly needsHost?: boolean;
}

export function isWithin(value: number, { atMost, atLeast }: Bound): boolean {
  return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
}
