// Faults for tests: which requests they affect, and what goes wrong.

import type { Answer } from '../answers';
import type { JsonObject } from '../json';
import type { RouteName } from '../service/router';
import type { User } from '../state/user';
import { type RateLimitState, rateLimitHeaders } from './rateLimit';
import type { RequestRecord } from './requestLog';

export type Fault =
  /**
   * Answers with this instead. `apply`: after the request was carried out (a gateway's 502 after the PATCH);
   * `bare`: without rate limit headers.
   */
  | { readonly kind: 'answer'; readonly answer: Answer; readonly apply?: boolean; readonly bare?: boolean }
  /** The connection is reset before a byte of the body is read; nothing is applied. */
  | { readonly kind: 'resetBeforeRead' }
  /** The request is carried out, then the connection is reset without an answer. */
  | { readonly kind: 'resetAfterApply' }
  /**
   * No answer, ever. `apply` (default true): the request is carried out all the same; `stalled` is called when nothing
   * more will happen.
   */
  | { readonly kind: 'stallHeaders'; readonly apply?: boolean; readonly stalled?: () => void }
  /** Headers and half of the body, then nothing, ever. `stalled` is called once they are sent. */
  | { readonly kind: 'stallBody'; readonly stalled?: () => void }
  /**
   * Half of the JSON. `cut` (default): the connection closes in the middle of the announced length;
   * `complete`: a well-formed HTTP answer whose body ends early.
   */
  | { readonly kind: 'truncateJson'; readonly framing?: 'cut' | 'complete' }
  /** The server's clock is wrong by `skewMs`, in `date` and `x-ratelimit-reset`. */
  | { readonly kind: 'clockSkew'; readonly skewMs: number }
  /** Only the `delayMs` of the rule. */
  | { readonly kind: 'delay' }
  /** A write by another client: sets these attributes of a user right before or after this request. */
  | { readonly kind: 'edit'; readonly when: 'before' | 'after'; readonly userId: string; readonly set: JsonObject }
  /** Code of the test. `store` may change what a PATCH or POST stores, as a rule or an Action would. */
  | {
      readonly kind: 'hook';
      readonly before?: (request: RequestRecord) => void | Promise<void>;
      readonly store?: (user: User) => User;
      readonly after?: (request: RequestRecord) => void | Promise<void>;
    };

/** A request must match everything that is given. */
export interface FaultRule {
  readonly route?: RouteName;
  readonly method?: string;
  /** A prefix of the path, query included. */
  readonly path?: string;
  /** How many matching requests pass before the fault. */
  readonly skip?: number;
  /** How many requests get the fault; default 1. */
  readonly times?: number;
  /** Delay before anything else happens to the request. */
  readonly delayMs?: number;
  readonly fault: Fault;
}

interface Armed {
  readonly rule: FaultRule;
  skip: number;
  times: number;
}

export class Faults {
  #armed: Armed[] = [];

  /** Rules are tried in the order of adding; only the first match acts. */
  add(rule: FaultRule): void {
    this.#armed.push({ rule, skip: rule.skip ?? 0, times: rule.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Whether every rule has acted as often as it should. */
  get spent(): boolean {
    return this.#armed.length === 0;
  }

  take(route: RouteName | undefined, method: string, path: string): FaultRule | undefined {
    for (const armed of this.#armed) {
      if (!matches(armed.rule, route, method, path)) continue;
      if (armed.skip > 0) {
        armed.skip--;
        continue;
      }
      armed.times--;
      if (armed.times <= 0) this.#armed = this.#armed.filter(other => other !== armed);
      return armed.rule;
    }
    return undefined;
  }
}

/** Whether the service sees the request at all. */
export function isCarriedOut(fault: Fault | undefined): boolean {
  if (fault?.kind === 'answer') return fault.apply === true;
  return fault?.kind !== 'stallHeaders' || fault.apply !== false;
}

/**
 * The headers of every answer, by a clock that the fault may set wrong.
 * @param now undefined for the real clock, by which Node.js dates answers itself
 */
export function headersOf(
  limit: RateLimitState,
  fault: Fault | undefined,
  now: (() => number) | undefined,
): Readonly<Record<string, string>> {
  if (fault?.kind === 'answer' && fault.bare) return {};
  const skewMs = fault?.kind === 'clockSkew' ? fault.skewMs : 0;
  if (skewMs === 0 && now === undefined) return rateLimitHeaders(limit);
  const date = new Date((now ?? Date.now)() + skewMs).toUTCString();
  return { date, ...rateLimitHeaders(limit, skewMs) };
}

function matches(rule: FaultRule, route: RouteName | undefined, method: string, path: string): boolean {
  return (
    (rule.route === undefined || rule.route === route) &&
    (rule.method === undefined || rule.method === method) &&
    (rule.path === undefined || path.startsWith(rule.path))
  );
}
