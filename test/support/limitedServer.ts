// A model of a server with rate limits, in virtual time: steady buckets and fixed windows, written apart from the sandbox's.
import assert from 'node:assert/strict';
import type { NoPlace, Place, Waiting } from '../../src/management/budget/places';
import { RequestQueue } from '../../src/management/budget/requestQueue';
import type { VirtualTime } from './virtualTime';

export interface LimitPlan {
  readonly meaning: 'steady' | 'window';
  readonly limit: number;
  /** In which an empty one is full again, or a window ends. */
  readonly fullInMs: number;
}

interface Bucket extends LimitPlan {
  left: number;
  atMs: number;
  /** When the first answer that tells of it has come. */
  knownAtMs: number;
}

export interface ServerSetup {
  /** A route has the first whose name it begins with. */
  readonly limits: Readonly<Record<string, LimitPlan & { readonly used?: number }>>;
  /** The server's clock minus ours. */
  readonly aheadMs: number;
  /** Of one way, one after the other, again and again. */
  readonly latenciesMs: readonly number[];
}

export interface Served {
  readonly route: string;
  readonly sentAtMs: number;
  readonly status: number;
  /** Whether its limit was known when it was sent. */
  readonly isKnown: boolean;
}

export class LimitedServer {
  readonly served: Served[] = [];
  readonly #time: VirtualTime;
  readonly #setup: ServerSetup;
  readonly #buckets: ReadonlyMap<string, Bucket>;
  #latency = 0;

  constructor(time: VirtualTime, setup: ServerSetup) {
    this.#time = time;
    this.#setup = setup;
    this.#buckets = new Map(
      Object.entries(setup.limits).map(([name, { used = 0, ...plan }]) => [
        name,
        { ...plan, left: Math.max(0, plan.limit - used), atMs: this.#nowMs, knownAtMs: Number.POSITIVE_INFINITY },
      ]),
    );
  }

  /** Others take so many at once, or all that there are. */
  drain(requests: number): void {
    for (const bucket of this.#buckets.values()) {
      this.#refill(bucket);
      bucket.left = Math.max(0, bucket.left - requests);
    }
  }

  async request(route: string, place: Place): Promise<number> {
    const sentAtMs = this.#time.nowMs();
    const bucket = this.#bucketOf(route);
    const isKnown = bucket.knownAtMs < sentAtMs;
    await this.#time.wait(this.#nextLatencyMs());
    this.#refill(bucket);
    const status = bucket.left >= 1 ? 200 : 429;
    if (status === 200) bucket.left--;
    const headers = this.#headersOf(bucket);
    this.served.push({ route, sentAtMs, status, isKnown });
    await this.#time.wait(this.#nextLatencyMs());
    bucket.knownAtMs = Math.min(bucket.knownAtMs, this.#time.nowMs());
    place.answered(status, name => headers[name]);
    return status;
  }

  get #nowMs(): number {
    return this.#time.nowMs() + this.#setup.aheadMs;
  }

  #bucketOf(route: string): Bucket {
    for (const [name, bucket] of this.#buckets) if (route.startsWith(name)) return bucket;
    throw new Error(`no limit for ${route}`);
  }

  #nextLatencyMs(): number {
    const { latenciesMs } = this.#setup;
    return latenciesMs[this.#latency++ % latenciesMs.length] ?? 0;
  }

  #refill(bucket: Bucket): void {
    const { meaning, limit, fullInMs, atMs } = bucket;
    const nowMs = this.#nowMs;
    const windowOf = (ms: number) => Math.floor(ms / fullInMs);
    if (meaning === 'steady') bucket.left = Math.min(limit, bucket.left + ((nowMs - atMs) * limit) / fullInMs);
    else if (windowOf(nowMs) > windowOf(atMs)) bucket.left = limit;
    bucket.atMs = nowMs;
  }

  #headersOf({ meaning, limit, left, fullInMs }: Bucket): Readonly<Record<string, string>> {
    const nowMs = this.#nowMs;
    const resetMs =
      meaning === 'steady'
        ? nowMs + ((limit - left) * fullInMs) / limit
        : (Math.floor(nowMs / fullInMs) + 1) * fullInMs;
    return {
      date: new Date(nowMs).toUTCString(),
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.floor(left)),
      'x-ratelimit-reset': String(Math.ceil(resetMs / 1000)),
    };
  }
}

/** Requests of a test through the queue, as the client sends them. */
export class Requests {
  readonly queue: RequestQueue;
  readonly #server: LimitedServer;
  readonly #time: VirtualTime;
  #seed = 1;

  constructor(time: VirtualTime, server: LimitedServer, share: number) {
    this.queue = new RequestQueue({ clock: time, reserve: () => share, random: () => this.#random() });
    this.#server = server;
    this.#time = time;
  }

  /** Until it is not refused. @returns how long it has waited for its place at first, in ms; undefined if it had none */
  async send(route: string, waiting: Waiting, started?: () => void): Promise<number | undefined> {
    const turn = this.queue.turn();
    const beganAtMs = this.#time.nowMs();
    let waitedMs: number | undefined;
    for (;;) {
      const place = await this.#told(waiting, told => this.queue.enter(route, turn, told));
      if (isNone(place)) return undefined;
      if (waitedMs === undefined) {
        waitedMs = this.#time.nowMs() - beganAtMs;
        started?.();
      }
      if ((await this.#server.request(route, place)) === 200) return waitedMs;
    }
  }

  /** A read and a write, `planningMs` apart; both again if one is refused. @returns as `send`, and false as long as it fails */
  async save(planningMs: number, signal?: AbortSignal): Promise<number | undefined> {
    const beganAtMs = this.#time.nowMs();
    let waitedMs: number | undefined;
    for (;;) {
      const places = await this.#told({ priority: 'user', signal }, told => this.queue.hold(2, told));
      if (isNone(places)) return undefined;
      waitedMs ??= this.#time.nowMs() - beganAtMs;
      const read = places.next('GET user');
      if (isNone(read) || (await this.#server.request('GET user', read)) !== 200) continue;
      if (planningMs > 0) await this.#time.wait(planningMs);
      if (signal?.aborted) return undefined;
      const write = places.next('PATCH user');
      if (!isNone(write) && (await this.#server.request('PATCH user', write)) === 200) return waitedMs;
    }
  }

  /** Whatever the user waits for, they are told at once. */
  async #told<T>(waiting: Waiting, enter: (told: Waiting) => Promise<T>): Promise<T> {
    const beganAtMs = this.#time.nowMs();
    let told = 0;
    const entered = enter({ ...waiting, onWait: () => told++ });
    const toldAtOnce = told;
    const result = await entered;
    const waited = this.#time.nowMs() > beganAtMs;
    assert(waiting.priority !== 'user' || !waited || toldAtOnce > 0, 'a wait of the user is told');
    return result;
  }

  /** The same in each run. */
  #random(): number {
    this.#seed = (this.#seed * 16_807) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }
}

function isNone(place: object): place is NoPlace {
  return 'reason' in place;
}
