// One message at a time: what was said of an earlier deed does not stand beside a later one.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hideStatus, showStatus } from '../../../src/shell/status';
import { api } from '../../support/vscode/api';

test('a message takes the place of the one before, and can be taken away', t => {
  const shown = new Set<string>();
  t.mock.method(api.window, 'setStatusBarMessage', (text: string) => {
    shown.add(text);
    return { dispose: () => shown.delete(text) };
  });
  showStatus('saved');
  showStatus('undone');
  assert.deepEqual([...shown], ['undone']);
  hideStatus();
  hideStatus();
  assert.deepEqual([...shown], []);
});
