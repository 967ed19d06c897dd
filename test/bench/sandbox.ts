// The sandbox's requests a second, beside a bare server that answers the same bytes.
import { connect } from 'node:net';
import type { Sandbox } from '../../src/sandbox/http/server';
import { startBare } from './bareServer';
import { type Measurement, measureInChild } from './measureInChild';
import type { Bench, Bound, Effort, Figure } from './model';
import { median, samplesOf } from './samples';
import { withSandbox } from './withSandbox';

/** Rounds that are not counted. */
const COMPILING = 3;
const CONNECTIONS = 8;
/** A round is shorter than most things that disturb one: so they fall on both. */
const EACH = 50;

interface Ask {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

export const sandboxBench: Bench = {
  name: 'sandbox',
  title: 'The sandbox, requests a second',
  measure: effort =>
    withSandbox({}, async sandbox => {
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
    }),
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
  const samples = await measureInChild('sandbox', argument, usedCpuUs);
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

/**
 * Asks two servers of the parent's in turn as fast as a few connections can, and says how many requests each answered in a
 * second, and in a second of the parent's CPU, in which its neighbours do not count. Raw sockets: a client that did more would
 * be what is measured.
 */
export const load: Measurement = async ({ port = '', barePort = '', request = '', rounds = '0' }, askCpuUs) => {
  const samples = { ours: [] as number[], bare: [] as number[], oursCpu: [] as number[], bareCpu: [] as number[] };
  const round = async (to: string, perSecond: number[], perCpuSecond: number[]) => {
    const [startMs, startCpuUs] = [performance.now(), await askCpuUs()];
    await Promise.all(Array.from({ length: CONNECTIONS }, () => exchange(Number(to), request, EACH)));
    const [ms, cpuUs] = [performance.now() - startMs, (await askCpuUs()) - startCpuUs];
    perSecond.push((CONNECTIONS * EACH * 1e3) / ms);
    perCpuSecond.push((CONNECTIONS * EACH * 1e6) / cpuUs);
  };
  for (let i = 0; i < Number(rounds); i++) {
    await round(port, samples.ours, samples.oursCpu);
    await round(barePort, samples.bare, samples.bareCpu);
  }
  return samples;
};

/** Sends `request` so often, one after the other, on a connection of its own. */
function exchange(port: number, request: string, times: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let left = times;
    let missing: number | undefined;
    let head = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      if (missing === undefined) {
        head += chunk;
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!/^HTTP\/1\.1 2/.test(head)) return reject(new Error(head.slice(0, 200)));
        const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
        missing = Number(length) - (head.length - end - 4);
      } else missing -= chunk.length;
      if (missing > 0) return;
      head = '';
      missing = undefined;
      if (--left > 0) socket.write(request);
      else socket.end(resolve);
    });
    socket.on('error', reject);
    socket.write(request);
  });
}
