// Signing in with a private key, by hand and over https, at a custom domain: what is wrong is said at each step.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { type HttpsTenant, serveOverHttps } from '../support/httpsTenant';
import { ecKey, oneLine, pkcs1, pkcs8, rsaPair, spki } from '../support/keys';
import { createThrowawayFolder } from '../workbench/throwaway';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const DOMAIN = 'login.example.com';
const { publicKey, privateKey } = rsaPair();

describe('signing in with a private key', () => {
  const folder = createThrowawayFolder('key');
  const keyFile = path.join(folder.path, 'key.pem');
  let sandbox: Sandbox;
  let https: HttpsTenant;
  let workbench: Workbench;
  before(async () => {
    writeFileSync(keyFile, pkcs1(privateKey));
    sandbox = await startSandbox({ domain: DOMAIN, users: [{ user_id: 'auth0|1', email: 'jane.doe@example.com' }] });
    sandbox.control.registerPublicKey(spki(publicKey), ['PS256']);
    https = await serveOverHttps(sandbox);
    workbench = await openWorkbench({ settings: { 'http.proxy': https.proxyUrl }, extraAuthority: https.certificate });
    await workbench.users.open();
  });
  after(async () => {
    await workbench.close();
    await https.close();
    await sandbox.close();
    folder.remove();
  });

  const asks = (title: string) => workbench.quickInput.title.filter({ hasText: title }).waitFor();
  const says = (complaint: string) => workbench.quickInput.message.filter({ hasText: complaint }).waitFor();
  const isRefused = async (answer: string, complaint: string) => {
    await workbench.quickInput.answer(answer);
    await says(complaint);
  };
  const answer = async (title: string, text: string) => {
    await asks(title);
    await workbench.quickInput.answer(text);
  };

  scenario('the address of the dashboard offers its domain, which Enter takes', async () => {
    await workbench.users.welcome.getByText('Add Tenant…').click();
    await asks('(1/3)');
    await isRefused('https://manage.auth0.com/dashboard/eu/acme/users', 'The domain is probably acme.eu.auth0.com.');
    await workbench.screenshot('dashboard-offers-domain');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.title.filter({ hasText: '(2/3)' }).waitFor();
    await workbench.page.getByRole('button', { name: 'Back' }).click();
    await answer('(1/3)', DOMAIN);
  });

  scenario('a custom domain asks for the tenant’s own; what is not the private key is told apart', async () => {
    await asks('(2/3)');
    await workbench.quickInput.pick('Use a private key');
    await answer('(3/6)', sandbox.clientId);
    await asks('(4/6)');
    await isRefused('https://api.example.com/orders', 'This names another API.');
    await workbench.screenshot('own-domain');
    await answer('(4/6)', 'acme.eu.auth0.com');
    await answer('(5/6)', 'PS256');
    await asks('(6/6)');
    await isRefused(oneLine(spki(publicKey)), 'This is a public key');
    await isRefused(oneLine(pkcs8(ecKey())), 'This is a key of the type EC.');
    assert.equal(sandbox.control.requests.length, 0);
    await workbench.screenshot('wrong-key');
    await isRefused(oneLine(pkcs8(privateKey)), `acme.eu.auth0.com is not the domain of the tenant behind ${DOMAIN}`);
    await workbench.screenshot('wrong-own-domain');
  });

  scenario('the key is chosen as a file, signs in, and is shown nowhere', async () => {
    for (const step of ['(6/6)', '(5/6)']) {
      await asks(step);
      await workbench.page.getByRole('button', { name: 'Back' }).click();
    }
    await answer('(4/6)', `https://${DOMAIN}/api/v2`);
    await answer('(5/6)', 'PS256');
    await asks('(6/6)');
    sandbox.control.clearRequests();
    await workbench.page.getByRole('button', { name: 'Choose a File…' }).click();
    await asks('Choose the Private Key');
    const isIn = async () => sandbox.control.requests.some(({ path: route }) => route.startsWith('/api/v2/users'));
    await workbench.quickInput.answerFile(keyFile, isIn);
    await asks(`Add ${DOMAIN}`);
    assert.deepEqual(
      sandbox.control.requests.map(({ method, path: route, status }) => `${method} ${route.split('?')[0]} ${status}`),
      // The last one for the name that the tenant has in its settings.
      ['POST /oauth/token 200', 'GET /api/v2/users 200', 'GET /api/v2/tenants/settings 200'],
    );
    await workbench.page.keyboard.press('Enter');
    await asks('(2/2)');
    await workbench.page.keyboard.press('Enter');
    await workbench.users.row('jane.doe@example.com').waitFor();
    await workbench.screenshot('signed-in-with-key');
  });
});
