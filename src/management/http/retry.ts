// Computes how long to wait before a retry. Pure; the waiting is in send.ts.

/** Reads a response header by its name in any case; undefined if it is missing. */
export type HeaderOf = (name: string) => string | undefined;

/** A longer wait becomes an error that says how long. Auth0's rate limit windows are a second or a minute. */
export const MAX_WAIT_MS = 90_000;

const FIRST_BACKOFF_MS = 500;
const FLOOR_MS = 100;
const JITTER_MS = 250;

/**
 * How long to wait before a retry, in ms, after the `attempt`-th answer (from 1).
 * Uses `Retry-After` first, then `x-ratelimit-reset` minus the answer's own `Date`, so that a wrong local clock does
 * not matter. Without a date, the local clock is used if the result is plausible. Otherwise a doubling backoff.
 * `random` (0 to 1) adds up to a quarter of a second, so that windows do not all retry at once.
 */
export function retryDelayMs(header: HeaderOf, attempt: number, nowMs: number, random: number): number {
  const backoffMs = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), MAX_WAIT_MS);
  const jitterMs = Math.round(JITTER_MS * random);
  const toldMs = toldDelayMs(header, nowMs) ?? backoffMs;
  // Whole seconds can round down to 0; the floor prevents a burst of retries.
  const delayMs = Math.max(toldMs, FLOOR_MS * attempt) + jitterMs;
  // Whoever compares either of the two with the longest wait decides the same.
  return toldMs <= MAX_WAIT_MS ? Math.min(delayMs, MAX_WAIT_MS) : delayMs;
}

/** The delay that the service asks for; undefined if it is missing or not plausible. */
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

/** By the server's clock, a past time means no wait. By the local clock, a past or distant time means a wrong clock. */
function plausible(delayMs: number, serverClock: boolean): number | undefined {
  if (serverClock) return Math.max(0, delayMs);
  return delayMs >= 0 && delayMs <= MAX_WAIT_MS ? delayMs : undefined;
}

/** Milliseconds since 1970; undefined for what is no date. */
export function parseDate(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
