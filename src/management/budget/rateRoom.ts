// How much room the rate limits of a tenant have for more requests, by the headers of earlier answers.
//
// Limits differ by kind of request, and no header names the kind. So all routes count as one limit until headers prove two of
// them apart: by another `limit`, or by a `remaining` that the other's limit could not have (see `provesApart`). Each route
// keeps its own last word, and a request needs room by the words of all routes that may share its limit. Where routes share
// none, that is careful for longer than necessary. Where two limits tell the same numbers as one would, nothing is lost either:
// the smaller one counts. If one limit told two numbers by turns, its routes would count as apart, too much would be sent,
// and the 429 that comes of it is waited out like any other.
import { type HeaderOf, parseDate, retryDelayMs } from '../http/retry';
import { ServerClock } from './clock';
import { leftAt, nextWord, numbersOf, provesApart, roomAtMs, type SeenLimit, type Word } from './word';

/** `METHOD route`. Undefined for room that is held before it is known for what: it counts in every limit. */
export type RouteKey = string | undefined;

/** One request on its way. */
export interface Flight {
  readonly route: string;
  readonly sentAtMs: number;
  readonly tick: number;
  /** How many answers had come before it was sent. */
  readonly answers: number;
}

/** Before the first answer. The smallest plan has this much, and a save needs it. */
const FIRST_ROOM = 2;

/** A first answer that takes longer is not waited for any more. */
const FIRST_ANSWER_MS = 3_000;

/** The server's clock is known well enough. */
const SURE_MS = 100;

/** Of a reset that is past, or now. */
const SHORTEST_MS = 100;

export class RateRoom {
  readonly #words = new Map<string, Word>();
  readonly #refusals = new Map<string, number>();
  /** Requests on their way and held room, by route. */
  readonly #open = new Map<RouteKey, number>();
  readonly #apart = new Set<string>();
  readonly #clock = new ServerClock();
  #firstAtMs = 0;
  #tick = 0;
  #answers = 0;

