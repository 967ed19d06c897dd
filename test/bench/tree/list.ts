// Row 6, the first half: listing 1,000 users, beside the pager of Auth0's own SDK on the same sandbox.
import { startSandbox } from '../../../src/sandbox/http/server';
import { median } from '../micro';
import type { Bench, Effort, Figure, Unit } from '../model';
import { measureInChild, samplesOf } from '../process/parent';

const USERS = 1_000;

interface Listing {
  readonly requests: number;
  readonly bytes: number;
  readonly cpuMs: number;
}

export const listBench: Bench = {
  name: 'list',
  title: `Listing ${USERS.toLocaleString('en')} users`,
  async measure(effort) {
    const sandbox = await startSandbox({ count: USERS });
    try {
      const { url, domain, token, control } = sandbox;
      const measure = async (who: 'ours' | 'sdk'): Promise<Listing> => {
        control.clearRequests();
        const rounds = roundsOf(effort);
        const samples = await measureInChild('tree/listChild', { who, url, domain, token, rounds: String(rounds) });
        if (samplesOf(samples, 'users').some(users => users !== USERS))
          throw new Error(`${who} does not list all users`);
        const requests = control.requests.length / (rounds + 1);
        return { requests, bytes: median(samplesOf(samples, 'bytes')), cpuMs: median(samplesOf(samples, 'cpuMs')) };
      };
      const [ours, sdk] = [await measure('ours'), await measure('sdk')];
      const beside = (value: number, unit: Unit) => [{ name: 'auth0 SDK', value, unit }];
      return {
        figures: [
          {
            id: 'list.requests',
            what: 'requests, beyond those of the SDK',
            value: ours.requests - sdk.requests,
            unit: 'requests',
            beside: [{ name: 'ours', value: ours.requests, unit: 'requests' }, ...beside(sdk.requests, 'requests')],
            aim: { atMost: 0 },
          },
          ratio('bytes', 'bytes of the answers', ours.bytes / 1000, sdk.bytes / 1000, 'KB'),
          ratio('cpu', 'CPU', ours.cpuMs, sdk.cpuMs, 'ms'),
        ],
      };
    } finally {
      await sandbox.close();
    }
  },
};

function roundsOf(effort: Effort): number {
  return effort === 'full' ? 15 : 5;
}

function ratio(name: string, what: string, ours: number, sdk: number, unit: Unit): Figure {
  const beside = [
    { name: 'ours', value: ours, unit },
    { name: 'auth0 SDK', value: sdk, unit },
  ];
  return {
    id: `list.${name}`,
    what: `${what}, to those of the SDK`,
    value: ours / sdk,
    unit: '×',
    beside,
    aim: { atMost: 1 },
  };
}
