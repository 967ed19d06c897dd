import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chooseWay,
  type ProxySettings,
  readProxySettings,
  type Way,
} from '../../../src/management/http/chooseTransport';
import { NO_PROXY_SETTINGS } from '../../support/proxySettings';

const PROXY = 'http://proxy.example:3128/';
const TENANT = 'https://acme.eu.auth0.com';
const BASIC = 'Basic dXNlcjpwYXNz';

const DIRECT: Way = { trust: 'node' };
const PROXIED: Way = { proxy: { url: PROXY, authorization: '' }, trust: 'node' };

const CASES: readonly (readonly [string, string, Partial<ProxySettings>, Way])[] = [
  ['nothing set', TENANT, {}, DIRECT],
  ['http.proxy', TENANT, { proxy: PROXY }, PROXIED],
  ['http.proxy of spaces', TENANT, { proxy: ' ' }, DIRECT],
  ['http.proxy with spaces around it', TENANT, { proxy: ` ${PROXY} ` }, PROXIED],
  ['http.proxy goes before HTTPS_PROXY', TENANT, { proxy: PROXY, env: { HTTPS_PROXY: 'http://other' } }, PROXIED],
  ['http.proxy without a scheme, which VS Code ignores', TENANT, { proxy: 'proxy.example:3128' }, DIRECT],
  ['http.proxy that is no URL', TENANT, { proxy: 'http://' }, DIRECT],
  ['http.proxy for SOCKS', TENANT, { proxy: 'socks5://proxy.example:1080' }, 'host'],
  [
    'http.proxy with TLS and a name',
    TENANT,
    { proxy: 'https://me:pw@proxy.example' },
    { proxy: { url: 'https://me:pw@proxy.example/', authorization: '' }, trust: 'node' },
  ],
  ['HTTPS_PROXY', TENANT, { env: { HTTPS_PROXY: PROXY } }, PROXIED],
  ['https_proxy, first of all', TENANT, { env: { https_proxy: PROXY, HTTPS_PROXY: 'http://other' } }, PROXIED],
  ['HTTP_PROXY, which VS Code takes too', TENANT, { env: { HTTP_PROXY: PROXY } }, PROXIED],
  ['ALL_PROXY, which VS Code does not take', TENANT, { env: { ALL_PROXY: PROXY } }, DIRECT],
  ['an empty HTTPS_PROXY', TENANT, { env: { HTTPS_PROXY: '' } }, DIRECT],
  ['proxySupport off', TENANT, { proxy: PROXY, proxySupport: 'off' }, DIRECT],
  ['proxySupport on', TENANT, { proxy: PROXY, proxySupport: 'on' }, PROXIED],
  ['certificates are not checked', TENANT, { strictSsl: false }, { trust: 'all' }],
  ['certificates are not checked, off', TENANT, { strictSsl: false, proxySupport: 'off' }, { trust: 'all' }],
  ['certificates are not checked, proxy', TENANT, { proxy: PROXY, strictSsl: false }, { ...PROXIED, trust: 'all' }],
  [
    'http.proxyAuthorization',
    TENANT,
    { proxy: PROXY, authorization: BASIC },
    { proxy: { url: PROXY, authorization: BASIC }, trust: 'system' },
  ],
  [
    'http.proxyAuthorization without http.systemCertificates',
    TENANT,
    { proxy: PROXY, authorization: BASIC, systemCertificates: false },
    { proxy: { url: PROXY, authorization: BASIC }, trust: 'node' },
  ],
  [
    'http.proxyAuthorization, certificates are not checked',
    TENANT,
    { proxy: PROXY, authorization: BASIC, strictSsl: false },
    { proxy: { url: PROXY, authorization: BASIC }, trust: 'all' },
  ],
  ['http.proxyAuthorization without a proxy', TENANT, { authorization: BASIC }, DIRECT],
  ['http.noProxy, exact', TENANT, { proxy: PROXY, noProxy: ['acme.eu.auth0.com'] }, DIRECT],
  ['http.noProxy, a domain', TENANT, { proxy: PROXY, noProxy: ['auth0.com'] }, DIRECT],
  ['http.noProxy, .domain', TENANT, { proxy: PROXY, noProxy: ['.auth0.com'] }, DIRECT],
  ['http.noProxy, *.domain', TENANT, { proxy: PROXY, noProxy: ['*.AUTH0.com'] }, DIRECT],
  ['http.noProxy, everything', TENANT, { proxy: PROXY, noProxy: ['*'] }, DIRECT],
  ['http.noProxy, with the port', TENANT, { proxy: PROXY, noProxy: ['auth0.com:443'] }, DIRECT],
  ['http.noProxy, another port', TENANT, { proxy: PROXY, noProxy: ['auth0.com:80'] }, PROXIED],
  ['http.noProxy, another domain', TENANT, { proxy: PROXY, noProxy: ['h0.com', 'example.com', ''] }, PROXIED],
  ['NO_PROXY', TENANT, { proxy: PROXY, env: { NO_PROXY: 'localhost, .auth0.com' } }, DIRECT],
  ['no_proxy', TENANT, { proxy: PROXY, env: { no_proxy: 'auth0.com' } }, DIRECT],
  ['http.noProxy goes before NO_PROXY', TENANT, { proxy: PROXY, noProxy: ['x.com'], env: { NO_PROXY: '*' } }, PROXIED],
  ['loopback', 'http://127.0.0.1:4567', { proxy: PROXY }, DIRECT],
  ['loopback by name', 'http://localhost:4567', { proxy: PROXY }, DIRECT],
  ['loopback IPv6', 'http://[::1]:4567', { proxy: PROXY }, DIRECT],
];

for (const [name, origin, settings, way] of CASES) {
  test(`${name}: ${describe(way)}`, () =>
    assert.deepEqual(chooseWay(origin, { ...NO_PROXY_SETTINGS, ...settings }), way));
}

const read = (http: Readonly<Record<string, unknown>>) => readProxySettings({ get: name => http[name] }, {});

test('settings that are not set', () => assert.deepEqual(read({}), { ...NO_PROXY_SETTINGS, proxySupport: '' }));

test('settings that are set', () => {
  const http = {
    proxy: PROXY,
    proxyAuthorization: ` ${BASIC}\n`,
    noProxy: ['a.com'],
    proxySupport: 'on',
    proxyStrictSSL: false,
    systemCertificates: false,
  };
  assert.deepEqual(read(http), {
    proxy: PROXY,
    authorization: BASIC,
    noProxy: ['a.com'],
    proxySupport: 'on',
    strictSsl: false,
    systemCertificates: false,
    env: {},
  });
});

test('settings of another type count as not set', () => {
  const http = { proxy: 5, proxyAuthorization: null, noProxy: ['a.com', 1], proxySupport: {}, proxyStrictSSL: 'no' };
  assert.deepEqual(read(http), { ...NO_PROXY_SETTINGS, noProxy: ['a.com'], proxySupport: '' });
});

function describe(way: Way): string {
  return way === 'host' ? way : `${way.proxy === undefined ? 'direct' : 'proxy'}, trusts ${way.trust}`;
}
