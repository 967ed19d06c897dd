// A person at work under two requests a second, with work in the background all the while, in virtual time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cases } from '../../support/cases';
import { LimitedServer, type LimitPlan, Requests } from '../../support/limitedServer';
import { VirtualTime } from '../../support/virtualTime';

const START_MS = Date.UTC(2026, 0, 1);

/**
 * For a place, after what the person's own requests have taken. Such a limit is full again after a second, which its headers tell
 * in whole seconds by a clock that is known to half a second at first.
 */
const AT_MOST_MS = 2_000;

const ROUNDS = 10;
const GESTURES = ['list', 'search', 'open', 'save'] as const;

interface Person {
  /** After the background. */
  readonly beginsAfterMs: number;
  /** After each gesture. People are not clocks: no two are the same. */
  readonly thinkingMs: readonly number[];
}

const person: fc.Arbitrary<Person> = fc.record({
  beginsAfterMs: fc.integer({ min: 0, max: 5_000 }),
  thinkingMs: fc.array(fc.integer({ min: 700, max: 2_500 }), {
    minLength: ROUNDS * GESTURES.length,
    maxLength: ROUNDS * GESTURES.length,
  }),
});

/** @returns the waits for a place, by gesture, in ms */
async function work(time: VirtualTime, requests: Requests, { beginsAfterMs, thinkingMs }: Person) {
  const waitsMs = { list: [] as number[], search: [] as number[], open: [] as number[], save: [] as number[] };
  await time.wait(beginsAfterMs);
  for (const [i, pauseMs] of thinkingMs.entries()) {
    const gesture = GESTURES[i % GESTURES.length] ?? 'list';
    const route = gesture === 'open' ? 'GET user' : 'GET users';
    const waited = gesture === 'save' ? requests.save(3) : requests.send(route, { priority: 'user' });
    waitsMs[gesture].push((await waited) ?? Number.NaN);
    await time.wait(pauseMs);
  }
  return waitsMs;
}

/** Requests that nobody waits for, until the time has come. @returns how many were answered */
function fill(time: VirtualTime, requests: Requests, untilMs: number): () => number {
  let done = 0;
  const again = async (priority: 'visible' | 'background', everyMs: number) => {
    while (time.nowMs() < untilMs) {
      await requests.send('GET user', { priority });
      done++;
      if (everyMs > 0) await time.wait(everyMs);
    }
  };
  void again('background', 0);
  void again('background', 0);
  void again('visible', 3_000);
  return () => done;
}

for (const meaning of ['steady', 'window'] as const) {
  test(`two requests a second, ${meaning}: no refusal, and nothing of the person’s waits for more than 2 s, whatever the moments`, () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: -3_600_000, max: 3_600_000 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 7 }),
        person,
        async (phaseMs, aheadMs, latenciesMs, somebody) => {
          const time = new VirtualTime(START_MS + phaseMs);
          const plan: LimitPlan = { meaning, limit: 2, fullInMs: 1_000 };
          const server = new LimitedServer(time, { limits: { '': plan }, aheadMs, latenciesMs });
          const requests = new Requests(time, server, 0.2);
          const done = fill(time, requests, START_MS + 120_000);
          let waitsMs: Awaited<ReturnType<typeof work>> | undefined;
          void work(time, requests, somebody).then(waits => {
            waitsMs = waits;
          });
          await time.run();
          assert(waitsMs);
          assert(!server.served.some(({ status }) => status === 429));
          assert(Math.max(...waitsMs.open) <= AT_MOST_MS, `opening: ${waitsMs.open.map(Math.round)} ms`);
          assert(Math.max(...waitsMs.save) <= AT_MOST_MS, `saving: ${waitsMs.save.map(Math.round)} ms`);
          assert(done() > 10, 'the background makes progress');
        },
      ),
      cases('queue'),
    ));
}
