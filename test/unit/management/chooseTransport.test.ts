import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseWay, type ProxySettings, type Way } from '../../../src/management/http/chooseTransport';

const NONE: ProxySettings = { proxy: '', noProxy: [], proxySupport: 'override', strictSsl: true, env: {} };
const PROXY = 'http://proxy.example:3128';
const TENANT = 'https://acme.eu.auth0.com';

const CASES: readonly (readonly [string, string, Partial<ProxySettings>, Way])[] = [
  ['nothing set', TENANT, {}, 'direct'],
  ['http.proxy', TENANT, { proxy: PROXY }, 'host'],
  ['http.proxy of spaces', TENANT, { proxy: ' ' }, 'direct'],
  ['HTTPS_PROXY', TENANT, { env: { HTTPS_PROXY: PROXY } }, 'host'],
  ['https_proxy', TENANT, { env: { https_proxy: PROXY } }, 'host'],
  ['HTTP_PROXY, which VS Code takes too', TENANT, { env: { HTTP_PROXY: PROXY } }, 'host'],
  ['an empty HTTPS_PROXY', TENANT, { env: { HTTPS_PROXY: '' } }, 'direct'],
  ['proxySupport off', TENANT, { proxy: PROXY, proxySupport: 'off' }, 'direct'],
  ['certificates are not checked', TENANT, { strictSsl: false }, 'host'],
  ['http.noProxy, exact', TENANT, { proxy: PROXY, noProxy: ['acme.eu.auth0.com'] }, 'direct'],
  ['http.noProxy, a domain', TENANT, { proxy: PROXY, noProxy: ['auth0.com'] }, 'direct'],
  ['http.noProxy, .domain', TENANT, { proxy: PROXY, noProxy: ['.auth0.com'] }, 'direct'],
  ['http.noProxy, *.domain', TENANT, { proxy: PROXY, noProxy: ['*.AUTH0.com'] }, 'direct'],
  ['http.noProxy, everything', TENANT, { proxy: PROXY, noProxy: ['*'] }, 'direct'],
  ['http.noProxy, with the port', TENANT, { proxy: PROXY, noProxy: ['auth0.com:443'] }, 'direct'],
  ['http.noProxy, another port', TENANT, { proxy: PROXY, noProxy: ['auth0.com:80'] }, 'host'],
  ['http.noProxy, another domain', TENANT, { proxy: PROXY, noProxy: ['h0.com', 'example.com', ''] }, 'host'],
  ['NO_PROXY', TENANT, { proxy: PROXY, env: { NO_PROXY: 'localhost, .auth0.com' } }, 'direct'],
  ['no_proxy', TENANT, { proxy: PROXY, env: { no_proxy: 'auth0.com' } }, 'direct'],
  ['http.noProxy goes before NO_PROXY', TENANT, { proxy: PROXY, noProxy: ['x.com'], env: { NO_PROXY: '*' } }, 'host'],
  ['loopback', 'http://127.0.0.1:4567', { proxy: PROXY, strictSsl: false }, 'direct'],
  ['loopback by name', 'http://localhost:4567', { proxy: PROXY }, 'direct'],
  ['loopback IPv6', 'http://[::1]:4567', { proxy: PROXY }, 'direct'],
];

for (const [name, origin, settings, way] of CASES) {
  test(`${name}: ${way}`, () => assert.equal(chooseWay(origin, { ...NONE, ...settings }), way));
}
