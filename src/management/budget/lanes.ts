// The requests that wait, in order: first by priority, then as they came. Each route has a lane of its own.
import type { RouteKey } from './routes';

/**
 * `user`: somebody waits for it: a click, an open, a save. `visible`: what is shown loads by itself. `background`: anything
 * that nobody looks at yet.
 */
export type Priority = 'user' | 'visible' | 'background';

export const PRIORITIES: readonly Priority[] = ['user', 'visible', 'background'];

export interface Queued {
  readonly priority: Priority;
  readonly route: RouteKey;
  /** As they came. A request that was refused keeps its place. */
  readonly order: number;
}

export class Lanes<T extends Queued> {
  readonly #lanes: Readonly<Record<Priority, Map<RouteKey, T[]>>> = {
    user: new Map(),
    visible: new Map(),
    background: new Map(),
  };

  add(queued: T): void {
    const lanes = this.#lanes[queued.priority];
    const lane = lanes.get(queued.route) ?? [];
    lanes.set(queued.route, lane);
    // From the end, where almost all belong.
    let at = lane.length;
    for (let before = lane[at - 1]; before && before.order > queued.order; before = lane[at - 1]) at--;
    lane.splice(at, 0, queued);
  }

  remove(queued: T): void {
    const lane = this.#lanes[queued.priority].get(queued.route) ?? [];
    // The first, nearly always.
    const at = lane[0] === queued ? 0 : lane.indexOf(queued);
    if (at === 0) lane.shift();
    else if (at > 0) lane.splice(at, 1);
  }

  /** The first one of a priority whose route is not `skipped`. */
  first(priority: Priority, skipped: (route: RouteKey) => boolean): T | undefined {
    let first: T | undefined;
    for (const [route, [head]] of this.#lanes[priority]) {
      if (head && (!first || head.order < first.order) && !skipped(route)) first = head;
    }
    return first;
  }

  *of(priority: Priority): Iterable<T> {
    for (const lane of this.#lanes[priority].values()) yield* lane;
  }
}
