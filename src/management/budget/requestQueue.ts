// The one queue of a tenant: every request waits here until the rate limit has room for it, and for those before it.
import { MAX_WAIT_MS } from '../http/retry';
import { Alarm } from './alarm';
import { type Clock, systemClock } from './clock';
import { Crowd } from './crowd';
import { Lanes, PRIORITIES } from './lanes';
import type { NoPlace, Place, Places, QueueOptions, Waiting } from './places';
import { type Flight, RateRoom, SAVE_REQUESTS } from './rateRoom';
import type { RouteKey } from './routes';
import type { SeenLimit } from './word';

interface Waiter extends Waiting {
  readonly route: RouteKey;
  readonly requests: number;
  readonly order: number;
  isWaiting: boolean;
  end(result: NoPlace | undefined): void;
}

/** The room for the PATCH of a save is kept so long after its GET. Planning takes milliseconds; a question begins anew. */
const HOLD_MS = 1_000;

/** Who has asked for something may save next, but hardly after so long. */
const QUIET_MS = 3_000;

/** Somebody at work all the while keeps the others waiting for no longer. */
const AT_MOST_QUIET_MS = 10_000;

/** Of six connections. The others are for the user. */
const MAX_OTHERS_AT_ONCE = 3;

/** A wait that is so little longer is no news. */
const TOLD_WITHIN_MS = 50;

const SHORTEST_PACE_MS = 2;

export class RequestQueue {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #reserve: () => number;
  readonly #random: () => number;
  readonly #crowd: Crowd;
  readonly #room = new RateRoom();
  readonly #lanes = new Lanes<Waiter>();
  #order = 0;
  #othersAtOnce = 0;
  #backgroundAtMs = 0;
  #userAtMs = 0;
  #othersAtMs: number;
  /** By chance from a half to one and a half: in step with whole seconds, answers would show the same for ever. */
  #stretch = 1;
  /** What all waiting requests of the user have been told. */
  #toldUntilMs = 0;

