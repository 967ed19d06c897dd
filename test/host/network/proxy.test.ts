// Proxies and certificates, with and without each setting of VS Code and each variable, through a real proxy over TLS.
import assert from 'node:assert/strict';
import * as https from 'node:https';
import * as vscode from 'vscode';
import { type Identity, selfSigned } from '../../support/certificate';
import { run } from '../automation/bench';
import { show } from '../support';
import { apply, connectOverHttps, EXTRA, type Network, type Settings, skipWithout, tls, withEnv } from './bench';

const BASIC = `Basic ${Buffer.from('user:pass').toString('base64')}`;
const SYSTEM = selfSigned('system.example.test');

/** What a machine may have set for itself. */
const NO_VARIABLES = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'no_proxy'].flatMap(name => [
    [name, undefined],
    [name.toUpperCase(), undefined],
  ]),
);

interface Conditions {
  readonly settings?: Settings;
  readonly env?: Readonly<Record<string, string>>;
  /** The `Proxy-Authorization` without which the proxy answers 407. */
  readonly wants?: string;
}

/** Conditions at the URL of the proxy, and what comes of them. */
type Case = readonly [name: string, conditions: (proxy: string) => Conditions, outcome: string];

/** All in one window, each with nothing else set: a changed setting counts at the next request. */
function cases(identity: Identity | undefined, table: readonly Case[]): void {
  let network: Network | undefined;

  before(async function () {
    network = await connectOverHttps(skipWithout(this, identity));
  });

  after(() => network?.close());

  for (const [name, conditions, outcome] of table) {
    it(`${name} → ${outcome}`, async () => {
      assert(network);
      const { open, tenant, sandbox } = network;
      const { settings = {}, env, wants } = conditions(tenant.proxyUrl);
      // The environment of a running VS Code does not change, so it is read again only when a setting has changed.
      const changed = env === undefined ? {} : { 'http.proxyKerberosServicePrincipal': name };
      tenant.wantedAuthorization = wants;
      const found = await withEnv({ ...NO_VARIABLES, ...env }, async () => {
        await apply({ ...settings, ...changed });
        return open();
      });
      assert.equal(found, outcome);
      const told = sandbox.control.requests.filter(({ headers }) => 'proxy-authorization' in headers);
      assert.equal(told.length, 0, 'what the proxy is told is not for the tenant');
    });
  }
}

// Before any test: VS Code asks once.
trustAsSystem(SYSTEM.cert);

