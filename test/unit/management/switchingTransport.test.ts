import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProxySettings } from '../../../src/management/http/chooseTransport';
import { createTransport } from '../../../src/management/http/switchingTransport';
import { type HttpFailure, type HttpResult, isFailure, type Transport } from '../../../src/management/http/transport';
import { answerJson, startServer } from '../../support/http';
import { NO_PROXY_SETTINGS } from '../../support/proxySettings';

const SOCKS = 'socks5://proxy.example';
const TENANT = 'https://acme.eu.auth0.com';
const PATCH = { method: 'PATCH', url: `${TENANT}/x`, headers: {}, body: '{}' } as const;

const ok: HttpResult = { status: 200, header: () => undefined, text: '{}' };
const unreachable: HttpFailure = { failure: 'network', sent: false, code: 'ECONNREFUSED' };
const reset: HttpFailure = { failure: 'network', sent: true, code: 'ECONNRESET' };

/** Answers what it is told, in order, the last one for ever; notes in `log` that it was asked. */
function scripted(name: string, log: string[], results: readonly HttpResult[]): Transport {
  let index = 0;
  return {
    async request() {
      log.push(name);
      return results[Math.min(index++, results.length - 1)] ?? ok;
    },
    async close() {
      log.push(`${name} closed`);
    },
  };
}

function switching(
  direct: readonly HttpResult[],
  host: readonly HttpResult[],
  settings: () => ProxySettings = () => NO_PROXY_SETTINGS,
) {
  const log: string[] = [];
  const transport = createTransport({
    settings,
    open: async ({ proxy, trust }) => scripted(`${proxy?.url ?? 'direct'}${trust === 'all' ? '!' : ''}`, log, direct),
    host: scripted('host', log, host),
  });
  return { log, transport };
}

test('what can be reached directly is', async () => {
  const { log, transport } = switching([ok], [ok]);
  await transport.request(PATCH);
  await transport.request(PATCH);
  assert.deepEqual(log, ['direct', 'direct']);
});

test('a first contact that fails before anything was sent goes to the host, and so does all that follows', async () => {
  const { log, transport } = switching([unreachable], [ok]);
  assert.deepEqual(await transport.request(PATCH), ok);
  await transport.request(PATCH);
  assert.deepEqual(log, ['direct', 'host', 'host']);
});

test('a PATCH never takes the other way: what it was planned against is read again first', async () => {
  const { log, transport } = switching([unreachable], [ok]);
  assert.deepEqual(await transport.request({ ...PATCH, startWithinMs: 1_000 }), unreachable);
  assert.deepEqual(log, ['direct']);
  // That read finds the way, and the PATCH then goes along.
  await transport.request({ ...PATCH, method: 'GET' });
  await transport.request({ ...PATCH, startWithinMs: 1_000 });
  assert.deepEqual(log, ['direct', 'direct', 'host', 'host']);
});

test('both ways together take no longer than one request may', async () => {
  const given: (readonly [string, number | undefined, number | undefined])[] = [];
  const noting = (name: string, result: HttpResult): Transport => ({
    async request({ timeoutMs, startWithinMs }) {
      given.push([name, timeoutMs, startWithinMs]);
      return result;
    },
    close: async () => undefined,
  });
  const direct = noting('direct', unreachable);
  const transport = createTransport({
    settings: () => NO_PROXY_SETTINGS,
    open: async () => direct,
    host: noting('host', ok),
  });
  await transport.request({ ...PATCH, timeoutMs: 10_000 });
  const [first, second] = given;
  assert.deepEqual(first, ['direct', 10_000, 5_000]);
  assert(second !== undefined && (second[1] ?? Number.POSITIVE_INFINITY) <= 10_000);
});

test('a first contact that fails after sending is never sent again', async () => {
  const { log, transport } = switching([reset], [ok]);
  assert.deepEqual(await transport.request(PATCH), reset);
  assert.deepEqual(log, ['direct']);
});

test('a cancelled first contact is not tried elsewhere', async () => {
  const cancelled: HttpFailure = { failure: 'cancelled', sent: false, code: 'AbortError' };
  const { log, transport } = switching([cancelled], [ok]);
  assert.deepEqual(await transport.request(PATCH), cancelled);
  assert.deepEqual(log, ['direct']);
});

