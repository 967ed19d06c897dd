// What the tests of transports share: both of them, requests, a server of the test, and the failure that came back.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createFetchTransport } from '../../../src/management/http/fetchTransport';
import { type HttpFailure, type HttpRequest, isFailure, type Transport } from '../../../src/management/http/transport';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import type { Handler } from '../../support/http';
import { openTransport } from '../../support/management';

/** The most that an answer may have, in these tests. */
export const MAX_BYTES = 100_000;

type Create = () => Transport;

export const TRANSPORTS: readonly (readonly [string, Create])[] = [
  ['undici', () => createUndiciTransport(undefined, { maxResponseBytes: MAX_BYTES })],
  ['fetch', () => createFetchTransport(undefined, MAX_BYTES)],
];

export const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  ...more,
});

export const patch = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'PATCH',
  url,
  headers: { 'content-type': 'application/json' },
  body: '{}',
  ...more,
});

/** The transport, on a server that answers with `handler`; both end with the test. */
export async function open(t: TestContext, create: Create, handler: Handler) {
  const { server, transport } = await openTransport(t, handler, create);
  return { server, transport, url: `${server.origin}/x` };
}

export async function failureOf(
  transport: Transport,
  request: HttpRequest,
  signal?: AbortSignal,
): Promise<HttpFailure> {
  const result = await transport.request(request, signal);
  assert(isFailure(result), 'an answer where a failure was expected');
  return result;
}
