// Saves under the smallest plan while other clients draw on it at their own times, in virtual time: what an answer promises is
// often gone when it is wanted. Saves take longer, and come through all the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NoPlace, Place } from '../../../src/management/budget/places';
import { ManagementError } from '../../../src/management/errors';
import { type SaveRequest, saveUser, type UserResource } from '../../../src/saving/save';
import { cases } from '../../support/cases';
import { user } from '../../support/json';
import { LimitedServer, type LimitPlan, Requests } from '../../support/limitedServer';
import { profileOf } from '../../support/userResource';
import { VirtualTime } from '../../support/virtualTime';

const START_MS = Date.UTC(2026, 0, 1);
const SAVES = 3;

/** Others take up to two thirds of what comes back. */
const gapMs = fc.integer({ min: 750, max: 1_300 });

const GAPS = {
  /** At times one by one, at times in step. */
  steady: fc.array(gapMs, { minLength: 1, maxLength: 40 }),
  /** Never in step: one who takes half of each window as it begins leaves no save any room, whoever waits how long. */
  window: fc.uniqueArray(gapMs, { minLength: 10, maxLength: 40 }),
};

const BASE = user('{"n":1}');
const EDITED = user('{"n":2}');

/** A user of the server that refuses; an error says that the save may begin again, as those of the client do. */
function userOf({ queue }: Requests, server: LimitedServer): UserResource {
  const limited = () => new ManagementError('429', { kind: 'rateLimited', outcome: 'refused', again: true });
  return {
    get: async () => assert.fail('nothing is read back'),
    async begin(signal) {
      const places = await queue.hold(2, { signal });
      assert(!('reason' in places));
      const request = async (route: string, place: Place | NoPlace) => {
        if ('reason' in place || (await server.request(route, place)) !== 200) throw limited();
      };
      return {
        async get() {
          await request('GET user', places.next('GET user'));
          return profileOf(BASE);
        },
        async patch() {
          await request('PATCH user', places.next('PATCH user'));
          return profileOf(EDITED);
        },
      };
    },
  };
}

async function others(time: VirtualTime, server: LimitedServer, gapsMs: readonly number[], isOver: () => boolean) {
  for (let i = 0; !isOver(); i++) {
    await time.wait(gapsMs[i % gapsMs.length] ?? 0);
    server.drain(1);
  }
}

for (const meaning of ['steady', 'window'] as const) {
  test(`three saves at once while others take up to two thirds of two requests a second, ${meaning}: all are saved`, () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 999 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 7 }),
        GAPS[meaning],
        async (phaseMs, latenciesMs, gapsMs) => {
          const time = new VirtualTime(START_MS + phaseMs);
          const plan: LimitPlan = { meaning, limit: 2, fullInMs: 1_000 };
          const server = new LimitedServer(time, { limits: { '': plan }, aheadMs: 0, latenciesMs });
          const requests = new Requests(time, server, 0.2);
          const never = async () => assert.fail('nothing is asked');
          const questions = { confirm: never, resolve: never, signIn: never, unlock: never };
          const request: SaveRequest = { base: BASE, edited: EDITED, policy: () => 'never', clock: time };
          const resource = userOf(requests, server);
          const kinds: string[] = [];
          for (let i = 0; i < SAVES; i++) {
            void saveUser(request, resource, questions).then(
              ({ kind }) => kinds.push(kind),
              error => kinds.push(String(error)),
            );
          }
          void others(time, server, gapsMs, () => kinds.length === SAVES);
          await time.run();
          assert.deepEqual(kinds, ['saved', 'saved', 'saved']);
          const patches = server.served.filter(({ route, status }) => route === 'PATCH user' && status === 200);
          assert.equal(patches.length, SAVES, 'each was sent once');
        },
      ),
      cases('queue'),
    ));
}
