// What the answers to one route have told of its rate limit. Pure.
import type { HeaderOf } from '../http/retry';
import type { Reset } from './clock';

/** The numbers of one answer. */
export interface Told extends Reset {
  readonly limit: number;
  readonly remaining: number;
}

/** As last seen: a plan's limit may be shown with it. */
export type SeenLimit = Pick<Told, 'limit' | 'remaining'> & {
  /** `METHOD route`, which had the answer. */
  readonly route: string;
  /** By the local clock, in milliseconds since 1970. */
  readonly resetAtMs: number;
};

/**
 * The last word of a route's answers. It holds until `resetAtMs`: by then, in both meanings of the headers, everything is
 * back.
 */
export interface Word {
  /** Undefined if only refusals have come, and none has told it. */
  readonly limit: number | undefined;
  /** Room at `atMs`, after all that was sent or is held. May be below zero. */
  readonly left: number;
  readonly atMs: number;
  readonly resetAtMs: number;
  /** As the answer gave them; undefined for a refusal. */
  readonly told: Heard | undefined;
  /** When the answer came, as a count of all answers and requests. */
  readonly tick: number;
  /** Requests come back one by one, which the answers have proven. */
  readonly isSteady: boolean;
  /** At least so many come back in a millisecond, if they do so one by one. */
  readonly perMs: number;
  /** At least so many do, as other routes that may share the limit have proven; 0 if none has. */
  readonly lentPerMs: number;
  /** A reset was more than a second away, or may have been. */
  readonly isSlow: boolean;
  readonly count: Count | undefined;
}

/** Counts what comes back: from one answer on, how many requests of the route have been taken. */
interface Count {
  readonly from: Heard;
  readonly taken: number;
}

/** An answer, and what else was on its way with it. */
export interface Heard extends Told {
  readonly nowMs: number;
  readonly tick: number;
  readonly sentAtMs: number;
  readonly sentTick: number;
  /** The answer's own date, in seconds since 1970; NaN proves nothing. */
  readonly dateS: number;
  /** Requests that are not answered yet, and held room. The answer may count them or not. */
  readonly open: number;
  /** All answers that came before this one, and those that came before its request was sent. */
  readonly answers: number;
  readonly answersBefore: number;
  /** Answers that came while this request was on its way. The answer may count their requests or not. */
  readonly crossed: number;
}

/** After so many, rounding is a fortieth of what has been counted, and it begins anew. */
const COUNTED = 40;

/** `x-ratelimit-limit` and `-remaining`; undefined if one of them is missing or odd. */
export function numbersOf(header: HeaderOf): Pick<Told, 'limit' | 'remaining'> | undefined {
  const [limit, remaining] = [count(header('x-ratelimit-limit')), count(header('x-ratelimit-remaining'))];
  if (!limit || remaining === undefined) return undefined;
  return { limit, remaining: Math.min(limit, remaining) };
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}

/**
 * Answers come late and in any order, so each is taken for the smaller room that it can mean. Only one that is newer for
 * certain can raise the room: what others have taken meanwhile is not forgotten for an answer that was slow.
 */
export function nextWord(last: Word | undefined, heard: Heard, isSteady: boolean): Word {
  const { limit, remaining, resetS, resetAtMs, nowMs, tick, open, crossed } = heard;
  const known = last !== undefined && last.limit === limit ? last : undefined;
  const current = known !== undefined && nowMs < known.resetAtMs ? known : undefined;
  const isNewer = current === undefined || heard.sentTick > current.tick || endsLater(resetS, current.told?.resetS);
  const atMost = remaining - open;
  const left = current === undefined ? atMost : Math.min(leftAt(current, nowMs), atMost);
  const count = known?.count && known.count.taken < COUNTED ? known.count : { from: heard, taken: 0 };
  const taken = count.taken + (heard.sentTick > count.from.tick ? 1 : 0);
  return {
    limit,
    left: isNewer || isExplained(current, heard) ? Math.max(left, atMost - crossed) : left,
    atMs: nowMs,
    resetAtMs: isNewer ? resetAtMs : current.resetAtMs,
    told: heard,
    tick,
    isSteady: isSteady || (known?.isSteady ?? false),
    perMs: Math.max(known?.perMs ?? 0, leastPerMs(heard), countedPerMs({ ...count, taken }, heard)),
    lentPerMs: 0,
    isSlow: (known?.isSlow ?? false) || !(resetS !== undefined && resetS - heard.dateS <= 1),
    count: { ...count, taken },
  };
}

