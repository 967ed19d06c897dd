// What the host's fetch rejects with, and whether anything had been sent by then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFetchTransport } from '../../../src/management/http/fetchTransport';
import type { HttpFailure } from '../../../src/management/http/transport';

const system = (code: string, syscall?: string) => Object.assign(new Error('hunter2'), { code, syscall });

const PATCH = { method: 'PATCH', url: 'https://acme.auth0.com/x', headers: {}, body: '{}' } as const;

/** What fetch rejects with, below its TypeError. It does not say when it sent: only these certainly came before. */
const CAUSES: readonly (readonly [string, unknown, HttpFailure])[] = [
  ['refused', system('ECONNREFUSED', 'connect'), { failure: 'network', sent: false, code: 'ECONNREFUSED' }],
  ['unknown host', system('ENOTFOUND', 'getaddrinfo'), { failure: 'network', sent: false, code: 'ENOTFOUND' }],
  [
    'no address answers',
    Object.assign(new AggregateError([system('ETIMEDOUT', 'connect'), system('ENETUNREACH', 'connect')]), {
      code: 'ETIMEDOUT',
    }),
    { failure: 'timeout', sent: false, code: 'ETIMEDOUT' },
  ],
  [
    'connecting takes too long',
    system('UND_ERR_CONNECT_TIMEOUT'),
    { failure: 'timeout', sent: false, code: 'UND_ERR_CONNECT_TIMEOUT' },
  ],
  [
    'own authority',
    system('SELF_SIGNED_CERT_IN_CHAIN'),
    { failure: 'network', sent: false, code: 'SELF_SIGNED_CERT_IN_CHAIN' },
  ],
  [
    'another name',
    system('ERR_TLS_CERT_ALTNAME_INVALID'),
    { failure: 'network', sent: false, code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  ],
  ['expired', system('CERT_HAS_EXPIRED'), { failure: 'network', sent: false, code: 'CERT_HAS_EXPIRED' }],
  ['reset', system('ECONNRESET', 'read'), { failure: 'network', sent: true, code: 'ECONNRESET' }],
  ['timed out while reading', system('ETIMEDOUT', 'read'), { failure: 'timeout', sent: true, code: 'ETIMEDOUT' }],
  ['a pipe that broke', system('EPIPE', 'write'), { failure: 'network', sent: true, code: 'EPIPE' }],
  ['anything else', new Error('hunter2'), { failure: 'network', sent: true, code: 'TypeError' }],
  ['nothing', undefined, { failure: 'network', sent: true, code: 'TypeError' }],
];

for (const [name, cause, failure] of CAUSES) {
  test(`fetch: ${name}: ${failure.sent ? 'unknown' : 'not sent'}`, async () => {
    const transport = createFetchTransport(() => Promise.reject(new TypeError('hunter2', { cause })));
    assert.deepEqual(await transport.request(PATCH), failure);
  });
}
