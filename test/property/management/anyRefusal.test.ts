// Saves while the service refuses with whatever headers, in virtual time: each wait takes time, is told, and can be cancelled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NoPlace, Place } from '../../../src/management/budget/places';
import { RequestQueue } from '../../../src/management/budget/requestQueue';
import { ManagementError } from '../../../src/management/errors';
import { errorOfResponse } from '../../../src/management/http/failures';
import { type SaveRequest, saveUser, type UserResource } from '../../../src/saving/save';
import { cases } from '../../support/cases';
import { user } from '../../support/json';
import { profileOf } from '../../support/userResource';
import { VirtualTime } from '../../support/virtualTime';

const START_MS = Date.UTC(2026, 0, 1);
const LATENCY_MS = 5;

/** No save pauses for less before it begins again. */
const SHORTEST_PAUSE_MS = 50;

const BASE = user('{"n":1}');
const EDITED = user('{"n":2}');

interface Answer {
  readonly status: number;
  readonly retryAfterS: number | undefined;
  readonly limit: number | undefined;
  readonly remaining: number;
  readonly resetInS: number;
}

const seconds = fc.constantFrom(0, 1, 8, 60, 89, 90, 91, 3_600);

const answer: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(200, 429, 429),
  retryAfterS: fc.option(seconds, { nil: undefined }),
  limit: fc.constantFrom(undefined, 1, 2, 50, 100),
  remaining: fc.constantFrom(0, 0, 1, 40),
  resetInS: seconds,
});

/** In the end, whatever is asked for is answered. */
const script = fc.array(answer, { maxLength: 30 });

class Server {
  requests = 0;
  readonly #time: VirtualTime;
  readonly #answers: Record<string, Answer[]>;

  constructor(time: VirtualTime, answers: Record<string, readonly Answer[]>) {
    this.#time = time;
    this.#answers = Object.fromEntries(Object.entries(answers).map(([route, given]) => [route, [...given]]));
  }

  async request(route: string, place: Place | NoPlace): Promise<void> {
    if ('reason' in place) {
      throw new ManagementError(`${route}: not sent`, { kind: 'rateLimited', outcome: 'notSent', again: true });
    }
    this.requests++;
    await this.#time.wait(LATENCY_MS);
    const { status = 200, ...numbers } = this.#answers[route]?.shift() ?? {};
    const headers = headersOf(numbers, this.#time.nowMs());
    const header = (name: string) => headers[name];
    place.answered(status, header);
    if (status !== 200) throw errorOfResponse(route, { status, header, text: '' }, this.#time.nowMs());
  }
}

function headersOf({ retryAfterS, limit, remaining, resetInS = 0 }: Partial<Answer>, nowMs: number) {
  const headers: Record<string, string> = { date: new Date(nowMs).toUTCString() };
  if (retryAfterS !== undefined) headers['retry-after'] = String(retryAfterS);
  if (limit !== undefined) {
    headers['x-ratelimit-limit'] = String(limit);
    headers['x-ratelimit-remaining'] = String(remaining);
    headers['x-ratelimit-reset'] = String(Math.floor(nowMs / 1_000) + resetInS);
  }
  return headers;
}

test('a save waits for any refusal without haste, and ends', () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({ list: script, get: script, patch: script }),
      fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
      fc.integer({ min: 1, max: 3 }),
      async ({ list, get, patch }, cancelAtMs, saves) => {
        const time = new VirtualTime(START_MS);
        const queue = new RequestQueue({ clock: time, random: () => 0 });
        const server = new Server(time, { 'GET users': list, 'GET user': get, 'PATCH user': patch });
        const controller = new AbortController();
        let begins = 0;
        let told = 0;
        const resource: UserResource = {
          get: async () => assert.fail('nothing is read back'),
          async begin(signal) {
            // Without a pause between them, no time would ever pass, and no test would end.
            const most = 10 * saves + (saves * (time.nowMs() - START_MS)) / SHORTEST_PAUSE_MS;
            assert(++begins <= most, `${begins} tries in ${time.nowMs() - START_MS} ms`);
            const places = await queue.hold(2, { signal, onWait: () => told++ });
            if ('reason' in places) throw new ManagementError('cancelled', { kind: 'cancelled', outcome: 'notSent' });
            return {
              async get() {
                await server.request('GET user', places.next('GET user'));
                return profileOf(BASE);
              },
              async patch() {
                await server.request('PATCH user', places.next('PATCH user'));
                return profileOf(EDITED);
              },
            };
          },
        };
        const listing = async () => {
          for (let i = 0; i < list.length; i++) {
            const place = await queue.enter('GET users', queue.turn(), { priority: 'visible' });
            await server.request('GET users', place).catch(() => undefined);
          }
        };
        const never = async () => assert.fail('nothing is asked');
        const questions = { confirm: never, resolve: never, signIn: never, unlock: never };
        const request: SaveRequest = { base: BASE, edited: EDITED, policy: () => 'never', clock: time };
        void listing();
        const ends: string[] = [];
        for (let i = 0; i < saves; i++) {
          void saveUser(request, resource, questions, controller.signal).then(
            ({ kind }) => ends.push(kind),
            error => ends.push(ManagementError.is(error) ? error.kind : String(error)),
          );
        }
        if (cancelAtMs !== undefined) {
          await time.run(START_MS + cancelAtMs);
          controller.abort();
          await time.run(START_MS + cancelAtMs + 2 * LATENCY_MS);
          assert.equal(ends.length, saves, 'who waits is heard at once');
        } else await time.run();
        assert.equal(ends.length, saves);
        for (const end of ends) assert(['saved', 'rateLimited', 'cancelled'].includes(end), end);
        assert(told > 0 || begins <= saves * 6, `${begins} tries, and no wait was told`);
      },
    ),
    cases('queue'),
  ));
