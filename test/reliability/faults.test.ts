// The fault matrix: every fault on every operation, over real sockets; and the table of it in fault-matrix.md.
// UPDATE_MATRIX=1 writes the table; otherwise it must be what is committed.
import '../support/vscode/install';

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../workbench/paths';
import { type Observed, OPERATIONS, observe } from './faults/bench';
import { deviations, deviationsOfWait } from './faults/expected';
import { ROWS } from './faults/rows';
import { tableOf, type WaitRow } from './faults/table';
import { observeWait, WAITS } from './faults/waits';

const TABLE = path.join(projectRoot, 'test', 'reliability', 'fault-matrix.md');

const matrix = new Map<string, Observed[]>();

for (const row of ROWS) {
  test(row.name, { timeout: 60_000 }, async () => {
    const cells: Observed[] = [];
    for (const operation of OPERATIONS) {
      const observed = await observe(row, operation);
      assert.deepEqual(deviations(row, operation, observed), [], `${row.name}, ${operation}`);
      cells.push(observed);
    }
    matrix.set(row.name, cells);
  });
}

const waits: WaitRow[] = [];

for (const wait of WAITS) {
  for (const write of ['beside it', 'the same path'] as const) {
    test(`${wait.name}, and somebody else writes ${write}: what they wrote lives`, { timeout: 60_000 }, async () => {
      const observed = await observeWait(wait, write);
      assert.deepEqual(deviationsOfWait(write, observed), []);
      waits.push({ wait: wait.name, write, ...observed });
    });
  }
}

test('the table in fault-matrix.md is what was observed', () => {
  const table = tableOf(matrix, waits);
  if (process.env.UPDATE_MATRIX === '1') writeFileSync(TABLE, table);
  assert.equal(readFileSync(TABLE, 'utf8'), table, 'run this test with UPDATE_MATRIX=1 and look at what has changed');
});
