// Random lives of a user's document, against the real editor, client and sandbox. RUNS sequences (a soak: 20,000).
// A failure prints its seed and the sequence; SEED and REPLAY (the path) repeat it.
import '../support/vscode/install';

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Transport } from '../../src/management/http/transport';
import { createUndiciTransport } from '../../src/management/http/undiciTransport';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { cases, countOf } from '../support/cases';
import { actions } from './model/actions';
import { metadata } from './model/edits';
import { Play } from './model/play';
import { World } from './model/world';

/** A model that never gets into trouble proves nothing. */
const MUST_MEET = [
  ...['unchanged', 'saved', 'upToDate', 'cancelled', 'showChanges', 'compare', 'lost', 'unknown', 'invalid', 'error'],
  ...['Save', 'Overwrite', 'Take Theirs', 'merged', 'undone', 'typed on', 'readBack', 'restored'],
  ...['undo', 'redo', 'reopened', 'read anew', 'typed at once', 'second'],
];
const tally = new Map<string, number>();

let sandbox: Sandbox;
let transport: Transport;

before(async () => {
  sandbox = await startSandbox({ empty: true });
  transport = createUndiciTransport();
});

after(async () => {
  await transport.close();
  await sandbox.close();
});

test(`${countOf('sequence')} sequences of edits, saves, faults, restarts and other people's writes keep the promise`, async () => {
  const holds = fc.asyncProperty(metadata, actions, async (start, sequence) => {
    const world = await World.open(sandbox, transport, start);
    try {
      const play = new Play(world);
      for (const action of sequence) await play.do(action);
      await play.end();
      for (const met of play.met) tally.set(met, (tally.get(met) ?? 0) + 1);
    } finally {
      world.close();
    }
  });
  // One takes milliseconds: what takes a minute hangs, on any machine.
  await fc.assert(holds, { ...cases('sequence'), timeout: 60_000 });
});

test('the sequences have met what there is to meet', t => {
  t.diagnostic(Array.from(tally, ([met, times]) => `${met} ${times}`).join(', '));
  // Fewer do not meet the rare ones.
  const missing = countOf('sequence') < 300 ? [] : MUST_MEET.filter(met => !tally.has(met));
  assert.deepEqual(missing, []);
});
