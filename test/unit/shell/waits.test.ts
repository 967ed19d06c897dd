// Which tenant the status bar names while requests wait for its rate limit. What ends a wait is in test/reliability.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Waits } from '../../../src/shell/waits';
import { tenantDomain } from '../../support/management';
import { api } from '../../support/vscode/api';

const environment = 'production' as const;
const ACME = { environment, domain: tenantDomain('acme.eu.auth0.com'), name: 'Acme' };
const LONG = { environment, domain: tenantDomain('customers.auth0.com'), name: 'Everything for all the customers' };
const NAMELESS = { environment, domain: tenantDomain('dev.auth0.com'), name: 'dev.auth0.com' };
const STRANGER = { environment, domain: tenantDomain('being-added.auth0.com'), name: 'Not added yet' };

for (const [rule, connected, waiting, text, tooltip] of [
  ['the only tenant', [ACME], [ACME], 'Auth0', 'Auth0’s rate limit is reached. Click to cancel.'],
  [
    'one of two',
    [ACME, LONG],
    [ACME],
    'PRODUCTION · Acme',
    'The rate limit of Acme (acme.eu.auth0.com) is reached. Click to cancel.',
  ],
  [
    'one with a long name',
    [ACME, LONG],
    [LONG],
    'Auth0',
    'The rate limit of Everything for all the customers (customers.auth0.com) is reached. Click to cancel.',
  ],
  [
    'one without a name of its own',
    [ACME, NAMELESS],
    [NAMELESS],
    'PRODUCTION · dev.auth0.com',
    'The rate limit of dev.auth0.com is reached. Click to cancel.',
  ],
  [
    'both',
    [ACME, NAMELESS],
    [NAMELESS, ACME, ACME],
    'Auth0',
    'The rate limit of Acme (acme.eu.auth0.com) and dev.auth0.com is reached. Click to cancel all 3 requests that wait.',
  ],
  ['one that is not added yet', [ACME, LONG], [STRANGER], 'Auth0', 'Auth0’s rate limit is reached. Click to cancel.'],
] as const) {
  test(`who waits: ${rule}`, t => {
    t.mock.timers.enable({ apis: ['setInterval', 'Date'] });
    const nothing = () => undefined;
    const item = { text: '', tooltip: '', show: nothing, hide: nothing, dispose: nothing };
    t.mock.method(api.window, 'createStatusBarItem', () => item);
    const waits = new Waits({ all: () => connected });
    for (const { domain } of waiting) waits.add({ abort: nothing }, 30_000, domain);
    assert.equal(item.text, `$(watch) ${text}: waiting 30 seconds… $(close) Cancel`);
    assert.equal(item.tooltip, tooltip);
    waits.dispose();
  });
}
