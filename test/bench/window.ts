// A cold window to its first users, open, save: round trips, and what they cost beyond the bare requests.
import { LIST_FIELDS } from '../../src/management/resources/users';
import type { Sandbox } from '../../src/sandbox/http/server';
import { shown } from '../support/vscode/window';
import { openUser, productionBundles, saveUser, startExtension } from './extension';
import { type Measurement, measureInChild } from './measureInChild';
import type { Bench, Effort, Figure } from './model';
import { median, type Samples, samplesOf, timed } from './samples';
import { withSandbox } from './withSandbox';

const ANSWER_AFTER_MS = 50;
const BEYOND_MS = 15;

export const windowBench: Bench = {
  name: 'window',
  title: `Cold window to first users; open; save (every answer after ${ANSWER_AFTER_MS} ms)`,
  async measure(effort) {
    const folder = await productionBundles();
    const figures = await withSandbox({ delayMs: ANSWER_AFTER_MS }, sandbox => windowFigures(folder, sandbox, effort));
    return { figures };
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
    windows.push(await measureInChild('window', { folder, url, domain, token, ids }, newRequests));
    bare.push(...samplesOf(await measureInChild('bareWindow', { url, token }), 'first'));
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

/** A window from its start: the first users, then documents that are opened and saved, each beside the bare requests. */
export const openWindow: Measurement = async ({ folder = '', url = '', domain = '', token = '', ids = '' }, ask) => {
  const samples = {
    first: [] as number[],
    open: [] as number[],
    save: [] as number[],
    bareOpen: [] as number[],
    bareSave: [] as number[],
  };
  const requests = { activate: [] as number[], list: [] as number[], open: [] as number[], save: [] as number[] };

  await timed(samples.first, () => startExtension(folder, { url, domain, token }));
  requests.activate.push(await ask());
  await timed(samples.first, showUsers);
  requests.list.push(await ask());

  const bare = bareClient(url, token);
  await bare.get(ids.split(',')[0] ?? '');
  for (const [i, id] of ids.split(',').entries()) {
    await ask();
    const document = await timed(samples.open, () => openUser(domain, id));
    requests.open.push(await ask());
    await timed(samples.save, () => saveUser(document, i));
    requests.save.push(await ask());
    await timed(samples.bareOpen, () => bare.get(id));
    await timed(samples.bareSave, async () => {
      await bare.get(id);
      await bare.patch(id, JSON.stringify({ user_metadata: { bench: -i } }));
    });
  }
  await bare.close();
  const prefixed = Object.entries(requests).map(([name, list]) => [`requests.${name}`, list] as const);
  return { ...samples, ...Object.fromEntries(prefixed), first: [samples.first.reduce((sum, ms) => sum + ms, 0)] };
};

/** As the view does when it is first seen. */
async function showUsers(): Promise<void> {
  const tree = shown.trees.get('auth0Metadata.users');
  if (!tree) throw new Error('the extension has made no tree');
  const tenants = await tree.getChildren();
  for (const tenant of tenants) {
    tree.getTreeItem(tenant);
    const users = await tree.getChildren(tenant);
    if (users.length < 10) throw new Error('there are no users in the tree');
    for (const user of users) tree.getTreeItem(user);
  }
}

/** The floor of a cold window: load undici, ask for the first page, parse it. */
export const openBareWindow: Measurement = async ({ url = '', token = '' }) => {
  const first: number[] = [];
  await timed(first, async () => {
    const { request } = undici();
    const query = `page=0&per_page=50&include_totals=true&fields=${LIST_FIELDS}&include_fields=true&sort=created_at:-1`;
    const answer = await request(`${url}/api/v2/users?${query}`, { headers: { authorization: `Bearer ${token}` } });
    await answer.body.json();
  });
  return { first };
};

/** One connection of undici, as bare as it gets: the same requests, the answers parsed, nothing else. */
function bareClient(url: string, token: string) {
  const { Agent, request } = undici();
  const dispatcher = new Agent({ connections: 1 });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const user = (id: string) => `${url}/api/v2/users/${encodeURIComponent(id)}`;
  return {
    get: async (id: string) => (await request(user(id), { dispatcher, headers })).body.json(),
    patch: async (id: string, body: string) =>
      (await request(user(id), { dispatcher, headers, method: 'PATCH', body })).body.json(),
    close: () => dispatcher.close(),
  };
}

/** Not before it is needed: loading it is part of what is measured. */
function undici(): typeof import('undici') {
  return require('undici');
}
