// The queue against a model of steady buckets and fixed windows, in virtual time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PRIORITIES, type Priority } from '../../../src/management/budget/lanes';
import { cases } from '../../support/cases';
import { LimitedServer, type LimitPlan, Requests, type ServerSetup } from '../../support/limitedServer';
import { VirtualTime } from '../../support/virtualTime';

const START_MS = Date.UTC(2026, 0, 1);

/** A save needs room for two. Nothing is full again in less than a second: the headers could not say so. */
const plan: fc.Arbitrary<LimitPlan> = fc.record({
  meaning: fc.constantFrom('steady', 'window'),
  limit: fc.integer({ min: 2, max: 40 }),
  fullInMs: fc.oneof(fc.constantFrom(1_000, 5_000, 60_000), fc.integer({ min: 1_000, max: 60_000 })),
});

const setupOf = (limits: fc.Arbitrary<ServerSetup['limits']>, slowestMs = 60): fc.Arbitrary<ServerSetup> =>
  fc.record({
    limits,
    aheadMs: fc.oneof(fc.constant(0), fc.integer({ min: -3_600_000, max: 3_600_000 })),
    latenciesMs: fc.array(fc.integer({ min: 1, max: slowestMs }), { minLength: 1, maxLength: 7 }),
  });

const oneLimit = plan.chain(given =>
  fc.record({ used: fc.integer({ min: 0, max: given.limit }) }).map(({ used }) => ({ '': { ...given, used } })),
);

const twoLimits = fc.record({ GET: plan, '': plan }).filter(({ GET, '': other }) => GET.limit !== other.limit);
/** No header tells these apart, but for the room that they have. */
const twins = fc
  .record({ GET: plan, '': plan })
  .map(({ GET, '': other }) => ({ GET, '': { ...other, limit: GET.limit } }));

const share = fc.constantFrom(0, 0.1, 0.2, 0.5);
const ROUTES = ['GET users', 'GET user', 'POST users'];

interface Step {
  readonly afterMs: number;
  readonly what: 'save' | Priority;
  readonly route: string;
  readonly times: number;
  /** Given up after this; 0: never. */
  readonly abortAfterMs: number;
  /** What others take before it. */
  readonly foreign: number;
}

const steps = (foreign: fc.Arbitrary<number>) =>
  fc.array(
    fc.record<Step>({
      afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 20_000 })),
      what: fc.constantFrom('save', ...PRIORITIES),
      route: fc.constantFrom(...ROUTES),
      times: fc.integer({ min: 1, max: 6 }),
      abortAfterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
      foreign,
    }),
    { minLength: 1, maxLength: 12 },
  );

/** Plays all steps to their end. */
async function play(setup: ServerSetup, given: number, script: readonly Step[]) {
  const time = new VirtualTime(START_MS);
  const server = new LimitedServer(time, setup);
  const requests = new Requests(time, server, given);
  const started = new Map<string, number[]>();
  let [begun, ended, order] = [0, 0, 0];
  const note = (promise: Promise<unknown>) => {
    begun++;
    void promise.then(() => ended++);
  };
  for (const { afterMs, what, route, times, abortAfterMs, foreign } of script) {
    await time.run(time.nowMs() + afterMs);
    if (foreign > 0) server.drain(foreign);
    for (let i = 0; i < times; i++) {
      const controller = new AbortController();
      if (abortAfterMs > 0) time.after(abortAfterMs, () => controller.abort());
      const { signal } = controller;
      if (what === 'save') note(requests.save(abortAfterMs % 90, signal));
      else {
        const mine = order++;
        const lane = `${what} ${route}`;
        const starts = started.get(lane) ?? [];
        started.set(lane, starts);
        note(requests.send(route, { priority: what, signal }, () => starts.push(mine)));
      }
    }
  }
  await time.run();
  return { time, server, requests, begun, ended, started: [...started.values()] };
}

for (const [name, limits] of Object.entries({ 'one limit': oneLimit, 'two limits': twoLimits })) {
  test(`${name}: what is known and what nobody else drains never refuses; everything ends, in order`, () =>
    fc.assert(
      fc.asyncProperty(setupOf(limits), share, steps(fc.constant(0)), async (setup, given, script) => {
        const { server, begun, ended, started } = await play(setup, given, script);
        assert.deepEqual(
          server.served.filter(({ status, isKnown }) => isKnown && status === 429),
          [],
        );
        assert.equal(ended, begun);
        for (const order of started)
          assert.deepEqual(
            order,
            order.toSorted((a, b) => a - b),
          );
      }),
      cases('queue'),
    ));
}

