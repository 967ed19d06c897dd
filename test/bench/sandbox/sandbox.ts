// Row 8: the sandbox's requests a second, beside a bare server that answers the same bytes.
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { median } from '../micro';
import type { Bench, Bound, Effort, Figure } from '../model';
import { measureInChild, samplesOf } from '../process/parent';
import { startBare } from './bareServer';

/** Rounds that are not counted. */
const COMPILING = 3;

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
      for (const ask of asks) figures.push(...(await compare(sandbox, ask, effort)));
      return { figures };
    } finally {
      await sandbox.close();
    }
  },
};

/** Of this process, in which both servers run. */
function usedCpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function compare(
  sandbox: Sandbox,
  { name, method, path, body = '' }: Ask,
  effort: Effort,
): Promise<readonly Figure[]> {
  const { host, port } = new URL(sandbox.url);
  const authorization = `Bearer ${sandbox.token}`;
  const headers = { authorization, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(sandbox.url + path, { method, headers, ...(body && { body }) });
  const bare = await startBare(answer);
  const lines = Object.entries({ host, ...headers, ...(body && { 'content-length': body.length }) });
  const request = `${method} ${path} HTTP/1.1\r\n${lines.map(line => line.join(': ')).join('\r\n')}\r\n\r\n${body}`;
  const rounds = String(COMPILING + (effort === 'full' ? 40 : 15));
  const argument = { port, barePort: String(bare.port), request, rounds };
  const samples = await measureInChild('sandbox/loadChild', argument, usedCpuUs);
  bare.close();
  const share = (id: string, what: string, oursName: string, bareName: string, aim: Bound | undefined): Figure => {
    const [ours, floor] = [oursName, bareName].map(of => samplesOf(samples, of).slice(COMPILING));
    if (!ours || !floor) throw new Error('the load child took no samples');
    return {
      id,
      what,
      value: median(ours.map((perSecond, round) => (100 * perSecond) / (floor[round] ?? Number.NaN))),
      unit: '%',
      beside: [
        { name: 'sandbox', value: median(ours), unit: 'requests/s' },
        { name: 'bare node:http', value: median(floor), unit: 'requests/s' },
      ],
      ...(aim && { aim }),
    };
  };
  const what = `${name}, of a bare server that answers the same bytes`;
  return [
    share(`sandbox.${name}`, what, 'ours', 'bare', { atLeast: 60 }),
    share(`sandbox.${name}.cpu`, `${what}, in a second of CPU`, 'oursCpu', 'bareCpu', undefined),
  ];
}
