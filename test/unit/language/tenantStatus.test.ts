// What the status bar says of a tenant: it alarms where a save would change production, and nowhere else.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusFacts } from '../../../src/language/tenantStatus';
import type { Environment, LockState } from '../../../src/management/environment';
import { tenantDomain } from '../../support/management';

const DOMAIN = tenantDomain('acme.eu.auth0.com');
const LACKS = /its token lacks the scopes/;

for (const [environment, state, canWrite, said, isAlarming, tooltip] of [
  ['production', 'unlocked', true, '$(unlock) unlocked', true, /a save changes it/],
  ['production', 'open', true, undefined, true, /Click for what can be done/],
  ['production', 'locked', true, '$(lock) locked', false, /its documents are read-only/],
  ['production', 'readOnly', true, '$(lock) read-only', false, /read-only for good/],
  ['production', 'unlocked', false, '$(lock) read-only', false, LACKS],
  ['production', 'open', false, '$(lock) read-only', false, LACKS],
  ['production', 'locked', false, '$(lock) read-only', false, LACKS],
  ['development', 'open', true, undefined, false, /Click for what can be done/],
  ['development', 'open', false, '$(lock) read-only', false, LACKS],
] as const satisfies readonly (readonly [Environment, LockState, boolean, string | undefined, boolean, RegExp])[]) {
  test(`the status bar: ${environment}, ${state}, ${canWrite ? 'with' : 'without'} a scope to write`, () => {
    const facts = statusFacts(DOMAIN, { name: 'Acme', environment }, state, canWrite);
    const words = environment === 'production' ? 'PRODUCTION · Acme' : 'Development · Acme';
    assert.equal(facts.text.replace(/^\$\([a-z-]+\) /, ''), said ? `${words} ${said}` : words);
    assert.equal(facts.isAlarming, isAlarming);
    assert.match(facts.tooltip, tooltip);
    assert.match(facts.label, new RegExp(`^${words}, ${DOMAIN}`));
  });
}