  /**
   * In ms, until there is room for `requests` more and for `reserve(limit)` beyond them; Infinity if that depends on answers
   * that are still to come. A limit that is smaller has to be full.
   */
  delayMs(route: RouteKey, requests: number, reserve: (limit: number) => number, nowMs: number): number {
    let delayMs = this.#answers > 0 ? 0 : this.#firstDelayMs(requests, reserve, nowMs);
    for (const [key, word] of this.#sharing(route)) {
      const { limit = FIRST_ROOM } = word;
      const needed = Math.min(requests + reserve(limit), limit);
      if (nowMs < word.resetAtMs) {
        if (this.#leftOf(key, word, nowMs) < needed) delayMs = Math.max(delayMs, roomAtMs(word, needed) - nowMs);
      } else if (!this.#isOutdated(key, word, nowMs) && limit - this.#openBeside(key) < needed) {
        delayMs = Number.POSITIVE_INFINITY;
      }
    }
    return delayMs;
  }

  /**
   * In ms, until the end of an even share of the time to the reset, times `stretch`, since `lastMs`. 0 if there is nothing to be shared out:
   * what comes back steadily is spread out already. After a reset, Infinity until the first answer tells the next one.
   */
  paceMs(route: RouteKey, lastMs: number, stretch: number, reserve: (limit: number) => number, nowMs: number): number {
    let delayMs = 0;
    for (const [key, word] of this.#sharing(route)) {
      if (nowMs >= word.resetAtMs && this.#openBeside(key) > 0 && !this.#isOutdated(key, word, nowMs)) {
        return Number.POSITIVE_INFINITY;
      }
      // In step with the server's seconds, no answer would tell more of its clock.
      const unsureMs = this.#clock.uncertaintyMs;
      if (unsureMs > SURE_MS && nowMs >= word.resetAtMs) {
        delayMs = Math.max(delayMs, word.resetAtMs + Math.max(0, stretch - 0.5) * unsureMs - nowMs);
      }
      if (nowMs >= word.resetAtMs || (word.isSteady && word.perMs > 0)) continue;
      const { limit = FIRST_ROOM, resetAtMs } = word;
      const shares = Math.max(0, this.#leftOf(key, word, nowMs) - reserve(limit)) + 1;
      delayMs = Math.max(delayMs, lastMs + (stretch * (resetAtMs - lastMs)) / shares - nowMs);
    }
    return delayMs;
  }

  hold(route: RouteKey, requests: number, nowMs: number): void {
    if (this.#openInAll() === 0) this.#firstAtMs = nowMs;
    this.#count(route, requests);
    this.#change(route, -requests, nowMs);
  }

  /** Gives back what was held, and certainly not used. */
  release(route: RouteKey, requests: number, nowMs: number): void {
    this.#count(route, -requests);
    this.#change(route, requests, nowMs);
  }

  /** Sends one of the requests that are held for `held`. */
  send(route: string, held: RouteKey, nowMs: number): Flight {
    this.#count(held, -1);
    this.#count(route, 1);
    return { route, sentAtMs: nowMs, tick: ++this.#tick, answers: this.#answers };
  }

  /** No answer came. @param mayCount the request may have reached the server */
  failed({ route }: Flight, mayCount: boolean, nowMs: number): void {
    if (mayCount) this.#count(route, -1);
    else this.release(route, 1, nowMs);
  }

  /** @param random 0 to 1, see retryDelayMs */
  answered(flight: Flight, status: number, header: HeaderOf, nowMs: number, random: number): void {
    const { route, sentAtMs } = flight;
    const answers = this.#answers++;
    const crossed = answers - flight.answers;
    const tick = ++this.#tick;
    this.#count(route, -1);
    const last = this.#words.get(route);
    const numbers = numbersOf(header);
    if (status === 429) {
      // Those that were sent before the first refusal came are refused with it.
      const isNew = last?.told !== undefined || flight.tick > (last?.tick ?? 0);
      const refusals = (this.#refusals.get(route) ?? 0) + (isNew ? 1 : 0);
      this.#refusals.set(route, refusals);
      const resetAtMs = nowMs + retryDelayMs(header, refusals, nowMs, random);
      const limit = numbers?.limit ?? last?.limit;
      const left = -this.#openBeside(route);
      const base = { limit, left, atMs: nowMs, told: undefined, tick, isSteady: false, perMs: 0, count: undefined };
      this.#words.set(route, { ...base, resetAtMs: Math.max(resetAtMs, isNew ? 0 : (last?.resetAtMs ?? 0)) });
      return;
    }
    this.#refusals.delete(route);
    const reset = this.#clock.resetOf(header, sentAtMs, nowMs);
    if (numbers === undefined || reset === undefined) {
      // A success without numbers has no limit; anything else may come from a gateway on the way.
      if (status < 300) this.#words.delete(route);
      return;
    }
    const heard = {
      ...numbers,
      ...reset,
      resetAtMs: Math.max(reset.resetAtMs, nowMs + SHORTEST_MS),
      ...{
        nowMs,
        tick,
        sentAtMs,
        sentTick: flight.tick,
        crossed,
        answers,
        answersBefore: flight.answers,
        open: this.#openBeside(route),
      },
    };
    const dateS = (parseDate(header('date')) ?? Number.NaN) / 1000;
    for (const [other, word] of this.#words) {
      if (other !== route && word.limit === heard.limit && provesApart(word, heard, dateS)) {
        this.#apart.add(pairOf(route, other));
      }
    }
    this.#words.set(route, nextWord(last, heard));
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

  /** Whether two routes may share a limit. */
  isShared(a: RouteKey, b: RouteKey): boolean {
    if (a === b || a === undefined || b === undefined) return true;
    const [limitA, limitB] = [this.#words.get(a)?.limit, this.#words.get(b)?.limit];
    if (limitA !== undefined && limitB !== undefined && limitA !== limitB) return false;
    return !this.#apart.has(pairOf(a, b));
  }

  #firstDelayMs(requests: number, reserve: (limit: number) => number, nowMs: number): number {
    const open = this.#openInAll();
    if (open === 0 || open + requests + reserve(FIRST_ROOM) <= FIRST_ROOM) return 0;
    return Math.max(0, this.#firstAtMs + FIRST_ANSWER_MS - nowMs);
  }

  *#sharing(route: RouteKey): Iterable<readonly [string, Word]> {
    for (const entry of this.#words) if (this.isShared(route, entry[0])) yield entry;
  }

  /** Whole requests. A limit never has more room than it would have when it is full. */
  #leftOf(key: string, word: Word, nowMs: number): number {
    const left = leftAt(word, nowMs);
    return Math.floor(word.isSteady ? Math.min(left, (word.limit ?? FIRST_ROOM) - this.#openBeside(key)) : left);
  }

  /** Past its reset, and another route has newer numbers of the same limit. */
  #isOutdated(key: string, { limit }: Word, nowMs: number): boolean {
    for (const [other, word] of this.#words) {
      if (word.limit === limit && nowMs < word.resetAtMs && this.isShared(key, other)) return true;
    }
    return false;
  }

  #openInAll(): number {
    let open = 0;
    for (const count of this.#open.values()) open += count;
    return open;
  }

  #openBeside(route: RouteKey): number {
    let open = 0;
    for (const [other, count] of this.#open) if (this.isShared(route, other)) open += count;
    return open;
  }

  #count(route: RouteKey, change: number): void {
    this.#open.set(route, (this.#open.get(route) ?? 0) + change);
  }

  #change(route: RouteKey, change: number, nowMs: number): void {
    for (const [key, word] of this.#sharing(route)) {
      this.#words.set(key, { ...word, left: leftAt(word, nowMs) + change, atMs: nowMs });
    }
  }
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}