  constructor({ clock = systemClock, reserve = () => 0, random = Math.random }: QueueOptions = {}) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock, () => this.#pump());
    this.#reserve = reserve;
    this.#random = random;
    this.#crowd = new Crowd(random);
    this.#othersAtMs = clock.nowMs();
  }

  /** By kind of limit, as far as answers have told. */
  get seen(): readonly SeenLimit[] {
    return this.#room.seen();
  }

  /** @returns a number for `enter` and `hold`: a request that is sent again keeps its turn by it */
  turn(): number {
    return this.#order++;
  }

  /** Waits for the turn and for the room of one request. */
  async enter(route: string, turn: number, waiting: Waiting): Promise<Place | NoPlace> {
    const isOther = waiting.priority !== 'user';
    const none = await this.#wait(route, 1, turn, waiting);
    if (none) return none;
    const flight = this.#room.send(route, route, this.#clock.nowMs());
    return this.#placeOf(flight, () => {
      if (isOther) this.#othersAtOnce--;
    });
  }

  /** Waits for the room of several requests of the user, one after the other. */
  async hold(requests: number, { signal, onWait }: Omit<Waiting, 'priority'>): Promise<Places | NoPlace> {
    const none = await this.#wait(undefined, requests, this.turn(), { priority: 'user', signal, onWait });
    if (none) return none;
    let left = requests;
    const release = () => {
      callOff();
      signal?.removeEventListener('abort', release);
      this.#room.release(undefined, left, this.#clock.nowMs());
      left = 0;
      this.#pump();
    };
    let callOff = this.#clock.after(HOLD_MS, release);
    signal?.addEventListener('abort', release);
    if (signal?.aborted) release();
    return {
      next: route => {
        callOff();
        const nowMs = this.#clock.nowMs();
        // Too late: it is sent all the same, for a save never waits between its two requests.
        if (left === 0) this.#room.hold(undefined, 1, nowMs);
        else left--;
        const delayMs = this.#userDelayMs(route, 0, nowMs);
        if (delayMs > 0) {
          left++;
          this.#crowd.met(delayMs, nowMs);
          release();
          return { reason: 'noRoom', delayMs };
        }
        return this.#placeOf(this.#room.send(route, undefined, nowMs), status => {
          const endedMs = this.#clock.nowMs();
          if (status === 429) this.#crowd.met(this.#userDelayMs(undefined, requests, endedMs), endedMs);
          if (left === 0 || status === undefined || status >= 300) release();
          else callOff = this.#clock.after(HOLD_MS, release);
        });
      },
    };
  }

  /** @param ended told the status of the answer, if one came */
  #placeOf(flight: Flight, ended: (status?: number) => void): Place {
    return {
      answered: (status, header) => {
        this.#room.answered(flight, status, header, this.#clock.nowMs(), this.#random());
        ended(status);
        this.#pump();
      },
      failed: mayCount => {
        this.#room.failed(flight, mayCount, this.#clock.nowMs());
        ended();
        this.#pump();
      },
    };
  }

  /** Takes the room, in the same turn in which it is there. */
  #wait(route: RouteKey, requests: number, order: number, waiting: Waiting): Promise<NoPlace | undefined> {
    const { signal } = waiting;
    if (signal?.aborted) return Promise.resolve({ reason: 'cancelled' });
    return new Promise(resolve => {
      const cancel = () => {
        waiter.end({ reason: 'cancelled' });
        this.#pump();
      };
      const waiter: Waiter = {
        ...waiting,
        route,
        requests,
        order,
        isWaiting: true,
        end: result => {
          waiter.isWaiting = false;
          this.#lanes.remove(waiter);
          signal?.removeEventListener('abort', cancel);
          resolve(result);
        },
      };
      signal?.addEventListener('abort', cancel);
      this.#lanes.add(waiter);
      this.#pump(waiter);
    });
  }

  /** Lets everything go for which there is room, the first first. Nobody passes one that waits for the same limit. */
  #pump(entered?: Waiter): void {
    const nowMs = this.#clock.nowMs();
    const blocked: RouteKey[] = [];
    const isBlocked = (route: RouteKey) => blocked.some(other => this.#room.isShared(route, other));
    let wakeInMs = Number.POSITIVE_INFINITY;
    let userWakeInMs = wakeInMs;
    for (const priority of PRIORITIES) {
      if (priority !== 'user' && this.#othersAtOnce >= MAX_OTHERS_AT_ONCE) break;
      for (
        let waiter = this.#lanes.first(priority, isBlocked);
        waiter;
        waiter = this.#lanes.first(priority, isBlocked)
      ) {
        const delayMs = this.#delayMs(waiter, nowMs);
        if (delayMs <= 0) this.#admit(waiter, nowMs);
        else if (delayMs > MAX_WAIT_MS && delayMs < Number.POSITIVE_INFINITY)
          waiter.end({ reason: 'tooLong', delayMs });
        else {
          blocked.push(waiter.route);
          wakeInMs = Math.min(wakeInMs, delayMs);
        }
      }
      if (priority === 'user') userWakeInMs = wakeInMs;
    }
    this.#alarm.set(nowMs + wakeInMs);
    // Last, because whoever hears it may cancel.
    if (userWakeInMs < Number.POSITIVE_INFINITY) this.#tell(nowMs, userWakeInMs, entered);
    else if (entered?.isWaiting && entered.priority === 'user') entered.onWait?.(userWakeInMs);
  }

  #delayMs({ priority, route, requests }: Waiter, nowMs: number): number {
    if (priority === 'user') {
      const delayMs = this.#userDelayMs(route, requests, nowMs);
      return requests === 1 ? delayMs : Math.max(delayMs, this.#crowd.delayMs(nowMs));
    }
    if (this.#othersAtOnce >= MAX_OTHERS_AT_ONCE) return Number.POSITIVE_INFINITY;
    const share = this.#reserve();
    const reserve = (limit: number) =>
      share > 0 ? Math.min(limit - 1, Math.max(SAVE_REQUESTS, Math.ceil(limit * share))) : 0;
    // A limit of two cannot keep room for a save: until it is known to recover soon, nothing is sent while somebody is at work.
    const quietUntilMs = Math.min(this.#userAtMs + QUIET_MS, this.#othersAtMs + AT_MOST_QUIET_MS);
    const quietMs = share > 0 && !this.#room.isBackSoon(route) ? quietUntilMs - nowMs : 0;
    const delayMs = Math.max(quietMs, this.#room.delayMs(route, requests, reserve, nowMs));
    if (delayMs > 0 || priority !== 'background') return delayMs;
    // Spread out, it leaves room for the others at all times, and answers soon show whether requests come back steadily.
    const paceMs = this.#room.paceMs(route, this.#backgroundAtMs, this.#stretch, reserve, nowMs);
    return paceMs < SHORTEST_PACE_MS ? 0 : paceMs;
  }

  /** What is too far away to wait for does not count: the service may know better, and what is nearer is waited for all the same. */
  #userDelayMs(route: RouteKey, requests: number, nowMs: number): number {
    return this.#room.delayMs(route, requests, () => 0, nowMs, MAX_WAIT_MS);
  }

  #admit(waiter: Waiter, nowMs: number): void {
    this.#room.hold(waiter.route, waiter.requests, nowMs);
    if (waiter.priority === 'user') this.#userAtMs = nowMs;
    else {
      this.#othersAtOnce++;
      this.#othersAtMs = nowMs;
    }
    if (waiter.priority === 'background') {
      this.#backgroundAtMs = nowMs;
      this.#stretch = 0.5 + this.#random();
    }
    waiter.end(undefined);
  }

  /** Tells all of them where it has become longer, else only the new one. */
  #tell(nowMs: number, delayMs: number, entered: Waiter | undefined): void {
    const untilMs = nowMs + delayMs;
    const isLonger = untilMs > this.#toldUntilMs + TOLD_WITHIN_MS;
    if (isLonger) this.#toldUntilMs = untilMs;
    for (const waiter of isLonger ? [...this.#lanes.of('user')] : entered?.isWaiting ? [entered] : []) {
      waiter.onWait?.(delayMs);
    }
  }
}
