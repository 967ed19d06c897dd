// Tenants on the way to another machine: exported, imported, and taken over from the configuration of Auth0's own CLI.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const CLI_TOKEN = 'eyJ.token-of-the-cli.x';
const CLI_TENANT = { name: 'acme-cli', domain: 'acme-cli.eu.auth0.com', access_token: CLI_TOKEN };
const LOOKALIKE = 'xn--cme-5cd.eu.auth0.com';

const inFile = [
  { domain: 'acme-dev.eu.auth0.com', name: 'Acme dev', environment: 'development', readOnly: false },
  { domain: 'acme.eu.auth0.com', name: 'Acme\u202E', environment: 'production', readOnly: true },
  { domain: LOOKALIKE, name: 'Acme', environment: 'production', readOnly: false },
];
/** What an import makes of the first two. */
const imported = [
  { domain: 'acme-dev.eu.auth0.com', name: 'Acme dev', environment: 'production', readOnly: false },
  { domain: 'acme.eu.auth0.com', name: 'Acme<U+202E>', environment: 'production', readOnly: true },
];

describe('tenants that move between machines', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-moving-'));
    const cli = path.join(folder, '.config', 'auth0');
    mkdirSync(cli, { recursive: true });
    const tenants = { [CLI_TENANT.domain]: CLI_TENANT, [LOOKALIKE]: { name: '', domain: LOOKALIKE } };
    writeFileSync(path.join(cli, 'config.json'), JSON.stringify({ default_tenant: CLI_TENANT.domain, tenants }));
    sandbox = await startSandbox({ users: [{ user_id: 'auth0|jane', email: 'jane@example.com' }] });
    workbench = await openWorkbench({ tenant: sandbox, env: { HOME: folder } });
    await workbench.users.open();
    await workbench.users.row('jane@example.com').waitFor();
    sandbox.control.clearRequests();
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, content: unknown) => {
    const file = path.join(folder, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  const asks = (title: string) => workbench.quickInput.title.filter({ hasText: title });
  const importFile = async (file: string, done: () => Promise<boolean>) => {
    await workbench.runCommand('Auth0: Import Tenants…');
    await workbench.quickInput.answerFile(file, done);
  };
  const isChosen = async (domain: string) =>
    (await workbench.quickInput.row(domain).getAttribute('aria-checked')) === 'true';
  const says = async (text: string) => {
    const message = workbench.notification(text);
    await message.waitFor();
    const whole = (await message.locator('.notification-list-item-message').textContent()) ?? '';
    return whole;
  };
  const clear = () => workbench.runCommand('Notifications: Clear All Notifications');
  const exportTo = async (name: string): Promise<unknown> => {
    await workbench.users.chooseFromViewMenu('Export Tenants…');
    const file = path.join(folder, name);
    await workbench.quickInput.answerFile(file, async () => existsSync(file));
    assert.match(await says('without their tokens and secrets'), /The sample tenant and sandboxes are left out/);
    await workbench.screenshot(`exported-${name}`);
    await clear();
    return JSON.parse(readFileSync(file, 'utf8'));
  };

  scenario('cannot be exported while there are only those of this machine', async () => {
    await workbench.runCommand('Auth0: Export Tenants…');
    await says('There is no tenant to export: the sample tenant and sandboxes stay on their machine.');
    await clear();
  });

  scenario('come from a file that is refused as a whole if a part is wrong', async () => {
    const wrong = write('wrong.json', { version: 1, tenants: [...inFile, { domain: 'acme' }] });
    await importFile(wrong, () => workbench.notification('Nothing was imported').isVisible());
    const said = 'wrong.json: the `domain` of tenant 4 is “acme”, which is none.';
    assert.match(await says('Nothing was imported'), new RegExp(said));
    await workbench.screenshot('import-refused');
    await clear();
  });

  scenario('come from a file that names the line and the column where it is no JSON', async () => {
    const broken = write('broken.json', '{\n  "version": 1,\n  "tenants": [],\n}');
    await importFile(broken, () => workbench.notification('Nothing was imported').isVisible());
    assert.match(await says('Nothing was imported'), /broken\.json, line 3, column 16: There is a comma after/);
    await clear();
  });

  scenario('are shown before they are added; what may be mistaken for another is not chosen', async () => {
    const file = write('tenants.json', { version: 1, tenants: inFile });
    await importFile(file, () => asks('Import Tenants · tenants.json').isVisible());
    await workbench.quickInput.row('acme.eu.auth0.com').waitFor();
    await workbench.screenshot('import-list');
    const rowText = (domain: string) => workbench.quickInput.row(domain).textContent();
    assert.match(
      (await rowText('acme-dev.eu.auth0.com')) ?? '',
      /Added for production, although the file says Development/,
    );
    assert.match((await rowText('acme.eu.auth0.com')) ?? '', /Acme<U\+202E>.*Read-only for good, as the file says/);
    assert.match((await rowText(LOOKALIKE)) ?? '', /Stands for \u0430cme\.eu\.auth0\.com, which mixes letters/);
    assert.deepEqual(
      [await isChosen('acme-dev.eu.auth0.com'), await isChosen('acme.eu.auth0.com'), await isChosen(LOOKALIKE)],
      [true, true, false],
    );
    await workbench.page.keyboard.press('Enter');
    await says('2 tenants were added for production.');
    await workbench.users.row('Acme dev').waitFor();
    await workbench.users.row('Sign in…').waitFor();
    assert.match((await workbench.users.description('Acme dev').textContent()) ?? '', /^Production · not signed in/);
    assert.match(
      (await workbench.users.description('Acme<U+202E>').textContent()) ?? '',
      /^Production · not signed in/,
    );
    const row = workbench.users.row('Acme dev');
    await eventually(async () => assert.equal(await row.getAttribute('aria-selected'), 'true'));
    await workbench.screenshot('imported');
    await workbench.notification('2 tenants were added').getByRole('button', { name: 'Sign In' }).click();
    await asks('Sign In to acme-dev.eu.auth0.com (1/2)').waitFor();
    await workbench.quickInput.cancel();
    await clear();
  });

  scenario('are exported without their secrets, and without those of this machine', async () => {
    assert.deepEqual(await exportTo('exported.json'), { version: 1, tenants: imported });
    const text = readFileSync(path.join(folder, 'exported.json'), 'utf8');
    for (const hidden of [sandbox.token, sandbox.clientSecret, CLI_TOKEN, sandbox.domain]) {
      assert.equal(text.includes(hidden), false);
    }
  });

  scenario('that are there are changed by no import', async () => {
    const others = imported.map(tenant => ({ ...tenant, name: 'Other', environment: 'development', readOnly: false }));
    const file = write('again.json', { version: 1, tenants: others });
    await importFile(file, () => workbench.notification('are here already').isVisible());
    await clear();
    assert.deepEqual(await exportTo('again-exported.json'), { version: 1, tenants: imported });
  });

  scenario('wait for somebody to sign in', async () => {
    await workbench.users.click('Sign in…');
    await asks('Sign In to acme-dev.eu.auth0.com (1/2)').waitFor();
    await workbench.quickInput.cancel();
    await workbench.users.chooseFromMenu('Acme dev', 'Sign In Again…');
    await asks('Sign In to acme-dev.eu.auth0.com (1/2)').waitFor();
    await workbench.quickInput.cancel();
  });

  scenario('are offered from the configuration of Auth0’s own CLI', async () => {
    await workbench.runCommand('Auth0: Add Tenant…');
    await asks('Add an Auth0 Tenant').waitFor();
    await workbench.quickInput.row('Another Domain…').waitFor();
    await workbench.screenshot('cli-tenants');
    const label = (domain: string) => workbench.quickInput.row(domain);
    assert.equal(await workbench.quickInput.rows.count(), 3);
    assert.match((await label(CLI_TENANT.domain).textContent()) ?? '', /acme-cli/);
    const placeholder = workbench.quickInput.widget.getByPlaceholder(`Auth0’s CLI on ${hostname()} has these tenants.`);
    assert.equal(await placeholder.count(), 1);
    await label(CLI_TENANT.domain).click();
    await asks(`Sign In to ${CLI_TENANT.domain} (1/2)`).waitFor();
    await workbench.quickInput.cancel();
    await workbench.runCommand('Auth0: Add Tenant…');
    await workbench.quickInput.pick('Another Domain…');
    await asks('Add an Auth0 Tenant (1/3)').waitFor();
    await workbench.quickInput.cancel();
  });

  scenario('are moved without a single request', async () => {
    assert.deepEqual(sandbox.control.requests, []);
  });
});
