// 100 saves in a row with 10 documents open: nothing that the process holds on to grows after the tenth.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventEmitter } from '../support/vscode/events';
import type { TextFile } from '../support/vscode/textFile';
import { shown } from '../support/vscode/window';
import { openUser, productionBundles, saveUser, startExtension } from './extension';
import { usedHeapBytes } from './heap';
import { type Measurement, measureInChild } from './measureInChild';
import type { Bench, Figure, Unit } from './model';
import { samplesOf } from './samples';
import { withSandbox } from './withSandbox';

const DOCUMENTS = 10;
const SAVES = 100;
const SETTLED = 10;

/** The compiler adds code and feedback for some hundred calls: that growth is not the extension's. */
const STEADY = ['--no-opt', '--no-sparkplug', '--no-lazy-feedback-allocation'];

export const savesBench: Bench = {
  name: 'saves',
  title: '100 saves in a row, 10 documents open: growth after the tenth',
  async measure() {
    const folder = await productionBundles();
    const held = await withSandbox({}, ({ url, domain, token, control }) => {
      const users = control.users().slice(0, DOCUMENTS);
      const ids = users.map(user => user.user_id).join(',');
      return measureInChild('saves', { folder, url, domain, token, ids }, undefined, STEADY);
    });
    const growth = (name: string, what: string, unit: Unit, aim: number, scale = 1): Figure => {
      const [settled = Number.NaN, end = Number.NaN] = samplesOf(held, name).map(value => value / scale);
      const beside = [{ name: 'after the tenth', value: settled, unit }];
      return { id: `saves.${name}`, what, value: end - settled, unit, beside, aim: { atMost: aim } };
    };
    return {
      figures: [
        growth('listeners', 'listeners', 'count', 0),
        growth('sockets', 'open sockets', 'count', 0),
        growth('timers', 'timers', 'count', 0),
        // A leaked document would be some 5 KB a save.
        growth('heap', 'heap', 'KB', 50, 1000),
      ],
    };
  },
};

export const saveOften: Measurement = async ({ folder = '', url = '', domain = '', token = '', ids = '' }) => {
  const written = await startExtension(folder, { url, domain, token });
  const documents: TextFile[] = [];
  for (const id of ids.split(',')) documents.push(await openUser(domain, id));
  const held = { heap: [] as number[], listeners: [] as number[], sockets: [] as number[], timers: [] as number[] };
  for (let i = 1; i <= SAVES; i++) {
    const document = documents[i % documents.length];
    if (document) await saveUser(document, i);
    if (i !== SETTLED && i !== SAVES) continue;
    await historyWritten(written, i);
    await shown.settled();
    held.sockets.push(await lastingly('TCPSocketWrap'));
    held.timers.push(await lastingly('Timeout'));
    held.listeners.push(EventEmitter.listening + processListeners());
    // The window's own memory is not the extension's.
    shown.forget();
    held.heap.push(usedHeapBytes());
  }
  return held;
};

/** The history is written behind the saves: what still waits for the disk is held on to with reason. */
async function historyWritten(folder: string, saves: number): Promise<void> {
  const written = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json'));
  for (let waits = 0; waits < 300 && written().length < saves; waits++) await sleep(50);
  await sleep(200);
}

/** How many of a kind there are whenever one looks: what only passes is not held on to. */
async function lastingly(kind: string): Promise<number> {
  const looks: number[] = [];
  for (let look = 0; look < 10; look++) {
    looks.push(process.getActiveResourcesInfo().filter(name => name === kind).length);
    await sleep(20);
  }
  return Math.min(...looks);
}

function processListeners(): number {
  return process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
}
