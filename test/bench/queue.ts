// What the queue of a tenant costs: a request where 10,000 wait, and a whole read of the client beyond the bare transport.
import { tokenProviderOf } from '../../src/management/auth/tokenProvider';
import type { NoPlace, Place } from '../../src/management/budget/places';
import { RequestQueue } from '../../src/management/budget/requestQueue';
import { createManagementClient } from '../../src/management/client';
import { createUndiciTransport } from '../../src/management/http/undiciTransport';
import { userPath } from '../../src/management/resources/users';
import { tenantAt, userId } from '../support/management';
import { startBare } from './bareServer';
import { type Measurement, measureInChild } from './measureInChild';
import type { Bench } from './model';
import { median, samplesOf, timed } from './samples';

const QUEUED = 10_000;
const ID = 'auth0|1';

/** Room for all: what is measured never waits for a limit. */
const LIMITS = { 'x-ratelimit-limit': '100000000', 'x-ratelimit-remaining': '99999999' };

export const queueBench: Bench = {
  name: 'queue',
  title: 'The queue of a tenant',
  async measure(effort) {
    const rounds = String(effort === 'full' ? 2_000 : 500);
    const body = JSON.stringify({ user_id: ID, user_metadata: {}, app_metadata: {} });
    const bare = await startBare(
      new Response(body, {
        headers: { 'content-type': 'application/json', ...LIMITS, 'x-ratelimit-reset': String(resetS()) },
      }),
    );
    try {
      const queue = await measureInChild('queue');
      const reads = await measureInChild('reads', { port: String(bare.port), rounds });
      const [oursMs, fifoMs] = [median(samplesOf(queue, 'ours')), median(samplesOf(queue, 'fifo'))];
      const [clientMs, wireMs] = [median(samplesOf(reads, 'client')), median(samplesOf(reads, 'wire'))];
      const beside = [
        { name: 'client', value: clientMs, unit: 'ms' },
        { name: 'bare transport', value: wireMs, unit: 'ms' },
      ] as const;
      return {
        figures: [
          {
            id: 'queue.request',
            what: `a request while ${QUEUED.toLocaleString('en')} wait`,
            value: oursMs,
            unit: 'ms',
            beside: [{ name: 'a bare list of promises', value: fifoMs, unit: 'ms' }],
            aim: { atMost: 0.05 },
          },
          { id: 'queue.toBare', what: 'of a bare list of promises', value: oursMs / fifoMs, unit: '×' },
          {
            id: 'queue.read',
            what: 'a read with its token, beyond the bare transport',
            value: clientMs - wireMs,
            unit: 'ms',
            beside,
            aim: { atMost: 1 },
          },
          { id: 'queue.read.toBare', what: 'of the bare transport', value: clientMs / wireMs, unit: '×' },
        ],
      };
    } finally {
      bare.close();
    }
  },
};

function resetS(): number {
  return Math.floor(Date.now() / 1000) + 60;
}

/** One comes and one ends in each round, so always as many wait. */
export const fillQueue: Measurement = async () => {
  const samples = { ours: [] as number[], fifo: [] as number[] };
  for (let i = 0; i < 7; i++) {
    samples.ours.push(await roundMs(ours()));
    samples.fifo.push(await roundMs(fifo()));
  }
  return samples;
};

interface Line {
  enter(): void;
  /** Ends the one that has been let in first. */
  end(): Promise<void>;
}

/** Of CPU for one request, in which neighbours do not count. */
async function roundMs(line: Line): Promise<number> {
  for (let i = 0; i < QUEUED; i++) line.enter();
  const before = process.cpuUsage();
  for (let i = 0; i < QUEUED; i++) {
    line.enter();
    await line.end();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / QUEUED;
}

function ours(): Line {
  const queue = new RequestQueue({ reserve: () => 0.2 });
  const headers: Readonly<Record<string, string>> = {
    ...LIMITS,
    'x-ratelimit-reset': String(resetS()),
    date: new Date().toUTCString(),
  };
  const places: Promise<Place | NoPlace>[] = [];
  let count = 0;
  return {
    enter: () => {
      const entered = queue.enter(`GET route ${count++ % 5}`, queue.turn(), { priority: 'visible' });
      places.push(entered);
    },
    end: async () => {
      const place = await places.shift();
      if (place === undefined || 'reason' in place) throw new Error('there is room for all');
      place.answered(200, name => headers[name]);
    },
  };
}

function fifo(): Line {
  const waiting: (() => void)[] = [];
  const places: Promise<void>[] = [];
  return {
    enter: () => {
      places.push(new Promise(resolve => waiting.push(resolve)));
    },
    end: () => {
      waiting.shift()?.();
      return places.shift() ?? Promise.resolve();
    },
  };
}

/** The same read in turns: the transport alone, and the client with its token, its queue and what it decodes. */
export const readOften: Measurement = async ({ port = '', rounds = '0' }) => {
  const samples = { client: [] as number[], wire: [] as number[] };
  const tenant = tenantAt(`http://127.0.0.1:${port}`);
  const transport = createUndiciTransport();
  const tokens = tokenProviderOf({ kind: 'token', token: 'token' }, { tenant, transport, observer: undefined });
  const client = createManagementClient({ tenant, tokens, transport });
  const id = userId(ID);
  const request = {
    method: 'GET',
    url: tenant.origin + userPath(id),
    headers: { authorization: 'Bearer token', accept: 'application/json' },
  } as const;
  for (let i = 0; i < Number(rounds); i++) {
    await timed(samples.wire, () => transport.request(request));
    await timed(samples.client, () => client.getUser(id));
  }
  await transport.close();
  return samples;
};
