// How much room the rate limits of a tenant have for more requests, by the headers of earlier answers.
//
// Limits differ by kind of request, and no header names the kind. So all routes count as one limit until headers prove two of
// them apart: by another `limit`, or by a `remaining` that the other's limit could not have (see `provesApart`). Each route
// keeps its own last word, and a request needs room by the words of all routes that may share its limit. Where routes share
// none, that is careful for longer than necessary. Where two limits tell the same numbers as one would, nothing is lost either:
// the smaller one counts. How a limit recovers, one by one and how fast, is proven by all its routes together, so two limits that
// look like one may prove it wrongly; a rate that a route's own answers rule out is not taken from the others. If one limit told
// two numbers by turns, its routes would count as apart. In both cases too much would be sent, and the 429 that comes of it is
// waited out like any other.
import { type HeaderOf, parseDate, retryDelayMs } from '../http/retry';
import { ServerClock } from './clock';
import { type RouteKey, Routes } from './routes';
import { leftAt, numbersOf, roomAtMs, type SeenLimit, steadyPerMs, type Word } from './word';

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

/** A GET and a PATCH. */
export const SAVE_REQUESTS = 2;

/** One a second. */
const SOON_PER_MS = 1 / 1_000;

/** A first answer that takes longer is not waited for any more. */
const FIRST_ANSWER_MS = 3_000;

/** The server's clock is known well enough. */
const SURE_MS = 100;

/** Of a reset that is past, or now. */
const SHORTEST_MS = 100;

export class RateRoom {
  readonly #routes = new Routes();
  readonly #refusals = new Map<string, number>();
  /** Requests on their way and held room, by route. */
  readonly #open = new Map<RouteKey, number>();
  readonly #clock = new ServerClock();
  #firstAtMs = 0;
  #tick = 0;
  #answers = 0;

