// Row 8: the sandbox's requests a second, beside a bare server that answers the same bytes.
import { type Sandbox, startSandbox } from '../../../src/sandbox/server';
import { median } from '../micro';
import type { Bench, Effort, Figure } from '../model';
import { measureInChild, samplesOf } from '../process/parent';
import { startBare } from './bareServer';

interface Ask {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

export const sandboxBench: Bench = {
  name: 'sandbox',
  title: 'The sandbox, requests a second',
  async measure(effort) {
    const sandbox = await startSandbox();
    try {
      const [user] = sandbox.control.users();
      const path = `/api/v2/users/${encodeURIComponent(user?.user_id ?? '')}`;
      const asks: readonly Ask[] = [
        { name: 'get', method: 'GET', path },
        { name: 'list', method: 'GET', path: '/api/v2/users?per_page=50&include_totals=true' },
        { name: 'patch', method: 'PATCH', path, body: '{"user_metadata":{"bench":1}}' },
      ];
      const figures: Figure[] = [];
      for (const ask of asks) figures.push(await compare(sandbox, ask, effort));
      return { figures };
    } finally {
      await sandbox.close();
    }
  },
};

async function compare(sandbox: Sandbox, { name, method, path, body = '' }: Ask, effort: Effort): Promise<Figure> {
  const { host, port } = new URL(sandbox.url);
  const authorization = `Bearer ${sandbox.token}`;
  const headers = { authorization, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(sandbox.url + path, { method, headers, ...(body && { body }) });
  const bare = await startBare(answer);
  const lines = Object.entries({ host, ...headers, ...(body && { 'content-length': body.length }) });
  const request = `${method} ${path} HTTP/1.1\r\n${lines.map(line => line.join(': ')).join('\r\n')}\r\n\r\n${body}`;
  const requests = effort === 'full' ? '4000' : '1500';
  const perSecond = async (at: string | number) =>
    samplesOf(await measureInChild('sandbox/loadChild', { port: String(at), request, requests }), 'perSecond');
  const ours: number[] = [];
  const floor: number[] = [];
  // The first round compiles.
  for (let round = 0; round <= (effort === 'full' ? 7 : 3); round++) {
    const [mine, bares] = [await perSecond(port), await perSecond(bare.port)];
    if (round === 0) continue;
    ours.push(...mine);
    floor.push(...bares);
  }
  bare.close();
  return {
    id: `sandbox.${name}`,
    what: `${name}, of a bare server that answers the same bytes`,
    value: (100 * median(ours)) / median(floor),
    unit: '%',
    beside: [
      { name: 'sandbox', value: median(ours), unit: 'requests/s' },
      { name: 'bare node:http', value: median(floor), unit: 'requests/s' },
    ],
    aim: { atLeast: 60 },
  };
}
