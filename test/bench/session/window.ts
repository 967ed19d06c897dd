// Row 5: a cold window to its first users, open, save: round trips, and what they cost beyond the bare requests.
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { productionBundles } from '../bundle/build';
import { median } from '../micro';
import type { Bench, Effort, Figure } from '../model';
import type { Samples } from '../process/child';
import { measureInChild, samplesOf } from '../process/parent';

const ANSWER_AFTER_MS = 50;
const BEYOND_MS = 15;

export const windowBench: Bench = {
  name: 'window',
  title: `Cold window to first users; open; save (every answer after ${ANSWER_AFTER_MS} ms)`,
  async measure(effort) {
    const folder = await productionBundles();
    const sandbox = await startSandbox({ delayMs: ANSWER_AFTER_MS });
    try {
      return { figures: await windowFigures(folder, sandbox, effort) };
    } finally {
      await sandbox.close();
    }
  },
};

async function windowFigures(folder: string, sandbox: Sandbox, effort: Effort): Promise<readonly Figure[]> {
  const { url, domain, token, control } = sandbox;
  const users = control.users().slice(0, effort === 'full' ? 15 : 3);
  const ids = users.map(user => user.user_id).join(',');
  const newRequests = () => {
    const { length } = control.requests;
    control.clearRequests();
    return length;
  };
  const windows: Samples[] = [];
  const bare: number[] = [];
  for (let i = 0; i < (effort === 'full' ? 15 : 1); i++) {
    newRequests();
    windows.push(await measureInChild('session/windowChild', { folder, url, domain, token, ids }, newRequests));
    bare.push(...samplesOf(await measureInChild('session/bareChild', { url, token }), 'first'));
  }
  const all = (name: string) => windows.flatMap(samples => samplesOf(samples, name));
  const most = (name: string) => Math.max(...all(`requests.${name}`));
  return [
    roundTrips('activate', 'activation', most('activate'), 0),
    roundTrips('list', 'first users', most('list'), 1),
    roundTrips('open', 'open', most('open'), 1),
    roundTrips('save', 'save', most('save'), 2),
    beyond('window.first', 'first users, cold', all('first'), bare),
    beyond('window.open', 'open', all('open'), all('bareOpen')),
    beyond('window.save', 'save', all('save'), all('bareSave')),
  ];
}

function roundTrips(name: string, what: string, value: number, atMost: number): Figure {
  return { id: `window.requests.${name}`, what: `${what}: requests`, value, unit: 'requests', aim: { atMost } };
}

function beyond(id: string, what: string, ours: readonly number[], bare: readonly number[]): Figure {
  const [oursMs, bareMs] = [median(ours), median(bare)];
  return {
    id,
    what: `${what}: beyond the bare requests`,
    value: oursMs - bareMs,
    unit: 'ms',
    beside: [
      { name: 'all of it', value: oursMs, unit: 'ms' },
      { name: 'bare undici', value: bareMs, unit: 'ms' },
    ],
    aim: { atMost: BEYOND_MS },
  };
}