  /**
   * In ms, until there is room for `requests` more and for `reserve(limit)` beyond them; Infinity if that depends on answers
   * that are still to come. A limit that is smaller has to be full, and one that is further away than `withinMs` does not count.
   */
  delayMs(
    route: RouteKey,
    requests: number,
    reserve: (limit: number) => number,
    nowMs: number,
    withinMs = Number.POSITIVE_INFINITY,
  ): number {
    let delayMs = this.#answers > 0 ? 0 : this.#firstDelayMs(requests, reserve, nowMs);
    for (const [key, word] of this.#routes.sharing(route)) {
      const { limit = FIRST_ROOM } = word;
      const needed = Math.min(requests + reserve(limit), limit);
      const isPast = nowMs >= word.resetAtMs;
      if (isPast ? this.#routes.isOutdated(key, word, nowMs) : this.#leftOf(key, word, nowMs) >= needed) continue;
      // What is on its way may yet take its place of a limit that is full by then.
      if ((isPast || steadyPerMs(word) > 0) && limit - this.#openBeside(key) < needed)
        delayMs = Number.POSITIVE_INFINITY;
      else if (!isPast) delayMs = Math.max(delayMs, within(roomAtMs(word, needed) - nowMs, withinMs));
    }
    return delayMs;
  }

  /**
   * In ms, until the end of an even share of the time to the reset, times `stretch`, since `lastMs`. 0 if there is nothing to be
   * shared out: what comes back steadily is spread out already. After a reset, Infinity until the first answer tells the next one.
   */
  paceMs(route: RouteKey, lastMs: number, stretch: number, reserve: (limit: number) => number, nowMs: number): number {
    let delayMs = 0;
    for (const [key, word] of this.#routes.sharing(route)) {
      if (nowMs >= word.resetAtMs && this.#openBeside(key) > 0 && !this.#routes.isOutdated(key, word, nowMs)) {
        return Number.POSITIVE_INFINITY;
      }
      // A reset is a whole second of the server's. In step with it, no answer would tell more of its clock: what comes so much
      // later has either passed the next second or not, and halves what is unknown.
      const unsureMs = this.#clock.uncertaintyMs;
      if (unsureMs > SURE_MS && nowMs >= word.resetAtMs) {
        delayMs = Math.max(delayMs, word.resetAtMs + 1_000 - unsureMs / 2 - nowMs);
      }
      if (nowMs >= word.resetAtMs || steadyPerMs(word) > 0) continue;
      const { limit = FIRST_ROOM, resetAtMs } = word;
      const shares = Math.max(0, this.#leftOf(key, word, nowMs) - reserve(limit)) + 1;
      delayMs = Math.max(delayMs, lastMs + (stretch * (resetAtMs - lastMs)) / shares - nowMs);
    }
    return delayMs;
  }

  /** Whether a save that comes after one more request would find its room again within a second, by all that is known. */
  isBackSoon(route: RouteKey): boolean {
    for (const [, word] of this.#routes.sharing(route)) {
      const { limit = FIRST_ROOM } = word;
      if (limit > SAVE_REQUESTS || steadyPerMs(word) >= SOON_PER_MS) continue;
      if (word.isSlow || this.#clock.uncertaintyMs > SURE_MS) return false;
    }
    return true;
  }

  hold(route: RouteKey, requests: number, nowMs: number): void {
    if (this.#openInAll() === 0) this.#firstAtMs = nowMs;
    this.#change(route, -requests, nowMs);
    this.#count(route, requests);
  }

  /** Gives back what was held, and certainly not used. */
  release(route: RouteKey, requests: number, nowMs: number): void {
    this.#change(route, requests, nowMs);
    this.#count(route, -requests);
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
    const last = this.#routes.get(route);
    const numbers = numbersOf(header);
    if (status === 429) {
      // Those that were sent before the first refusal came are refused with it.
      const isNew = last?.told !== undefined || flight.tick > (last?.tick ?? 0);
      const refusals = (this.#refusals.get(route) ?? 0) + (isNew ? 1 : 0);
      this.#refusals.set(route, refusals);
      const resetAtMs = nowMs + retryDelayMs(header, refusals, nowMs, random);
      const limit = numbers?.limit ?? last?.limit;
      const left = -this.#openBeside(route);
      const base = {
        limit,
        left,
        atMs: nowMs,
        ...{ told: undefined, tick, isSteady: false, perMs: 0, lentPerMs: 0, isSlow: true, count: undefined },
      };
      this.#routes.set(route, { ...base, resetAtMs: Math.max(resetAtMs, isNew ? 0 : (last?.resetAtMs ?? 0)) });
      return;
    }
    this.#refusals.delete(route);
    const reset = this.#clock.resetOf(header, sentAtMs, nowMs);
    if (numbers === undefined || reset === undefined) {
      // A success without numbers has no limit; anything else may come from a gateway on the way.
      if (status < 300) this.#routes.delete(route);
      return;
    }
    const heard = {
      ...numbers,
      ...reset,
      resetAtMs: Math.max(reset.resetAtMs, nowMs + SHORTEST_MS),
      nowMs,
      tick,
      sentAtMs,
      sentTick: flight.tick,
      crossed,
      answers,
      answersBefore: flight.answers,
      dateS: (parseDate(header('date')) ?? Number.NaN) / 1000,
      open: this.#openBeside(route),
    };
    this.#routes.hear(route, heard);
  }

  seen(): readonly SeenLimit[] {
    return this.#routes.seen();
  }

  isShared(a: RouteKey, b: RouteKey): boolean {
    return this.#routes.isShared(a, b);
  }

  #firstDelayMs(requests: number, reserve: (limit: number) => number, nowMs: number): number {
    const open = this.#openInAll();
    if (open === 0 || open + requests + reserve(FIRST_ROOM) <= FIRST_ROOM) return 0;
    return Math.max(0, this.#firstAtMs + FIRST_ANSWER_MS - nowMs);
  }

  /** A limit never has more room than it would have when it is full. */
  #leftOf(key: string, word: Word, nowMs: number): number {
    const left = leftAt(word, nowMs);
    return steadyPerMs(word) > 0 ? Math.min(left, (word.limit ?? FIRST_ROOM) - this.#openBeside(key)) : left;
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
    for (const [key, word] of this.#routes.sharing(route)) {
      this.#routes.set(key, { ...word, left: this.#leftOf(key, word, nowMs) + change, atMs: nowMs });
    }
  }
}

function within(delayMs: number, withinMs: number): number {
  return delayMs <= withinMs ? delayMs : 0;
}
