// One contract for both transports, over real sockets: what fails, and whether it was sent by then.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { answerJson, closedOrigin } from '../../support/http';
import { failureOf, open, patch, TRANSPORTS } from './transports';

/**
 * Time stands still in these tests, and is over when the server says so: not while a slow machine still connects. A client that
 * does not notice gets an answer.
 */
const TIMEOUT_MS = 1_000;
const DRIPS = 10;

/** In which what was written arrives. Where it does not, the machine is very slow, and the outcome the same. */
async function turns(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise(resolve => setImmediate(resolve));
}

for (const [name, create] of TRANSPORTS) {
  test(`${name}: refused is not sent`, async t => {
    const transport = create();
    t.after(() => transport.close());
    const failure = await failureOf(transport, patch(`${await closedOrigin()}/x`));
    assert.deepEqual(failure, { failure: 'network', sent: false, code: 'ECONNREFUSED' });
  });

  test(`${name}: a host that does not exist is not sent`, async t => {
    const transport = create();
    t.after(() => transport.close());
    const { failure, sent } = await failureOf(transport, patch('http://nobody.invalid/x'));
    assert.deepEqual({ failure, sent }, { failure: 'network', sent: false });
  });

  test(`${name}: cut after the request was read is unknown, and it is not sent again`, async t => {
    const { server, transport, url } = await open(t, create, (_request, response) => response.destroy());
    const { failure, sent } = await failureOf(transport, patch(url));
    assert.deepEqual({ failure, sent }, { failure: 'network', sent: true });
    assert.equal(server.requests.length, 1);
  });

  test(`${name}: cut in the middle of the answer is unknown`, async t => {
    const { transport, url } = await open(t, create, (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"a":');
      setImmediate(() => response.destroy());
    });
    const { failure, sent } = await failureOf(transport, patch(url));
    assert.deepEqual({ failure, sent }, { failure: 'network', sent: true });
  });

  test(`${name}: a server that is silent is timed out, and the outcome unknown`, async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { transport, url } = await open(t, create, (_request, response) => {
      t.mock.timers.tick(TIMEOUT_MS);
      answerJson(response, 200, {});
    });
    const { failure, sent } = await failureOf(transport, patch(url, { timeoutMs: TIMEOUT_MS }));
    assert.deepEqual({ failure, sent }, { failure: 'timeout', sent: true });
  });

  test(`${name}: a server that stops in the middle of the answer is timed out`, async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { transport, url } = await open(t, create, (_request, response) => {
      response.writeHead(200).write('{"a":');
      void turns().then(() => {
        t.mock.timers.tick(TIMEOUT_MS);
        response.end('1}');
      });
    });
    const { failure, sent } = await failureOf(transport, patch(url, { timeoutMs: TIMEOUT_MS }));
    assert.deepEqual({ failure, sent }, { failure: 'timeout', sent: true });
  });

  test(`${name}: a server that drips is timed out: the whole is bounded, and not its silences`, async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let isOver: boolean = false;
    const { transport, url } = await open(t, create, (_request, response) => {
      response.writeHead(200).write('{"a":"');
      const drip = async (left: number): Promise<void> => {
        await turns();
        if (isOver) return;
        t.mock.timers.tick(TIMEOUT_MS / DRIPS);
        if (left === 0) response.end('"}');
        else response.write('x', () => void drip(left - 1));
      };
      void drip(DRIPS);
    });
    const { failure, sent } = await failureOf(transport, patch(url, { timeoutMs: TIMEOUT_MS }));
    isOver = true;
    assert.deepEqual({ failure, sent }, { failure: 'timeout', sent: true });
  });

  test(`${name}: cancelled while the server drips`, async t => {
    const controller = new AbortController();
    const { transport, url } = await open(t, create, (_request, response) => {
      response.writeHead(200).write('{"a":');
      void turns().then(() => controller.abort());
    });
    const { failure, sent } = await failureOf(transport, patch(url), controller.signal);
    assert.deepEqual({ failure, sent }, { failure: 'cancelled', sent: true });
  });

  test(`${name}: cancelled while the server thinks`, async t => {
    const controller = new AbortController();
    const { transport, url } = await open(t, create, () => controller.abort());
    const { failure, sent } = await failureOf(transport, patch(url), controller.signal);
    assert.deepEqual({ failure, sent }, { failure: 'cancelled', sent: true });
  });

  test(`${name}: cancelled before it began, nothing is sent`, async t => {
    const { server, transport, url } = await open(t, create, (_request, response) => answerJson(response, 200, {}));
    const failure = await failureOf(transport, patch(url), AbortSignal.abort());
    assert.deepEqual(failure, { failure: 'cancelled', sent: false, code: 'AbortError' });
    assert.equal(server.connections, 0);
  });

  test(`${name}: a signal that outlives its requests gathers no listeners`, async t => {
    const { signal } = new AbortController();
    const { transport, url } = await open(t, create, (_request, response, index) =>
      index % 2 ? response.destroy() : answerJson(response, 200, {}),
    );
    for (let i = 0; i < 4; i++) await transport.request(patch(url), signal);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });
}