describe('proxies', () => {
  describe('a certificate of NODE_EXTRA_CA_CERTS', () => {
    const domain = EXTRA?.name ?? '';
    cases(EXTRA, [
      ['nothing set', () => ({}), 'opened: direct'],
      ['http.proxy', proxy => ({ settings: { 'http.proxy': proxy } }), 'opened: proxy'],
      ['http.proxy taken away again', () => ({}), 'opened: direct'],
      ...['on', 'fallback', 'override'].map(
        (support): Case => [
          `http.proxySupport ${support}`,
          proxy => ({ settings: { 'http.proxy': proxy, 'http.proxySupport': support } }),
          'opened: proxy',
        ],
      ),
      [
        'http.proxySupport off',
        proxy => ({ settings: { 'http.proxy': proxy, 'http.proxySupport': 'off' } }),
        'opened: direct',
      ],
      [
        'http.noProxy with the domain',
        proxy => ({ settings: { 'http.proxy': proxy, 'http.noProxy': [domain] } }),
        'opened: direct',
      ],
      [
        'http.noProxy with .test',
        proxy => ({ settings: { 'http.proxy': proxy, 'http.noProxy': ['.test'] } }),
        'opened: direct',
      ],
      [
        'http.noProxy with another',
        proxy => ({ settings: { 'http.proxy': proxy, 'http.noProxy': ['auth0.com'] } }),
        'opened: proxy',
      ],
      ['http.proxy that is no text', () => ({ settings: { 'http.proxy': 5 } }), 'opened: direct'],
      ['HTTPS_PROXY', proxy => ({ env: { HTTPS_PROXY: proxy } }), 'opened: proxy'],
      ['HTTPS_PROXY and NO_PROXY', proxy => ({ env: { HTTPS_PROXY: proxy, NO_PROXY: domain } }), 'opened: direct'],
      [
        'HTTPS_PROXY, http.proxySupport off',
        proxy => ({ env: { HTTPS_PROXY: proxy }, settings: { 'http.proxySupport': 'off' } }),
        'opened: direct',
      ],
      [
        'http.proxyAuthorization that the proxy wants',
        proxy => ({ settings: { 'http.proxy': proxy, 'http.proxyAuthorization': BASIC }, wants: BASIC }),
        `opened: proxy with ${BASIC}`,
      ],
      [
        'http.proxyAuthorization for HTTPS_PROXY',
        proxy => ({ env: { HTTPS_PROXY: proxy }, settings: { 'http.proxyAuthorization': BASIC }, wants: BASIC }),
        `opened: proxy with ${BASIC}`,
      ],
      [
        'name and password in http.proxy',
        proxy => ({ settings: { 'http.proxy': proxy.replace('//', '//user:pass@') }, wants: BASIC }),
        `opened: proxy with ${BASIC}`,
      ],
      // Once by us, and once by VS Code, which may know another way to sign in.
      ['no authorization', proxy => ({ settings: { 'http.proxy': proxy }, wants: BASIC }), 'failed: 407, 407'],
      [
        'another authorization',
        proxy => ({ settings: { 'http.proxy': proxy, 'http.proxyAuthorization': 'Basic eDp5' }, wants: BASIC }),
        'failed: 407 with Basic eDp5, 407',
      ],
    ]);
  });

  describe('all that a day brings', () => {
    let network: Network | undefined;

    before(async function () {
      network = await connectOverHttps(skipWithout(this, EXTRA));
    });

    after(async () => {
      // A view in sight would load the users of the tests that follow.
      await vscode.commands.executeCommand('workbench.view.explorer');
      await network?.close();
    });

    it('goes through the proxy: searching, opening, saving', async () => {
      assert(network);
      const { sandbox, tenant } = network;
      tenant.wantedAuthorization = BASIC;
      await apply({ 'http.proxy': tenant.proxyUrl, 'http.proxyAuthorization': BASIC });
      await run('users.focus');
      await run('searchUsers', { query: 'email:1*', tenant: sandbox.domain });
      const uri = await run<vscode.Uri>('openUser', { userId: 'auth0|1', tenant: sandbox.domain });
      const document = await vscode.workspace.openTextDocument(uri);
      await show(document, { user_metadata: { seen: true }, app_metadata: {} });
      assert.equal(await document.save(), true);
      assert.deepEqual(sandbox.control.user('auth0|1')?.user_metadata, { seen: true });
      const routes = sandbox.control.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
      assert(routes.includes('GET /api/v2/users') && routes.includes('PATCH /api/v2/users/auth0%7C1'), routes.join());
      assert.deepEqual(
        new Set(tenant.connects.map(({ status, authorization }) => [status, authorization].join())),
        new Set([`200,${BASIC}`]),
      );
    });
  });

  describe('a certificate that nobody knows', () => {
    // Refused twice: VS Code may know more authorities than Node.
    cases(selfSigned('unknown.example.test'), [
      ['nothing set', () => ({}), 'failed: direct, direct'],
      ['http.proxy', proxy => ({ settings: { 'http.proxy': proxy } }), 'failed: proxy, proxy'],
      ['http.proxyStrictSSL off', () => ({ settings: { 'http.proxyStrictSSL': false } }), 'opened: direct'],
      ['http.proxyStrictSSL on again', () => ({}), 'failed: direct, direct'],
      [
        'http.proxy, http.proxyStrictSSL off',
        proxy => ({ settings: { 'http.proxy': proxy, 'http.proxyStrictSSL': false } }),
        'opened: proxy',
      ],
      [
        'http.proxyAuthorization, http.proxyStrictSSL off',
        proxy => ({
          settings: { 'http.proxy': proxy, 'http.proxyStrictSSL': false, 'http.proxyAuthorization': BASIC },
          wants: BASIC,
        }),
        `opened: proxy with ${BASIC}`,
      ],
    ]);
  });

  describe('a certificate of the system', () => {
    cases(SYSTEM, [
      ['nothing set', () => ({}), 'opened: direct'],
      ['http.proxy', proxy => ({ settings: { 'http.proxy': proxy } }), 'opened: proxy'],
      [
        'http.systemCertificates off',
        proxy => ({ settings: { 'http.proxy': proxy, 'http.systemCertificates': false } }),
        'failed: proxy, proxy',
      ],
      [
        'http.proxyAuthorization',
        proxy => ({ settings: { 'http.proxy': proxy, 'http.proxyAuthorization': BASIC }, wants: BASIC }),
        // Node 20, which VS Code 1.100 runs, cannot list the system's; and VS Code's own request has no authorization.
        'getCACertificates' in tls ? `opened: proxy with ${BASIC}` : `failed: proxy with ${BASIC}, 407`,
      ],
    ]);
  });
});

/** Makes a certificate one of the system's. VS Code 1.100 has a way for tests; later ones ask Node for the list. */
function trustAsSystem(cert: string): void {
  Object.assign(https.globalAgent, { testCertificates: [cert] });
  const list: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof list !== 'function') return;
  const getCACertificates = (of: string) => [...list(of), ...(of === 'system' ? [cert] : [])];
  Object.assign(tls, { getCACertificates });
}
