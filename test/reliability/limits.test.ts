// A person at work under the smallest plan's rate limit, with work in the background all the while: no request is refused, and
// nothing that the person does waits for the background. Two minutes, in virtual time: only the requests take real time.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { RequestQueue } from '../../src/management/budget/requestQueue';
import type { ManagementClient } from '../../src/management/client';
import { ManagementError } from '../../src/management/errors';
import { ofUser } from '../../src/management/resourceId';
import { metadataOf, parseDocument } from '../../src/metadata/document';
import { createRandom } from '../../src/sandbox/samples/random';
import { userResource } from '../../src/saving/resource';
import { saveUser } from '../../src/saving/save';
import { IdleTime } from '../support/idleTime';
import { userId } from '../support/management';
import { held, ID, openSandbox } from '../support/sandboxClient';

const START_MS = Date.UTC(2026, 0, 1);
const FOR_MS = 120_000;

/** Between two gestures of the person: people are not clocks. */
const THINKING_MS = { atLeast: 700, range: 600 };

/** From the gesture to its end: with the requests themselves, and with what the person's own ones before have taken. */
const AT_MOST_MS = { open: 1_000, save: 1_500 };

/** The setting's default. */
const RESERVE = 0.2;

for (const refill of ['steady', 'window'] as const) {
  test(`two requests a second, ${refill}: browsing, searching, opening and saving beside background work`, {
    timeout: 60_000,
  }, async t => {
    const time = new IdleTime(START_MS);
    const random = createRandom(1);
    const { sandbox, client } = await openSandbox(t, {
      plan: 'free',
      refill,
      time,
      queue: new RequestQueue({ clock: time, reserve: () => RESERVE, random: () => random.below(1_000) / 1_000 }),
    });
    const stop = fill(t, client, time);
    const waitsMs = { open: [] as number[], save: [] as number[] };
    const timed = async <T>(into: number[], task: Promise<T>): Promise<T> => {
      const startMs = time.nowMs();
      const result = await task;
      into.push(time.nowMs() - startMs);
      return result;
    };
    const pause = () => time.wait(THINKING_MS.atLeast + random.below(THINKING_MS.range));
    const work = async () => {
      for (let round = 1; time.nowMs() < START_MS + FOR_MS; round++) {
        await client.listUsers({ page: 0, perPage: 50 });
        await pause();
        await client.listUsers({ page: 0, perPage: 50, query: 'name:Jane' });
        await pause();
        const opened = await timed(waitsMs.open, client.getUser(userId(ID)));
        await pause();
        await timed(waitsMs.save, save(client, metadataOf(opened.value), round));
        assert.equal(held(sandbox, ID, 'round'), round);
        await pause();
      }
    };
    await time.passDuring(work());
    const inBackground = await stop();
    const { requests } = sandbox.control;
    t.diagnostic(
      `at most ${Math.round(Math.max(...waitsMs.open))} ms to open, ${Math.round(Math.max(...waitsMs.save))} ms to save; ${inBackground} in the background`,
    );
    assert.deepEqual(
      requests.filter(({ status }) => status === 429),
      [],
    );
    assert(Math.max(...waitsMs.open) <= AT_MOST_MS.open, `opening: ${waitsMs.open.map(Math.round)} ms`);
    assert(Math.max(...waitsMs.save) <= AT_MOST_MS.save, `saving: ${waitsMs.save.map(Math.round)} ms`);
    assert(inBackground > 0, 'the background makes progress');
  });
}

/** Reads users in the background, without end. @returns stops it, and says how many it has read */
function fill(t: TestContext, client: ManagementClient, time: IdleTime): () => Promise<number> {
  const stop = new AbortController();
  t.after(() => stop.abort());
  let done = 0;
  const read = async (priority: 'visible' | 'background', everyMs: number) => {
    try {
      while (!stop.signal.aborted) {
        await client.at(priority).getUser(userId(ID), stop.signal);
        done++;
        if (everyMs > 0) await time.wait(everyMs);
      }
    } catch (error) {
      if (!stop.signal.aborted || (ManagementError.is(error) && error.kind !== 'cancelled')) throw error;
    }
  };
  const all = Promise.all([read('background', 0), read('background', 0), read('visible', 3_000)]);
  return async () => {
    stop.abort();
    await time.passDuring(all);
    return done;
  };
}

async function save(client: ManagementClient, base: ReturnType<typeof metadataOf>, round: number): Promise<void> {
  const resource = userResource(
    ofUser(client.tenant.domain, userId(ID)),
    { client: async () => client, knownClaims: () => undefined },
    () => undefined,
  );
  const text = JSON.stringify({ user_metadata: { round }, app_metadata: {} });
  const edited = parseDocument(text).metadata;
  assert(edited);
  const outcome = await saveUser({ base, edited, policy: () => 'never' }, resource, {
    confirm: async () => 'save',
    resolve: async () => 'overwrite',
    signIn: async () => assert.fail('the token is good'),
    unlock: async () => assert.fail('nothing is locked'),
  });
  assert.equal(outcome.kind, 'saved');
}
