// Answers with a status of success that are none: another user, or bytes that are no text. Nothing of them may be used.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { staticToken } from '../../../src/management/auth/token';
import type { ManagementClient } from '../../../src/management/client';
import { createManagementClient } from '../../../src/management/client';
import { createFetchTransport } from '../../../src/management/http/fetchTransport';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { startServer } from '../../support/http';
import { errorOf, tenantAt, userId } from '../../support/management';

const ID = userId('auth0|Abc');
const user = (id: unknown) => Buffer.from(JSON.stringify({ user_id: id, user_metadata: { plan: 'full' } }));
const [before = '', after = ''] = `{"user_id":"${ID}","user_metadata":{"n":"?"}}`.split('?');
const holding = (...bytes: readonly number[]) =>
  Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);

const ANSWERS: readonly (readonly [string, Buffer])[] = [
  ['another user', user('auth0|other')],
  ['one whose id differs in the case of a letter', user('auth0|abc')],
  ['one whose id is encoded', user('auth0%7CAbc')],
  ['a user without an id', user(undefined)],
  ['an id that is no string', user(1)],
  ['a byte that is not UTF-8', holding(0xe9)],
  ['half of a surrogate pair', holding(0xed, 0xa0, 0xbd)],
  ['a sequence that is cut', holding(0xe2, 0x82)],
];

const REQUESTS: Readonly<Record<string, (client: ManagementClient) => Promise<unknown>>> = {
  GET: client => client.getUser(ID),
  PATCH: client => client.patchUser(ID, '{"user_metadata":{"a":1}}'),
};
const TRANSPORTS = { undici: () => createUndiciTransport(), fetch: () => createFetchTransport() };

for (const [transportName, create] of Object.entries(TRANSPORTS)) {
  for (const [what, body] of ANSWERS) {
    for (const zipped of [false, true]) {
      test(`${transportName}: ${what}${zipped ? ', compressed' : ''}, cannot be read`, async t => {
        const headers = { 'content-type': 'application/json', ...(zipped ? { 'content-encoding': 'gzip' } : {}) };
        const server = await startServer((_request, response) => {
          response.writeHead(200, headers).end(zipped ? gzipSync(body) : body);
        });
        const transport = create();
        t.after(() => Promise.all([server.close(), transport.close()]));
        const client = createManagementClient({ tenant: tenantAt(server.origin), tokens: staticToken('t'), transport });
        for (const [method, request] of Object.entries(REQUESTS)) {
          const error = await errorOf(request(client));
          assert.deepEqual([error.kind, error.outcome, error.status], ['server', 'unknown', 200], method);
        }
        assert.equal(server.requests.length, 2);
      });
    }
  }
}
