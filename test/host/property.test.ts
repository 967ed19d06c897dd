// Random histories of a user's document in the real VS Code, with somebody else writing at any moment. HISTORIES says how
// many; a failure prints its seed, the history and what happened; SEED and REPLAY (the path) repeat it.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { cases, countOf, isSoak } from '../support/cases';
import { closeAll } from './documentLife';
import { Play } from './property/play';
import { type Step, steps } from './property/steps';
import { type Bench, connect, open, replace, until } from './support';

/** `STEPS=type,remote,save` plays only these, to look for one kind of trouble. */
const KINDS = process.env.STEPS?.split(',');

const HISTORIES = countOf('history');
/** Unless so many were asked for, no more are begun after 90 seconds: a busy machine plays fewer, and `npm test` has 15 minutes. */
const LIMIT_MS = isSoak('history') ? Number.POSITIVE_INFINITY : 45_000;

/** So many meet everything, whatever the seed. */
const ENOUGH = 300;

/** In a soak, VS Code's own times are waited for. */
const IS_SOAK = process.env.SOAK !== undefined;
const LIFE_MS = 4 * 60_000;

/** Histories that never get into trouble prove nothing. */
const MUST_MEET = [
  ...['unchanged', 'saved', 'up to date', 'Save', 'Cancel', 'Show Changes', 'Compare', 'Overwrite', 'Take Theirs'],
  ...[
    'reopened, kept',
    'reopened, gone',
    'typed at once',
    'typed before the reload',
    'second',
    'second saved',
    'diff only',
  ],
  ...['language, clean', 'language, unsaved', 'foreign', 'unformatted', 'saved in a comparison alone'],
  ...[
    'type at willSave',
    'type at getSent',
    'type at patchSent',
    'type at saved',
    'remote at getAnswered',
    'remote at patchSent',
  ],
];

/** One takes less than a second: what takes so long hangs. */
const HANGS_MS = 60_000;
/** Shorter histories that fail as well are looked for so often: one that waits in vain takes seconds. */
const SHRINKS = 15;
const SHRINKING_PATIENCE_MS = 2_000;

function only(history: readonly Step[]): readonly Step[] {
  if (!KINDS) return history;
  const steps = history.filter(step => KINDS.includes(step.do));
  return steps.map(step => {
    if (step.do !== 'save') return step;
    const meanwhile = step.meanwhile.filter(({ do: what, at }) => KINDS.includes(`${what} at ${at}`));
    return { ...step, meanwhile, next: KINDS.includes('next') ? step.next : 'settle' };
  });
}

describe('random histories of a document', () => {
  let bench: Bench;
  const tally = new Map<string, number>();
  let excused = 0;
  const failures: string[] = [];
  let count = 0;

  before(async () => {
    bench = await connect({ empty: true });
  });

  after(() => bench.close());

  async function play(history: readonly Step[]): Promise<void> {
    const played = await Play.start(bench, failures.length ? SHRINKING_PATIENCE_MS : undefined);
    try {
      await played.play(only(history));
    } catch (error) {
      const failure = new Error(`${String(error)}\n${played.trace.join('\n')}`, { cause: error });
      if (failures.push(failure.message) === 1) console.log(`${failure.message}\nLooking for a shorter history…`);
      throw failure;
    } finally {
      await played.close();
    }
    for (const met of played.met) tally.set(met, (tally.get(met) ?? 0) + 1);
    excused += played.excused;
  }

  it(`${HISTORIES} histories, or as many as fit, keep the promise`, async function () {
    this.timeout(0);
    const holds = fc.asyncProperty(steps, async history => {
      if (failures.length > SHRINKS || (!failures.length && Date.now() - start > LIMIT_MS)) return;
      await play(history);
      // Messages pile up, and each of them slows down the next.
      if (++count % 10 === 0) await vscode.commands.executeCommand('notifications.clearAll');
      if (count % 100 === 0) console.log(`      ${count} histories`);
    });
    const start = Date.now();
    await fc.assert(holds, { ...cases('history'), timeout: HANGS_MS });
    console.log(`${count} histories, ${Math.round((Date.now() - start) / count)} ms each`);
  });

  it('the histories have met what there is to meet', () => {
    console.log(Array.from(tally, ([met, times]) => `${met} ${times}`).join(', '));
    console.log(`${excused} writes to the same root key between a GET and its PATCH, which nobody can know of`);
    // Fewer do not meet the rare ones.
    const missing = count < ENOUGH || KINDS ? [] : MUST_MEET.filter(met => !tally.has(met));
    assert.deepEqual(missing, []);
  });

  if (IS_SOAK) {
    it('kept by VS Code for three minutes, and then forgotten: opened again it shows the server’s state', async function () {
      this.timeout(2 * LIFE_MS);
      const user_id = 'auth0|kept';
      bench.sandbox.control.put({ user_id, email: 'jane@example.com', user_metadata: { a: 1, b: 1 } });
      const kept = await open(bench, user_id);
      await closeAll();
      await until(vscode.workspace.onDidCloseTextDocument, 'VS Code forgets it', () => kept.isClosed, LIFE_MS);
      bench.sandbox.control.set(user_id, { user_metadata: { a: 1, b: 2 } });
      const document = await open(bench, user_id);
      await replace(document, '"a": 1', '"a": 2');
      assert.equal(await document.save(), true);
      assert.deepEqual(bench.sandbox.control.user(user_id)?.user_metadata, { a: 2, b: 2 });
    });
  }
});
