// What the stand-in for VS Code allows, VS Code does: random lives of documents, played in both and compared step by step.
// CALIBRATIONS histories; SEED and REPLAY, as a failure prints them, repeat one.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { cases, countOf } from '../support/cases';
import { FakeStage } from './calibration/fakeStage';
import { type History, history, NAMES } from './calibration/history';
import { play } from './calibration/play';
import { RealStage } from './calibration/realStage';

/** A step that waits for ever fails with its history, and not the whole run without it. */
const STUCK_MS = 60_000;

describe('calibration of the stand-in', () => {
  let real: RealStage;
  let played = 0;
  /** Settled when VS Code starts, and not always the same. */
  let formatsFirst: boolean = true;

  before(async () => {
    await configure('off', true);
    real = new RealStage();
    begin({ growsOnWrite: true, formats: true, steps: [] });
    await real.open('a/1');
    await real.type('a/1', 'two');
    await real.save('a/1');
    formatsFirst = real.state().some(line => /will save.*two!/.test(line));
    await real.end();
  });

  after(async () => {
    real.dispose();
    await configure(undefined, undefined);
  });

  it(`plays ${countOf('calibration')} histories as VS Code does`, async function () {
    this.timeout(0);
    await fc.assert(fc.asyncProperty(history, compare), cases('calibration'));
  });

  for (const setting of ['afterDelay', 'onFocusChange', 'onWindowChange'] as const) {
    it(`tells why a document is saved by itself: ${setting}`, async () => {
      const fake = begin({ growsOnWrite: true, formats: false, steps: [] });
      const traces: string[][] = [];
      for (const stage of [real, fake]) {
        await stage.open('a/1');
        await stage.type('a/1', 'two');
        await stage.settled();
        stage.state();
        await stage.autoSave(setting);
        await stage.settled();
        traces.push(stage.state());
        await stage.end();
      }
      assert.deepEqual(traces[1], traces[0]);
      assert.match(traces[0]?.[0] ?? '', setting === 'afterDelay' ? /will save, reason 2/ : /will save, reason 3/);
    });
  }

  for (const [text, told] of [
    ['three', 'is saved'],
    ['', 'is refused, where it is nothing'],
    ['other', 'is refused, where it is something else'],
  ] as const) {
    it(`a newer file that holds what is to be saved ${told}`, async () => {
      const fake = begin({ growsOnWrite: true, formats: false, steps: [] });
      const traces: string[][] = [];
      for (const stage of [real, fake]) {
        await stage.open('a/1');
        await stage.settled();
        stage.put('a/1', text === 'other' ? 'three' : text, 2);
        await stage.type('a/1', text);
        const results = [await stage.save('a/1'), await stage.save('a/1')];
        await stage.settled();
        traces.push([...stage.state(), ...results.map(String)]);
        await stage.end();
      }
      assert.deepEqual(traces[1], traces[0]);
      assert.equal(traces[0]?.at(-1), String(text === 'three'));
    });
  }

  async function compare(each: History): Promise<void> {
    const fake = begin(each);
    const told: string[] = [];
    try {
      for (const step of each.steps) {
        told.push(JSON.stringify(step));
        const expected = await inTime(play(real, step), told);
        const actual = await inTime(play(fake, step), told);
        assert.deepEqual(actual, expected, [...told, 'VS Code:', ...expected, 'the stand-in:', ...actual].join('\n'));
        told.push(...expected.map(line => `    ${line}`));
      }
    } finally {
      await inTime(real.end(), [...told, 'end']);
    }
  }

  /** The same files in both, with names that nothing has been heard of. */
  function begin(each: History): FakeStage {
    const fake = new FakeStage(formatsFirst);
    played++;
    for (const stage of [real, fake]) {
      stage.begin(played, each);
      for (const name of NAMES) stage.put(name, 'one', 1);
    }
    return fake;
  }
});

async function inTime<T>(step: Promise<T>, told: readonly string[]): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`This does not end:\n${told.join('\n')}`)), STUCK_MS);
  });
  return Promise.race([step, late]).finally(() => clearTimeout(timer));
}

async function configure(autoSave: string | undefined, formatOnSave: boolean | undefined): Promise<void> {
  const { workspace, ConfigurationTarget } = vscode;
  await workspace.getConfiguration('files').update('autoSave', autoSave, ConfigurationTarget.Global);
  await workspace.getConfiguration('editor').update('formatOnSave', formatOnSave, ConfigurationTarget.Global);
}
