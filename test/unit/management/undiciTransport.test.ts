// What only undici's transport does: its connections are counted, and a save's requests go first.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isFailure } from '../../../src/management/http/transport';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { answerJson, startServer } from '../../support/http';
import { get, patch } from './transports';

test('undici: cancelled while it waits for a free connection, nothing is sent', async t => {
  const server = await startServer(() => undefined);
  const transport = createUndiciTransport();
  const stop = new AbortController();
  t.after(() => server.close());
  const url = `${server.origin}/x`;
  const busy = Array.from({ length: 6 }, () => transport.request(patch(url), stop.signal));
  const waiting = new AbortController();
  const result = transport.request(patch(url), waiting.signal);
  waiting.abort();
  assert.deepEqual(await result, { failure: 'cancelled', sent: false, code: 'AbortError' });
  stop.abort();
  await Promise.all(busy);
  await transport.close();
  assert(server.requests.length <= 6);
});

test('undici: the requests of a save go while six others keep the server busy', async t => {
  const server = await startServer((request, response) => {
    if (request.url !== '/busy') answerJson(response, 200, {});
  });
  const transport = createUndiciTransport();
  const stop = new AbortController();
  t.after(() => server.close());
  const busy = Array.from({ length: 12 }, () => transport.request(get(`${server.origin}/busy`), stop.signal));
  const url = `${server.origin}/x`;
  while (server.requests.length < 6) await nextTurn();
  const results = [
    await transport.request(get(url, { isOfSave: true })),
    await transport.request(patch(url, { isOfSave: true, startWithinMs: 1_000 })),
  ];
  assert.deepEqual(
    results.map(result => isFailure(result)),
    [false, false],
  );
  const paths = server.requests.map(({ url: path }) => path);
  assert.deepEqual([paths.filter(path => path === '/busy').length, server.connections], [6, 7]);
  stop.abort();
  await Promise.all(busy);
  await transport.close();
});

test('undici: what does not go out in time never does', async t => {
  const server = await startServer(() => undefined);
  const transport = createUndiciTransport();
  const stop = new AbortController();
  t.after(() => server.close());
  const busy = Array.from({ length: 6 }, () => transport.request(get(`${server.origin}/busy`), stop.signal));
  const result = await transport.request(patch(`${server.origin}/late`, { startWithinMs: 50 }));
  assert.deepEqual(result, { failure: 'network', sent: false, code: 'NO_CONNECTION' });
  stop.abort();
  await Promise.all(busy);
  await transport.close();
  assert(server.requests.every(({ url }) => url === '/busy'));
});

test('undici: a TLS handshake that fails is not sent', async t => {
  const server = createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const transport = createUndiciTransport();
  t.after(async () => {
    server.close();
    await transport.close();
  });
  assert(typeof address === 'object' && address);
  const result = await transport.request(patch(`https://127.0.0.1:${address.port}/x`));
  assert.deepEqual(result, { failure: 'network', sent: false, code: 'ERR_SSL_WRONG_VERSION_NUMBER' });
});

test('undici: after closing nothing is sent', async t => {
  const server = await startServer((_request, response) => answerJson(response, 200, {}));
  t.after(() => server.close());
  const transport = createUndiciTransport();
  await transport.request(get(`${server.origin}/x`));
  await transport.close();
  const result = await transport.request(patch(`${server.origin}/x`));
  assert(isFailure(result));
  assert.equal(result.sent, false);
  assert.equal(server.requests.length, 1);
});
