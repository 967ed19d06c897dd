// What a person is told of a disk that does not take the history.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { mock, test } from 'node:test';
import { diskTrouble } from '../../../src/commands/history/diskTrouble';
import { HistoryStore } from '../../../src/history/historyStore';
import { Recorder } from '../../../src/history/recorder';
import { shown } from '../../support/vscode/window';
import { GENEROUS, save, setUp } from '../history/disk';

test('a disk that refuses is told of once a window, with what to do; the log has every time', async t => {
  const { root } = await setUp(t);
  shown.clear();
  t.after(() => shown.clear());
  const blocked = path.join(root, 'blocked');
  await writeFile(blocked, 'a file where the folder should be');
  const warn = mock.fn();
  const trouble = diskTrouble({ warn } as never, blocked);
  const recorder = new Recorder(new HistoryStore(blocked, () => GENEROUS), () => true, trouble);
  shown.answer = () => 'Open Settings';
  for (const n of [1, 2, 3]) recorder.record(save(n));
  await recorder.flushed();
  assert.equal(warn.mock.callCount(), 3);
  assert.deepEqual(
    shown.messages.map(({ buttons }) => buttons),
    [['Open Settings', 'Show Log']],
  );
  const [message] = shown.messages;
  assert.match(
    message?.text ?? '',
    /The save was made, .*\((ENOTDIR|EEXIST)\).*cannot be undone.*Make room on the disk/,
  );
  assert(message?.text.includes(blocked));
  assert.deepEqual(
    shown.executed.map(({ args }) => args),
    [['auth0Metadata.history.enabled']],
  );
});
