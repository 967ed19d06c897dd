// When to try again: pure timing, apart from the waiting.

/** Of a response: by name in any case, undefined where it is missing. */
export type HeaderOf = (name: string) => string | undefined;

/** A longer wait than this is an error that says how long, not a wait. Auth0's windows are a second or a minute. */
export const MAX_WAIT_MS = 90_000;

const FIRST_BACKOFF_MS = 500;
const FLOOR_MS = 100;
const JITTER_MS = 250;

/**
 * How long to wait before trying again, in ms, after the `attempt`-th answer (from 1).
 * `Retry-After` first, then `x-ratelimit-reset` against the answer's own `Date`, so that a wrong clock here
 * does not matter; without a date the local clock counts only as far as it is plausible. Else a doubling backoff.
 * `random` (0 to 1) adds up to a quarter of a second, so that windows that hit the limit together do not return together.
 */
export function retryDelayMs(header: HeaderOf, attempt: number, nowMs: number, random: number): number {
  const backoffMs = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), MAX_WAIT_MS);
  const jitterMs = Math.round(JITTER_MS * random);
  // Whole seconds round down to "now"; a floor keeps that from becoming a burst.
  return Math.max(toldDelayMs(header, nowMs) ?? backoffMs, FLOOR_MS * attempt) + jitterMs;
}

/** What the service asks for; undefined where it does not say, or says what cannot be. */
export function toldDelayMs(header: HeaderOf, nowMs: number): number | undefined {
  const dateMs = parseDate(header('date'));
  const retryAfter = header('retry-after')?.trim();
  if (retryAfter !== undefined) {
    if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
    const untilMs = parseDate(retryAfter);
    if (untilMs !== undefined) return plausible(untilMs - (dateMs ?? nowMs), dateMs !== undefined);
  }
  const reset = header('x-ratelimit-reset')?.trim();
  if (reset === undefined || !/^\d{1,12}$/.test(reset)) return undefined;
  return plausible(Number(reset) * 1000 - (dateMs ?? nowMs), dateMs !== undefined);
}

/** A moment of the past is no wait; a far one measured by our own clock is a wrong clock. */
function plausible(delayMs: number, serverClock: boolean): number | undefined {
  if (serverClock) return Math.max(0, delayMs);
  return delayMs >= 0 && delayMs <= MAX_WAIT_MS ? delayMs : undefined;
}

function parseDate(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
