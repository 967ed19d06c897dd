// One contract for both transports, over real sockets.
import assert from 'node:assert/strict';
import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createFetchTransport } from '../../../src/management/http/fetchTransport';
import { type HttpFailure, type HttpRequest, isFailure, type Transport } from '../../../src/management/http/transport';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { answerJson, closedOrigin, type Handler, startServer } from '../../support/http';

const MAX_BYTES = 100_000;

const TRANSPORTS: readonly (readonly [string, () => Transport])[] = [
  ['undici', () => createUndiciTransport({ maxResponseBytes: MAX_BYTES })],
  ['fetch', () => createFetchTransport(undefined, MAX_BYTES)],
];

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  ...more,
});

const patch = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'PATCH',
  url,
  headers: { 'content-type': 'application/json' },
  body: '{}',
  ...more,
});

const within = (...bytes: readonly number[]) =>
  Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')]);

const NOT_UTF8: readonly (readonly [string, Buffer])[] = [
  ['Latin-1', within(0xe9)],
  ['half a sequence', within(0xf0, 0x9f, 0x98)],
  ['half of a surrogate pair', within(0xed, 0xa0, 0xbd)],
  ['an overlong form', within(0xc0, 0xaf)],
  ['UTF-16', Buffer.from('{"a":"é"}', 'utf16le')],
  ['a text that is cut in a character', Buffer.from('{"a":"é').subarray(0, -1)],
];

