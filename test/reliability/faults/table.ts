// The observed matrix as Markdown, laid out as the formatter wants it.
import { markdownTable } from '../../support/markdown';
import { type Observed, OPERATIONS } from './bench';
import type { WaitObserved } from './waits';

const HEAD = `# Fault matrix

What a person sees when something goes wrong, for each fault and each request that it hits. Written by
\`test/reliability/faults.test.ts\` from what it observes over real sockets against the sandbox (\`UPDATE_MATRIX=1\` renews
it); the test fails where a cell is not what the design demands, or not what stands here.

The user has \`hobby: surfing\`; the person has typed \`sailing\`. Each row: which request is hit, what the person is told
(of the list: the row, and what it says when it is pointed at), what the server holds afterwards, and what the document or
the list shows.
`;

const COLUMNS = ['request', 'told', 'server holds', 'shows'];

const WAITS_HEAD = `## Waits between the plan and the PATCH

The user has \`prefs: {"theme":"dark"}\`; the person has typed \`"lang":"en"\` into it. While the save waits, somebody else
writes \`"consent":true\` beside it, or \`"lang":"fr"\` at the same path. Overwriting that is cancelled when it is asked about.
`;

const WAIT_COLUMNS = ['the save waits for', 'the other writes', 'requests', 'asked', 'server holds', 'shows'];

export interface WaitRow extends WaitObserved {
  readonly wait: string;
  readonly write: string;
}

export function tableOf(matrix: ReadonlyMap<string, readonly Observed[]>, waits: readonly WaitRow[]): string {
  const parts = Array.from(matrix, ([name, cells]) => {
    const rows = OPERATIONS.map((operation, i) => [operation, ...cellsOf(cells[i])]);
    return `## ${name}\n\n${markdownTable([COLUMNS, ...rows])}`;
  });
  const rows = waits.map(({ wait, write, requests, asked, server, shows }) => [
    wait,
    write,
    requests,
    asked || '—',
    server,
    shows,
  ]);
  return [HEAD, ...parts, WAITS_HEAD, markdownTable([WAIT_COLUMNS, ...rows])].join('\n');
}

function cellsOf(observed: Observed | undefined): string[] {
  const { told = '?', server = '?', shows = '?' } = observed ?? {};
  return [told || '—', server, shows];
}
