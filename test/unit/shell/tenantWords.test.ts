// A tenant is named wherever it is meant, and one that has no name but its domain is named once.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Dialogs, namingTenants } from '../../../src/shell/dialogs';
import { lockInWords, nameAndDomain, tenantFirst } from '../../../src/shell/tenantWords';

const DOMAIN = 'acme.eu.auth0.com';

for (const [text, name, said] of [
  [`Unlock ${DOMAIN} for this session?`, 'Acme', 'PRODUCTION · Acme'],
  [`Unlock ${DOMAIN} for this session?`, DOMAIN, 'PRODUCTION'],
  ['Discard your unsaved changes to jane?', DOMAIN, `PRODUCTION · ${DOMAIN}`],
  ['Discard your unsaved changes to Acme Admin?', 'Acme', 'PRODUCTION · Acme'],
] as const) {
  test(`${said} — ${text}`, async () => {
    const withTenant = (domain: string, message: string) =>
      tenantFirst({ name, domain, environment: 'production' }, message);
    const asked: string[] = [];
    const ask: Dialogs['ask'] = async ({ message }) => {
      asked.push(message);
      return undefined;
    };
    const question = { tenant: DOMAIN, message: text, detail: '', severity: 'warning', buttons: [] } as const;
    await namingTenants({ ask }, withTenant).ask(question);
    assert.deepEqual(asked, [`${said} — ${text}`]);
  });
}

test('nothing says that a tenant can be changed whose token can change nothing', () => {
  const words = (canWrite: boolean) =>
    (['open', 'unlocked', 'locked', 'readOnly'] as const).map(state => lockInWords(state, canWrite));
  assert.deepEqual(words(true), [undefined, 'unlocked', 'locked', 'read-only']);
  assert.deepEqual(words(false), ['read-only', 'read-only', 'read-only', 'read-only']);
});

test('name and domain', () => {
  assert.equal(nameAndDomain({ name: 'Acme', domain: DOMAIN }), `Acme (${DOMAIN})`);
  assert.equal(nameAndDomain({ name: DOMAIN, domain: DOMAIN }), DOMAIN);
});
