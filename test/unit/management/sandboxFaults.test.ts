// What the client says of a PATCH that goes wrong, beside what the server then holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestQueue } from '../../../src/management/budget/requestQueue';
import type { ErrorKind, Outcome } from '../../../src/management/errors';
import { DEFAULT_TIMEOUT_MS } from '../../../src/management/http/transport';
import type { Fault } from '../../../src/sandbox/http/faults';
import { errorOf, userId } from '../../support/management';
import { held, ID, openSandbox } from '../../support/sandboxClient';
import { VirtualTime } from '../../support/virtualTime';

const START_MS = Date.UTC(2026, 0, 1);

/** Each fault: what the client says, and whether the server holds the change all the same. */
const FAULTS: readonly (readonly [string, Fault, ErrorKind, Outcome, boolean])[] = [
  ['reset before it was read', { kind: 'resetBeforeRead' }, 'network', 'unknown', false],
  ['reset after it was applied', { kind: 'resetAfterApply' }, 'network', 'unknown', true],
  ['no answer, applied', { kind: 'stallHeaders' }, 'timeout', 'unknown', true],
  ['half an answer', { kind: 'stallBody' }, 'timeout', 'unknown', true],
  ['half a JSON, cut', { kind: 'truncateJson' }, 'network', 'unknown', true],
  ['half a JSON, whole answer', { kind: 'truncateJson', framing: 'complete' }, 'server', 'unknown', true],
  [
    '502 after it was applied',
    { kind: 'answer', answer: { status: 502, body: '<html>' }, apply: true },
    'server',
    'unknown',
    true,
  ],
  ['413', { kind: 'answer', answer: { status: 413, body: '' } }, 'invalid', 'refused', false],
];

for (const [name, fault, kind, outcome, applied] of FAULTS) {
  test(`PATCH, ${name}`, { timeout: 60_000 }, async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { sandbox, client } = await openSandbox(t);
    const stalled = () => t.mock.timers.tick(DEFAULT_TIMEOUT_MS);
    const stalls = fault.kind === 'stallHeaders' || fault.kind === 'stallBody';
    sandbox.control.fail({ method: 'PATCH', fault: stalls ? { ...fault, stalled } : fault });
    const error = await errorOf(client.patchUser(userId(ID), '{"user_metadata":{"x":1}}'));
    assert.deepEqual([error.kind, error.outcome], [kind, outcome]);
    assert.equal(held(sandbox, ID, 'x'), applied ? 1 : undefined);
    assert.equal(sandbox.control.requests.filter(request => request.method === 'PATCH').length, 1);
  });
}

test('offline: nothing was sent; and back again', async t => {
  const { sandbox, client } = await openSandbox(t);
  await sandbox.control.goOffline();
  const error = await errorOf(client.patchUser(userId(ID), '{"user_metadata":{"x":1}}'));
  assert.deepEqual([error.kind, error.outcome], ['network', 'notSent']);
  await sandbox.control.goOnline();
  await client.patchUser(userId(ID), '{"user_metadata":{"x":1}}');
  assert.equal(held(sandbox, ID, 'x'), 1);
});

for (const skewMs of [0, 3_600_000, -3_600_000]) {
  test(`a rate limit is waited for with a server clock that is off by ${skewMs / 60_000} min`, async t => {
    const time = new VirtualTime(START_MS);
    const waitsMs: number[] = [];
    const { sandbox, client } = await openSandbox(t, {
      queue: new RequestQueue({ clock: time }),
      observer: { onWait: delayMs => waitsMs.push(delayMs) },
    });
    const resetS = (START_MS + skewMs) / 1000 + 1;
    const headers = { 'x-ratelimit-reset': String(resetS), date: new Date((resetS - 1) * 1000).toUTCString() };
    const limited = { status: 429, body: '{"statusCode":429,"message":"Global limit has been reached"}', headers };
    sandbox.control.fail({ method: 'PATCH', fault: { kind: 'answer', answer: limited, bare: true } });
    const body = '{"user_metadata":{"x":1}}';
    assert.equal((await errorOf(client.patchUser(userId(ID), body))).again, true);
    // The wait runs from the answer: what has passed since then is not waited for again.
    await time.run(START_MS + 300);
    let isReady = false;
    const ready = client.ready(2).finally(() => {
      isReady = true;
    });
    await time.run(START_MS + 999);
    assert.deepEqual([isReady, waitsMs.length], [false, 1]);
    await time.run(START_MS + 1_250);
    await client.patchUser(userId(ID), body, undefined, { ready: await ready });
    assert(
      waitsMs.every(delayMs => delayMs >= 700 && delayMs <= 950),
      JSON.stringify(waitsMs),
    );
    assert.equal(held(sandbox, ID, 'x'), 1);
  });
}