/** At least so many come back in a millisecond, for certain; 0 if they may come back all at once. */
export function steadyPerMs({ isSteady, perMs, lentPerMs }: Word): number {
  return Math.max(isSteady ? perMs : 0, lentPerMs);
}

/**
 * What `same`, words of the same limit by all that is known, have proven of how it recovers: without it, each route would wait
 * for a reset in whole seconds until it has proven the same again. A rate that the route's own answer rules out is of another
 * limit.
 */
export function lentPerMs({ told }: Word, same: readonly Word[]): number {
  if (told === undefined) return 0;
  const mostOfIt = mostPerMs(told);
  let [isSteady, lent] = [false, 0];
  for (const other of same) {
    isSteady ||= other.isSteady;
    if (other.perMs <= mostOfIt) lent = Math.max(lent, other.perMs);
  }
  return isSteady ? lent : 0;
}

export function leftAt(word: Word, nowMs: number): number {
  return word.left + (nowMs - word.atMs) * steadyPerMs(word);
}

/** When there will be room for `needed`, by what is known. */
export function roomAtMs(word: Word, needed: number): number {
  const { left, atMs, resetAtMs } = word;
  const perMs = steadyPerMs(word);
  return perMs > 0 ? Math.min(resetAtMs, atMs + (needed - left) / perMs) : resetAtMs;
}

function endsLater(resetS: number | undefined, other: number | undefined): boolean {
  return resetS !== undefined && other !== undefined && resetS > other;
}

/** Our own requests alone can be why the last answer found less room. Others have taken none, so this one still counts. */
function isExplained({ told }: Word, { remaining, open, crossed }: Heard): boolean {
  return told !== undefined && remaining - told.remaining <= open + crossed;
}

/**
 * Neither can be in a fixed window that nobody else drains: a later request finds as much room as an earlier one, and no later
 * reset; or it finds a later reset, and less room than our own requests have left of a new window. It takes no clock to see.
 * More room than can have come back proves nothing: that may be another limit of the same size.
 */
export function provesSteady({ told, tick }: Word, heard: Heard): boolean {
  const { limit, remaining, resetS, sentTick } = heard;
  if (told?.limit !== limit || told.resetS === undefined || resetS === undefined || sentTick < tick) return false;
  if (remaining - told.remaining > 1 + (heard.nowMs - told.sentAtMs) * mostPerMs(told)) return false;
  if (resetS <= told.resetS) return remaining >= told.remaining;
  return remaining < limit - heard.open - (heard.answers - told.answersBefore);
}

/**
 * So many come back until the reset, if they come one by one: `remaining` is rounded down, and one at least was taken just
 * now.
 */
function leastPerMs({ limit, remaining, resetAtMs, sentAtMs }: Heard): number {
  return Math.max(1, limit - remaining - 1) / Math.max(1, resetAtMs - sentAtMs);
}

/** If they come one by one. A reset is rounded up, and a date down, to seconds. */
function mostPerMs({ limit, remaining, resetS = 0, dateS }: Heard): number {
  const atLeastMs = (resetS - dateS - 2) * 1000;
  return atLeastMs > 0 ? (limit - remaining) / atLeastMs : Number.POSITIVE_INFINITY;
}

/** What was taken and is there again, over the longest time that it may have taken. */
function countedPerMs({ from, taken }: Count, { remaining, crossed, nowMs }: Heard): number {
  return Math.max(0, remaining - from.remaining + taken - crossed - 1) / Math.max(1, nowMs - from.sentAtMs);
}

/**
 * The two routes cannot share a limit of the same size: `heard` found all of it there, sent after `other` had found some of it
 * gone, and before that could be back. A reset is rounded up, and a date down, to seconds.
 */
export function provesApart({ told, tick }: Word, heard: Heard): boolean {
  if (told?.resetS === undefined || heard.sentTick < tick) return false;
  return told.remaining < told.limit - 1 && heard.remaining >= heard.limit - 1 && heard.dateS + 2 <= told.resetS;
}
