// Copy the PATCH as cURL: asks for the shell, the last one first, and copies for it.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const TAB = 'jane.doe@example.com.json';
const TITLE = 'Auth0: Copy the PATCH as cURL';

describe('copying a request', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  before(async () => {
    sandbox = await startSandbox({ users: [{ user_id: 'auth0|1', email: 'jane.doe@example.com' }] });
    workbench = await openWorkbench({ tenant: sandbox });
    await workbench.users.open();
    await workbench.users.click('jane.doe@example.com');
    await workbench.editor.waitForTab(TAB);
    await workbench.editor.setText('{ "user_metadata": { "hobby": "it’s 100%" }, "app_metadata": {} }\n');
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
  });

  const clipboard = async () => String(await workbench.page.evaluate('navigator.clipboard.readText()'));
  const shells = async () => {
    await workbench.runCommand(TITLE);
    await workbench.quickInput.row('PowerShell').waitFor();
    const texts = await workbench.quickInput.labels();
    // An entry's second line is one of its texts.
    return texts.filter(text => !text.includes('ASCII'));
  };

  scenario('asks where it will be pasted; Escape copies nothing', async () => {
    await workbench.page.evaluate("navigator.clipboard.writeText('before')");
    assert.deepEqual(await shells(), ['POSIX shell', 'PowerShell', 'cmd']);
    await workbench.screenshot('copy-as-curl');
    await workbench.quickInput.cancel();
    assert.equal(await clipboard(), 'before');
  });

  scenario('quotes for the shell that was chosen, and offers it first the next time', async () => {
    await shells();
    await workbench.quickInput.pick('cmd');
    const url = `${sandbox.url}/api/v2/users/auth0%^7C1`;
    const body = '{\\"user_metadata\\":{\\"hobby\\":\\"it\\u2019s 100\\u0025\\"}}';
    const expected = [
      `curl.exe --request PATCH ${url} ^`,
      '  --header "Authorization: Bearer %AUTH0_TOKEN%" ^',
      '  --header "Content-Type: application/json" ^',
      `  --data-raw "${body}"`,
    ].join('\n');
    await eventually(async () => assert.equal(await clipboard(), expected));
    assert.deepEqual(await shells(), ['cmd', 'POSIX shell', 'PowerShell']);
    await workbench.quickInput.pick('POSIX shell');
    await eventually(async () =>
      assert.match(await clipboard(), /--data-raw '\{"user_metadata":\{"hobby":"it’s 100%"\}\}'$/),
    );
  });
});