for (const [name, create] of TRANSPORTS) {
  const open = async (t: TestContext, handler: Handler) => {
    const server = await startServer(handler);
    const transport = create();
    t.after(async () => {
      await server.close();
      await transport.close();
    });
    return { server, transport, url: `${server.origin}/x` };
  };
  /** With a connection that is there, so that a short timeout is not spent on making one. */
  const openWarm = async (t: TestContext, handler: Handler) => {
    const opened = await open(t, (request, response, index) =>
      index === 0 ? answerJson(response, 200, {}) : handler(request, response, index),
    );
    await opened.transport.request(get(opened.url));
    return opened;
  };
  const failureOf = async (transport: Transport, request: HttpRequest, signal?: AbortSignal): Promise<HttpFailure> => {
    const result = await transport.request(request, signal);
    assert(isFailure(result), 'an answer where a failure was expected');
    return result;
  };

  test(`${name}: method, path, query, headers and body arrive as given`, async t => {
    const { server, transport } = await open(t, (_request, response) =>
      answerJson(response, 201, { a: 'ü' }, { 'X-Some': 'y' }),
    );
    const url = `${server.origin}/api/v2/users/auth0%7Ca%252Fb?q=a%3Ab+c`;
    const body = '{"n": 12345678901234567890, "s": "😀"}';
    const result = await transport.request(patch(url, { body, headers: { authorization: 'Bearer t' } }));
    assert(!isFailure(result));
    assert.deepEqual([result.status, result.text, result.header('x-SOME')], [201, '{"a":"ü"}', 'y']);
    assert.equal(result.header('x-none'), undefined);
    const [received] = server.requests;
    assert.deepEqual(
      [received?.method, received?.url, received?.body, received?.headers.authorization],
      ['PATCH', '/api/v2/users/auth0%7Ca%252Fb?q=a%3Ab+c', body, 'Bearer t'],
    );
  });

  test(`${name}: the connection is used again`, async t => {
    const { server, transport, url } = await open(t, (_request, response) => answerJson(response, 200, {}));
    for (let i = 0; i < 5; i++) assert(!isFailure(await transport.request(i % 2 ? patch(url) : get(url))));
    assert.deepEqual([server.requests.length, server.connections], [5, 1]);
  });

  test(`${name}: a redirect is an answer, and nobody is asked anything there`, async t => {
    const elsewhere = await startServer((_request, response) => answerJson(response, 200, {}));
    t.after(() => elsewhere.close());
    const { transport, url } = await open(t, (_request, response) =>
      response.writeHead(307, { location: `${elsewhere.origin}/steal` }).end(),
    );
    const result = await transport.request(patch(url, { headers: { authorization: 'Bearer t' } }));
    assert(!isFailure(result));
    assert.equal(result.status, 307);
    assert.equal(elsewhere.connections, 0);
  });

  test(`${name}: a compressed answer is read`, async t => {
    const { transport, url } = await open(t, (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}')),
    );
    const result = await transport.request(get(url));
    assert(!isFailure(result));
    assert.equal(result.text, '{"a":1}');
  });

  for (const [what, body] of [
    ['plain', Buffer.alloc(MAX_BYTES + 1, 'x')],
    ['compressed', gzipSync(Buffer.alloc(MAX_BYTES + 1, 'x'))],
  ] as const) {
    test(`${name}: an answer beyond the limit is given up (${what})`, async t => {
      const headers = what === 'plain' ? {} : { 'content-encoding': 'gzip' };
      const { transport, url } = await open(t, (_request, response) => response.writeHead(200, headers).end(body));
      const { failure, sent } = await failureOf(transport, get(url));
      assert.deepEqual({ failure, sent }, { failure: 'tooLarge', sent: true });
    });
  }

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
    const { server, transport, url } = await open(t, (_request, response) => response.destroy());
    const { failure, sent } = await failureOf(transport, patch(url));
    assert.deepEqual({ failure, sent }, { failure: 'network', sent: true });
    assert.equal(server.requests.length, 1);
  });

  test(`${name}: cut in the middle of the answer is unknown`, async t => {
    const { transport, url } = await open(t, (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"a":');
      setImmediate(() => response.destroy());
    });
    const { failure, sent } = await failureOf(transport, patch(url));
    assert.deepEqual({ failure, sent }, { failure: 'network', sent: true });
  });

  test(`${name}: a server that is silent is timed out, and the outcome unknown`, async t => {
    const { transport, url } = await openWarm(t, () => undefined);
    const { failure, sent } = await failureOf(transport, patch(url, { timeoutMs: 50 }));
    assert.deepEqual({ failure, sent }, { failure: 'timeout', sent: true });
  });

  test(`${name}: a server that stops in the middle of the answer is timed out`, async t => {
    const { transport, url } = await openWarm(t, (_request, response) => response.writeHead(200).write('{"a":'));
    const { failure, sent } = await failureOf(transport, patch(url, { timeoutMs: 50 }));
    assert.deepEqual({ failure, sent }, { failure: 'timeout', sent: true });
  });

  test(`${name}: a server that drips is timed out: the whole is bounded, and not its silences`, async t => {
    let isOpen = true;
    const { transport, url } = await openWarm(t, (_request, response) => {
      response.on('close', () => {
        isOpen = false;
      });
      response.writeHead(200).write('{"a":"');
      const drip = () => {
        if (!isOpen) return;
        response.write('x');
        setTimeout(drip, 20);
      };
      drip();
    });
    const { failure, sent } = await failureOf(transport, patch(url, { timeoutMs: 300 }));
    assert.deepEqual({ failure, sent }, { failure: 'timeout', sent: true });
  });

  test(`${name}: cancelled while the server drips`, async t => {
    const controller = new AbortController();
    const { transport, url } = await open(t, (_request, response) => {
      response.writeHead(200).write('{"a":');
      setTimeout(() => controller.abort(), 50);
    });
    const { failure, sent } = await failureOf(transport, patch(url), controller.signal);
    assert.deepEqual({ failure, sent }, { failure: 'cancelled', sent: true });
  });

  for (const [what, bytes] of NOT_UTF8) {
    for (const [how, headers, body] of [
      ['plain', {}, bytes],
      ['compressed', { 'content-encoding': 'gzip' }, gzipSync(bytes)],
    ] as const) {
      test(`${name}: ${what} is no text, and nothing of it is replaced (${how})`, async t => {
        const { transport, url } = await open(t, (_request, response) => response.writeHead(200, headers).end(body));
        const result = await transport.request(get(url));
        assert(!isFailure(result));
        assert.deepEqual([result.status, result.text], [200, '']);
      });
    }
  }

  test(`${name}: cancelled while the server thinks`, async t => {
    const controller = new AbortController();
    const { transport, url } = await open(t, () => controller.abort());
    const { failure, sent } = await failureOf(transport, patch(url), controller.signal);
    assert.deepEqual({ failure, sent }, { failure: 'cancelled', sent: true });
  });

  test(`${name}: cancelled before it began, nothing is sent`, async t => {
    const { server, transport, url } = await open(t, (_request, response) => answerJson(response, 200, {}));
    const failure = await failureOf(transport, patch(url), AbortSignal.abort());
    assert.deepEqual(failure, { failure: 'cancelled', sent: false, code: 'AbortError' });
    assert.equal(server.connections, 0);
  });

  test(`${name}: a signal that outlives its requests gathers no listeners`, async t => {
    const { signal } = new AbortController();
    const { transport, url } = await open(t, (_request, response, index) =>
      index % 2 ? response.destroy() : answerJson(response, 200, {}),
    );
    for (let i = 0; i < 4; i++) await transport.request(patch(url), signal);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  test(`${name}: a header that cannot be sent fails without being quoted`, async t => {
    const { server, transport, url } = await open(t, (_request, response) => answerJson(response, 200, {}));
    const failure = await failureOf(transport, get(url, { headers: { authorization: 'Bearer hunter2\nx' } }));
    assert.equal(server.requests.length, 0);
    assert.doesNotMatch(JSON.stringify(failure), /hunter2/);
  });
}

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
