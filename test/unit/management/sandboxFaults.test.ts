// What the client says of a PATCH that goes wrong, beside what the server then holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorKind, Outcome } from '../../../src/management/errors';
import type { Fault } from '../../../src/sandbox/http/faults';
import { errorOf, userId } from '../../support/management';
import { held, ID, openSandbox } from '../../support/sandboxClient';

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
  test(`PATCH, ${name}`, async t => {
    // Longer than connecting takes on a busy machine.
    const setup = fault.kind.startsWith('stall') ? { timeoutMs: 2_000 } : {};
    const { sandbox, client } = await openSandbox(t, setup);
    sandbox.control.fail({ method: 'PATCH', fault });
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
    let sentMs = 0;
    const waits: { delayMs: number; sinceSentMs: number }[] = [];
    const onWait = (delayMs: number) => waits.push({ delayMs, sinceSentMs: performance.now() - sentMs });
    const { sandbox, client } = await openSandbox(t, { observer: { onWait } });
    const resetS = Math.floor((Date.now() + skewMs) / 1000) + 1;
    const headers = { 'x-ratelimit-reset': String(resetS), date: new Date((resetS - 1) * 1000).toUTCString() };
    const limited = { status: 429, body: '{"statusCode":429,"message":"Global limit has been reached"}', headers };
    sandbox.control.fail({ method: 'PATCH', fault: { kind: 'answer', answer: limited, bare: true } });
    const body = '{"user_metadata":{"x":1}}';
    sentMs = performance.now();
    assert.equal((await errorOf(client.patchUser(userId(ID), body))).again, true);
    await client.patchUser(userId(ID), body, undefined, { ready: await client.ready(2) });
    assert.equal(waits.length, 1);
    // The second runs from the answer: what has passed since then is not waited for again.
    assert(
      waits.every(({ delayMs, sinceSentMs }) => delayMs + sinceSentMs >= 1000 && delayMs <= 1250),
      JSON.stringify(waits),
    );
    assert.equal(held(sandbox, ID, 'x'), 1);
  });
}
