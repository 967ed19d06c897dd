// The observed matrix as Markdown, laid out as the formatter wants it.
import { type Observed, OPERATIONS } from './bench';

const HEAD = `# Fault matrix

What a person sees when something goes wrong, for each fault and each request that it hits. Written by
\`test/reliability/faults.test.ts\` from what it observes over real sockets against the sandbox (\`UPDATE_MATRIX=1\` renews
it); the test fails where a cell is not what the design demands, or not what stands here.

The user has \`hobby: surfing\`; the person has typed \`sailing\`. Each row: which request is hit, what the person is told
(of the list: the row, and what it says when it is pointed at), what the server holds afterwards, and what the document or
the list shows.
`;

const COLUMNS = ['request', 'told', 'server holds', 'shows'];

export function tableOf(matrix: ReadonlyMap<string, readonly Observed[]>): string {
  const parts = Array.from(matrix, ([name, cells]) => {
    const rows = OPERATIONS.map((operation, i) => [operation, ...cellsOf(cells[i])]);
    return `## ${name}\n\n${aligned([COLUMNS, ...rows]).join('\n')}\n`;
  });
  return [HEAD, ...parts].join('\n');
}

function cellsOf(observed: Observed | undefined): string[] {
  const { told = '?', server = '?', shows = '?' } = observed ?? {};
  return [told || '—', server, shows].map(text => text.replaceAll('|', '\\|'));
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = COLUMNS.map((_column, i) => Math.max(...rows.map(row => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head, ...body] = rows.map(line);
  return [head ?? '', line(widths.map(width => '-'.repeat(width))), ...body];
}