test('where the host does not get there either, the next request begins anew', async () => {
  const { log, transport } = switching([unreachable], [reset, ok]);
  assert.deepEqual(await transport.request(PATCH), reset);
  assert.deepEqual(await transport.request(PATCH), ok);
  assert.deepEqual(log, ['direct', 'host', 'direct', 'host']);
});

test('once an answer came directly, a failure is a failure', async () => {
  const { log, transport } = switching([ok, unreachable], [ok]);
  await transport.request(PATCH);
  assert.deepEqual(await transport.request(PATCH), unreachable);
  assert.deepEqual(log, ['direct', 'direct']);
});

test('tenants are decided one by one', async () => {
  const { log, transport } = switching([unreachable, ok], [ok]);
  await transport.request(PATCH);
  await transport.request({ ...PATCH, url: 'https://other.auth0.com/x' });
  assert.deepEqual(log, ['direct', 'host', 'direct']);
});

test('a sandbox is never asked for through the host', async () => {
  const { log, transport } = switching([unreachable], [ok]);
  await transport.request({ ...PATCH, url: 'http://127.0.0.1:9/x' });
  assert.deepEqual(log, ['direct']);
});

test('a proxy that is named is used; where it leads nowhere, the host knows better', async () => {
  const { log, transport } = switching([unreachable], [ok], () => ({
    ...NO_PROXY_SETTINGS,
    proxy: 'http://proxy.example',
  }));
  assert.deepEqual(await transport.request(PATCH), ok);
  await transport.request(PATCH);
  assert.deepEqual(log, ['http://proxy.example/', 'host', 'host']);
});

test('with a proxy for the host no other transport is even loaded', async () => {
  const transport = createTransport({
    settings: () => ({ ...NO_PROXY_SETTINGS, proxy: SOCKS }),
    open: () => assert.fail('loaded'),
    host: scripted('host', [], [ok]),
  });
  assert.deepEqual(await transport.request(PATCH), ok);
  await transport.close();
});

test('changed settings decide anew', async () => {
  let settings = { ...NO_PROXY_SETTINGS, proxy: SOCKS };
  const { log, transport } = switching([ok], [ok], () => settings);
  await transport.request(PATCH);
  settings = NO_PROXY_SETTINGS;
  await transport.request(PATCH);
  transport.settingsChanged();
  await transport.request(PATCH);
  assert.deepEqual(log, ['host', 'host', 'direct']);
});

test('what was opened without a check of certificates serves nothing once they are checked', async () => {
  let settings: ProxySettings = { ...NO_PROXY_SETTINGS, strictSsl: false };
  const { log, transport } = switching([ok], [ok], () => settings);
  await transport.request(PATCH);
  settings = NO_PROXY_SETTINGS;
  transport.settingsChanged();
  await transport.request(PATCH);
  await transport.close();
  assert.deepEqual(log, ['direct!', 'direct', 'host closed', 'direct! closed', 'direct closed']);
});

test('a direct transport that cannot be loaded is a way that fails before sending, and is tried again', async () => {
  let loads = 0;
  const transport = createTransport({
    settings: () => NO_PROXY_SETTINGS,
    open: () => {
      loads++;
      return Promise.reject(new Error('no such file'));
    },
    host: scripted('host', [], [unreachable]),
  });
  assert.deepEqual(await transport.request(PATCH), unreachable);
  await transport.request(PATCH);
  assert.equal(loads, 2);
});

test('closing closes both', async () => {
  const { log, transport } = switching([ok], [ok]);
  await transport.request(PATCH);
  await transport.close();
  assert.deepEqual(new Set(log), new Set(['direct', 'direct closed', 'host closed']));
});

test('by default it is undici', async t => {
  const server = await startServer((_request, response) => answerJson(response, 200, {}));
  const transport = createTransport({ settings: () => NO_PROXY_SETTINGS });
  t.after(async () => {
    await transport.close();
    await server.close();
  });
  const result = await transport.request({ ...PATCH, url: `${server.origin}/x` });
  assert(!isFailure(result));
  assert.equal(server.requests[0]?.headers['accept-encoding'], 'gzip');
});
