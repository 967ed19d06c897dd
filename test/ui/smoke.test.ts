import { after, before, describe } from 'node:test';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

describe('the installed extension', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench.close());

  scenario('has a view container of its own', async () => {
    await workbench.users.open();
    await workbench.screenshot('no-tenant');
  });
});