const takenByOthers: readonly (readonly [string, fc.Arbitrary<ServerSetup['limits']>, fc.Arbitrary<number>])[] = [
  ['others who drain it cost waits', oneLimit, fc.integer({ min: 0, max: 40 })],
  ['two limits that look like one cost waits', twins, fc.constant(0)],
];

for (const [name, limits, foreign] of takenByOthers) {
  test(`${name}: everything ends, in order, and nothing is lost`, () =>
    fc.assert(
      fc.asyncProperty(setupOf(limits), share, steps(foreign), async (setup, given, script) => {
        const { begun, ended, started } = await play(setup, given, script);
        assert.equal(ended, begun);
        for (const order of started)
          assert.deepEqual(
            order,
            order.toSorted((a, b) => a - b),
          );
      }),
      cases('queue'),
    ));
}

test('whatever was given up or has ended takes no place', () =>
  fc.assert(
    fc.asyncProperty(setupOf(oneLimit), share, steps(fc.integer({ min: 0, max: 5 })), async (setup, given, script) => {
      const { time, requests } = await play(setup, given, script);
      assert.equal(time.pending, 0);
      await time.run(time.nowMs() + 120_000);
      let waited = 0;
      const { limit } = setup.limits[''] ?? { limit: 1 };
      await requests.queue.hold(limit, { onWait: () => waited++ });
      assert.equal(waited, 0);
    }),
    cases('queue'),
  ));

/** Until then it may be more careful than it has to be. */
const LEARNING_MS = 30_000;

/** Work without end in the background, from now on. */
function fill(requests: Requests, atOnce: number, done: () => void): void {
  const again = async (): Promise<void> => {
    for (;;) {
      await requests.send('GET user', { priority: 'background' });
      done();
    }
  };
  for (let i = 0; i < atOnce; i++) void again();
}

/** Windows that end between two seconds are told to end with the later one, and so long nobody sends. */
function inWholeSeconds(given: LimitPlan): LimitPlan {
  const fullInMs = Math.round(given.fullInMs / 1000) * 1000;
  return given.meaning === 'window' ? { ...given, fullInMs } : given;
}

// What a request takes on its way is lost at the beginning of each window: here at most a fiftieth.
test('background work alone uses at least 95 % of what the reserve leaves', () =>
  fc.assert(
    fc.asyncProperty(
      setupOf(
        plan.map(given => ({ '': inWholeSeconds(given) })),
        10,
      ),
      share,
      async (setup, given) => {
        const { limit, fullInMs } = setup.limits[''] ?? { limit: 0, fullInMs: 1 };
        // A save needs two.
        const reserve = given > 0 ? Math.min(limit - 1, Math.max(2, Math.ceil(limit * given))) : 0;
        const time = new VirtualTime(START_MS);
        const server = new LimitedServer(time, setup);
        let done = 0;
        fill(new Requests(time, server, given), 5, () => done++);
        await time.run(START_MS + 2 * fullInMs + LEARNING_MS);
        const before = done;
        const forMs = 20 * fullInMs;
        await time.run(time.nowMs() + forMs);
        const possible = ((limit - reserve) / fullInMs) * forMs;
        assert(done - before >= 0.95 * possible - 1, `${done - before} of ${possible}`);
        assert(!server.served.some(({ status }) => status === 429));
      },
    ),
    cases('queue'),
  ));

test('behind background work, a request of the user waits for nothing where there is a reserve, else for one reset', () =>
  fc.assert(
    fc.asyncProperty(
      setupOf(plan.map(given => ({ '': given }))),
      share,
      fc.integer({ min: 0, max: 5_000 }),
      async (setup, given, afterMs) => {
        const { fullInMs } = setup.limits[''] ?? { fullInMs: 1 };
        const time = new VirtualTime(START_MS);
        const requests = new Requests(time, new LimitedServer(time, setup), given);
        fill(requests, 5, () => undefined);
        // A reset is told in whole seconds, by an answer that is at most two latencies old.
        const boundMs = given > 0 ? 0 : fullInMs + 1_000 + 120;
        for (let i = 0; i < 5; i++) {
          await time.run(time.nowMs() + afterMs + fullInMs + 1_000);
          let waitedMs: number | undefined;
          const untilMs = time.nowMs() + boundMs + 200;
          void requests.send('GET user', { priority: 'user' }).then(ms => {
            waitedMs = ms;
          });
          await time.run(untilMs);
          assert(waitedMs !== undefined && waitedMs <= boundMs, `${waitedMs} ms`);
        }
      },
    ),
    cases('queue'),
  ));
