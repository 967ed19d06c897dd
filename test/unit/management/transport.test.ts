// One contract for both transports, over real sockets: what is asked arrives, and what is answered is read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { isFailure } from '../../../src/management/http/transport';
import { answerJson, startServer } from '../../support/http';
import { failureOf, get, MAX_BYTES, open, patch, TRANSPORTS } from './transports';

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
  test(`${name}: method, path, query, headers and body arrive as given`, async t => {
    const { server, transport } = await open(t, create, (_request, response) =>
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
    const { server, transport, url } = await open(t, create, (_request, response) => answerJson(response, 200, {}));
    for (let i = 0; i < 5; i++) assert(!isFailure(await transport.request(i % 2 ? patch(url) : get(url))));
    assert.deepEqual([server.requests.length, server.connections], [5, 1]);
  });

  test(`${name}: a redirect is an answer, and nobody is asked anything there`, async t => {
    const elsewhere = await startServer((_request, response) => answerJson(response, 200, {}));
    t.after(() => elsewhere.close());
    const { transport, url } = await open(t, create, (_request, response) =>
      response.writeHead(307, { location: `${elsewhere.origin}/steal` }).end(),
    );
    const result = await transport.request(patch(url, { headers: { authorization: 'Bearer t' } }));
    assert(!isFailure(result));
    assert.equal(result.status, 307);
    assert.equal(elsewhere.connections, 0);
  });

  test(`${name}: a compressed answer is read`, async t => {
    const { transport, url } = await open(t, create, (_request, response) =>
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
      const { transport, url } = await open(t, create, (_request, response) =>
        response.writeHead(200, headers).end(body),
      );
      const { failure, sent } = await failureOf(transport, get(url));
      assert.deepEqual({ failure, sent }, { failure: 'tooLarge', sent: true });
    });
  }

  for (const [what, bytes] of NOT_UTF8) {
    for (const [how, headers, body] of [
      ['plain', {}, bytes],
      ['compressed', { 'content-encoding': 'gzip' }, gzipSync(bytes)],
    ] as const) {
      test(`${name}: ${what} is no text, and nothing of it is replaced (${how})`, async t => {
        const { transport, url } = await open(t, create, (_request, response) =>
          response.writeHead(200, headers).end(body),
        );
        const result = await transport.request(get(url));
        assert(!isFailure(result));
        assert.deepEqual([result.status, result.text], [200, '']);
      });
    }
  }

  test(`${name}: a header that cannot be sent fails without being quoted`, async t => {
    const { server, transport, url } = await open(t, create, (_request, response) => answerJson(response, 200, {}));
    const failure = await failureOf(transport, get(url, { headers: { authorization: 'Bearer hunter2\nx' } }));
    assert.equal(server.requests.length, 0);
    assert.doesNotMatch(JSON.stringify(failure), /hunter2/);
  });
}
