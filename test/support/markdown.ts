// Tables in Markdown, laid out as the formatter wants them.

/** @param rows the first one is the head */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map(row => row.map(text => text.replaceAll('|', '\\|')));
  const widths = (cells[0] ?? []).map((_head, i) => Math.max(...cells.map(row => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = '', ...body] = cells.map(line);
  return `${[head, line(widths.map(width => '-'.repeat(width))), ...body].join('\n')}\n`;
}
