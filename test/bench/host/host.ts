// In a real VS Code: activation beside the extensions that ship with it, open and save beside bare requests.
import { packageExtension } from '../../workbench/vsix';
import type { Bench, Figure } from '../model';
import { median, type Samples, samplesOf } from '../samples';
import { withSandbox } from '../withSandbox';
import { measureInHost } from './runInHost';

const RUNS = 3;
const DOCUMENTS = 12;
const SHOWN = 5;

export const hostBench: Bench = {
  name: 'host',
  title: 'In a real VS Code (every answer after 50 ms)',
  needsHost: true,
  async measure() {
    // The host runs what is in dist/: let it be what is shipped.
    await packageExtension();
    const runs: Samples[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await oneRun());
    return { figures: [...activation(runs), ...session(runs)] };
  },
};

function oneRun(): Promise<Samples> {
  return withSandbox({ delayMs: 50 }, ({ url, domain, token, control }) => {
    const users = control.users().map(user => user.user_id);
    const [ids, shownIds] = [users.slice(0, DOCUMENTS), users.slice(DOCUMENTS, DOCUMENTS + SHOWN)];
    return measureInHost({ url, domain, token, ids, shownIds });
  });
}

function activation(runs: readonly Samples[]): readonly Figure[] {
  const times = new Map<string, number>();
  const shipped = new Set(runs.flatMap(run => Object.keys(run).filter(name => name.startsWith('vscode.'))));
  // The marks are whole milliseconds: a median of few runs could not tell the small ones apart.
  for (const id of ['ours', ...shipped]) times.set(id, mean(runs.flatMap(run => run[id] ?? [])));
  const ours = times.get('ours') ?? Number.NaN;
  times.delete('ours');
  const fastestFirst = [...times].sort(([, a], [, b]) => a - b);
  const faster = fastestFirst.filter(([, ms]) => ms < ours).length;
  return [
    {
      id: 'host.activate',
      what: 'load and activate',
      value: ours,
      unit: 'ms',
      beside: fastestFirst.map(([name, value]) => ({ name: name.replace('vscode.', ''), value, unit: 'ms' })),
    },
    {
      id: 'host.fasterThanOurs',
      what: `of ${fastestFirst.length} extensions that ship with VS Code, faster`,
      value: faster,
      unit: 'count',
      aim: { atMost: 0 },
    },
  ];
}

function session(runs: readonly Samples[]): readonly Figure[] {
  const all = (name: string) => median(runs.flatMap(run => samplesOf(run, name)));
  const beyond = (id: string, what: string, name: string, bare: string): Figure => ({
    id: `host.${id}`,
    what: `${what}: beyond a file system of bare requests`,
    value: all(name) - all(bare),
    unit: 'ms',
    beside: [
      { name: 'all of it', value: all(name), unit: 'ms' },
      { name: 'bare', value: all(bare), unit: 'ms' },
    ],
    aim: { atMost: 15 },
  });
  return [
    beyond('open', 'open', 'open', 'bareOpen'),
    beyond('save', 'save', 'save', 'bareSave'),
    {
      id: 'host.shown',
      what: 'from the click to the editor that shows the document',
      value: all('shown'),
      unit: 'ms',
    },
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
