// What each route has told of its limit, and which routes may share one: see rateRoom.ts.
import { type Heard, lentPerMs, nextWord, provesApart, provesSteady, type SeenLimit, type Word } from './word';

/** `METHOD route`. Undefined for room that is held before it is known for what: it counts in every limit. */
export type RouteKey = string | undefined;

export class Routes {
  readonly #words = new Map<string, Word>();
  readonly #apart = new Set<string>();

  get(route: string): Word | undefined {
    return this.#words.get(route);
  }

  set(route: string, word: Word): void {
    this.#words.set(route, word);
  }

  /** The route has no limit. */
  delete(route: string): void {
    this.#words.delete(route);
  }

  /** What one route tells of how its limit recovers holds for all that may share it. */
  hear(route: string, heard: Heard): void {
    for (const [other, word] of this.#words) {
      if (other !== route && word.limit === heard.limit && provesApart(word, heard)) {
        this.#apart.add(pairOf(route, other));
      }
    }
    const same = this.#ofLimit(route, heard.limit);
    const isSteady = same.some(word => provesSteady(word, heard));
    this.#words.set(route, nextWord(this.#words.get(route), heard, isSteady));
    if (isSteady || same.some(word => word.isSteady)) this.#lend(heard.limit);
  }

  /** Whether two routes may share a limit. */
  isShared(a: RouteKey, b: RouteKey): boolean {
    if (a === b || a === undefined || b === undefined) return true;
    const [limitA, limitB] = [this.#words.get(a)?.limit, this.#words.get(b)?.limit];
    if (limitA !== undefined && limitB !== undefined && limitA !== limitB) return false;
    return this.#apart.size === 0 || !this.#apart.has(pairOf(a, b));
  }

  *sharing(route: RouteKey): Iterable<readonly [string, Word]> {
    for (const entry of this.#words) if (this.isShared(route, entry[0])) yield entry;
  }

  /** Past its reset, and another route has newer numbers of the same limit. */
  isOutdated(route: string, { limit }: Word, nowMs: number): boolean {
    for (const [other, word] of this.#words) {
      if (word.limit === limit && nowMs < word.resetAtMs && this.isShared(route, other)) return true;
    }
    return false;
  }

  /** The newest of each limit. */
  seen(): readonly SeenLimit[] {
    const byLimit = new Map<number, SeenLimit & { readonly tick: number }>();
    for (const [route, { told, tick, resetAtMs }] of this.#words) {
      if (!told || tick < (byLimit.get(told.limit)?.tick ?? 0)) continue;
      byLimit.set(told.limit, { route, limit: told.limit, remaining: told.remaining, resetAtMs, tick });
    }
    return Array.from(byLimit.values(), ({ tick: _, ...seen }) => seen);
  }

  #lend(limit: number): void {
    const all = Array.from(this.#words.values()).filter(word => word.limit === limit);
    for (const [route, word] of this.#words) {
      if (word.limit !== limit) continue;
      const perMs = lentPerMs(word, this.#apart.size === 0 ? all : this.#ofLimit(route, limit));
      if (perMs !== word.lentPerMs) this.#words.set(route, { ...word, lentPerMs: perMs });
    }
  }

  #ofLimit(route: string, limit: number): readonly Word[] {
    return Array.from(this.sharing(route), ([, word]) => word).filter(word => word.limit === limit);
  }
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}
