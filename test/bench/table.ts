// The figures as a table for a terminal.
import { boundText, format } from './budgets';
import { type Figure, isWithin, type Peer } from './model';

const HEAD: Row = { what: '', value: 'figure', aim: 'aim', beside: ['beside'] };
/** Of the last column; what is longer goes on below. */
const BESIDE_WIDTH = 110;

interface Row {
  readonly what: string;
  readonly value: string;
  readonly aim: string;
  readonly beside: readonly string[];
}

export function tableOf(title: string, figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(rowOf)];
  const width = (column: 'what' | 'value' | 'aim') => Math.max(...rows.map(row => row[column].length));
  const [what, value, aim] = [width('what'), width('value'), width('aim')];
  const indent = ' '.repeat(what + value + aim + 6);
  const lines = rows.map(row => {
    const start = `${row.what.padEnd(what)}  ${row.value.padStart(value)}  ${row.aim.padEnd(aim)}  `;
    return (start + wrapped(row.beside).join(`\n${indent}`)).trimEnd();
  });
  return [`━━ ${title} ━━`, ...lines].join('\n');
}

function rowOf(figure: Figure): Row {
  const { what, value, unit, aim, beside = [], note } = figure;
  return {
    what,
    value: `${format(value)} ${unit}`,
    aim: aim ? `${boundText(aim)} ${isWithin(value, aim) ? '✓' : '✗ MISSED'}` : '',
    beside: [...beside.map(peer => peerText(peer, figure)), ...(note === undefined ? [] : [note])],
  };
}

function wrapped(parts: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const longer = `${last} · ${part}`;
    if (last === undefined || longer.length > BESIDE_WIDTH) lines.push(part);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function peerText({ name, value, unit, note }: Peer, figure: Figure): string {
  const shown = value === undefined ? (note ?? 'cannot') : `${format(value)} ${unit}`;
  // For times the ratio is what matters: how many times ours.
  const ratio =
    value !== undefined && unit === 'ms' && figure.unit === 'ms' ? ` (${(value / figure.value).toFixed(1)}×)` : '';
  return `${name} ${shown}${ratio}`;
}
