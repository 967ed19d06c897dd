// What the fetch of VS Code makes of its settings, behind a proxy: why we make connections of our own. README's limits.
import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { type Identity, selfSigned } from '../../support/certificate';
import { type HttpsTenant, serveOverHttps } from '../../support/httpsTenant';
import { apply, EXTRA, type Settings, skipWithout } from './bench';

const BASIC = 'Basic dXNlcjpwYXNz';

/** What the proxy wants, the settings beyond `http.proxy`, and whether an answer comes. */
type Case = readonly [name: string, wants: string | undefined, settings: Settings, outcome: string];

function cases(identity: Identity | undefined, table: readonly Case[]): void {
  let sandbox: Sandbox | undefined;
  let tenant: HttpsTenant | undefined;

  before(async function () {
    const known = skipWithout(this, identity);
    sandbox = await startSandbox({ domain: known.name, empty: true });
    tenant = await serveOverHttps(sandbox, known);
  });

  after(async () => {
    await apply({});
    await tenant?.close();
    await sandbox?.close();
  });

  for (const [name, wants, settings, outcome] of table) {
    it(`${name} → ${outcome}`, async () => {
      assert(sandbox && tenant);
      tenant.cut();
      tenant.wantedAuthorization = wants;
      await apply({ 'http.proxy': tenant.proxyUrl, ...settings });
      const found = await fetch(`https://${sandbox.domain}/api/v2/users`).then(
        ({ status }) => String(status),
        () => `fails: ${tenant?.connects.map(({ status, authorization }) => [status, authorization].join(' '))}`,
      );
      assert.equal(found.trim(), outcome);
    });
  }
}

describe('the fetch of VS Code', () => {
  describe('a certificate of NODE_EXTRA_CA_CERTS', () => {
    cases(EXTRA, [
      ['http.systemCertificates on', undefined, {}, 'fails: 200'],
      ['http.systemCertificates off', undefined, { 'http.systemCertificates': false }, '401'],
      [
        'http.proxyAuthorization',
        BASIC,
        { 'http.systemCertificates': false, 'http.proxyAuthorization': BASIC },
        'fails: 407',
      ],
    ]);
  });

  describe('a certificate that nobody knows', () => {
    cases(selfSigned('unknown.example.test'), [
      ['http.proxyStrictSSL off', undefined, { 'http.proxyStrictSSL': false }, 'fails: 200'],
    ]);
  });
});
