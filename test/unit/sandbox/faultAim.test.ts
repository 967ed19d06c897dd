// A fault hits the requests it is aimed at, and no others.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { FaultRule } from '../../../src/sandbox/http/faults';
import { attempt, call, sandboxFor, userPath } from './client';

const ID = 'auth0|1';
const SEED = { users: [{ user_id: ID, user_metadata: { a: 1 } }] };

suite('the aim of faults', () => {
  test('aim: route, method, path, skip, times; first rule first; clear', async t => {
    const sandbox = await sandboxFor(t, SEED);
    const answer = (status: number): FaultRule['fault'] => ({ kind: 'answer', answer: { status, body: '{}' } });
    sandbox.control.fail({ route: 'byEmail', fault: answer(501) });
    sandbox.control.fail({ method: 'DELETE', fault: answer(502) });
    sandbox.control.fail({ path: '/api/v2/users?page=1', fault: answer(503) });
    sandbox.control.fail({ route: 'get', skip: 1, times: 2, fault: answer(504) });
    sandbox.control.fail({ route: 'get', times: 100, fault: answer(505) });
    const status = async (method: string, path: string): Promise<number> => (await call(sandbox, method, path)).status;
    assert.equal(await status('GET', '/api/v2/users?page=0'), 200);
    assert.equal(await status('GET', '/api/v2/users?page=1'), 503);
    assert.equal(await status('GET', '/api/v2/users-by-email?email=a'), 501);
    assert.equal(await status('DELETE', userPath(ID)), 502);
    const gets = [];
    for (let i = 0; i < 4; i++) gets.push(await status('GET', userPath(ID)));
    assert.deepEqual(gets, [505, 504, 504, 505]);
    assert.equal(sandbox.control.faultsSpent, false);
    sandbox.control.clearFaults();
    assert.equal(await status('GET', userPath(ID)), 200);
  });

  test('faults hit the token route and lists too', async t => {
    const sandbox = await sandboxFor(t, SEED);
    for (const route of ['token', 'list', 'connections', 'create', 'delete'] as const) {
      sandbox.control.fail({ route, fault: { kind: 'resetBeforeRead' } });
    }
    for (const [method, path] of [
      ['POST', '/oauth/token'],
      ['GET', '/api/v2/users'],
      ['GET', '/api/v2/connections'],
      ['POST', '/api/v2/users'],
      ['DELETE', userPath(ID)],
    ] as const) {
      const outcome = await attempt(sandbox, method, path);
      assert.deepEqual(outcome, { kind: 'failed', code: 'ECONNRESET', sawHeaders: false }, path);
    }
    assert.ok(sandbox.control.faultsSpent);
  });
});
