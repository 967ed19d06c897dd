// Ten documents open, a hundred saves: what the process holds on to after the tenth and after the last.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { usedHeapBytes } from '../heap';
import { runChild } from '../process/child';
import { startExtension } from '../stub/extension';
import { registered } from '../stub/vscode';
import { open, save, userUri } from './documents';

const SAVES = 100;
const SETTLED = 10;

runChild(async ({ folder = '', url = '', domain = '', token = '', ids = '' }) => {
  const storage = startExtension(folder, { url, domain, token });
  const documents = new Map<string, string>();
  for (const id of ids.split(',')) documents.set(id, await open(userUri(domain, id)));
  const held = { heap: [] as number[], listeners: [] as number[], sockets: [] as number[], timers: [] as number[] };
  for (let i = 1; i <= SAVES; i++) {
    const [id = '', text = ''] = [...documents][i % documents.size] ?? [];
    documents.set(id, await save(userUri(domain, id), text, i));
    if (i !== SETTLED && i !== SAVES) continue;
    await historyWritten(storage, i);
    held.sockets.push(await lastingly('TCPSocketWrap'));
    held.timers.push(await lastingly('Timeout'));
    held.listeners.push(registered.listeners + processListeners());
    held.heap.push(usedHeapBytes());
  }
  return held;
});

/** The history is written behind the saves: what still waits for the disk is held on to with reason. */
async function historyWritten(storage: string, saves: number): Promise<void> {
  const written = () =>
    readdirSync(storage, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json'));
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
