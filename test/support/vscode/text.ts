// Positions and edits of a text document. Lines end in `\n`.

export interface Position {
  readonly line: number;
  readonly character: number;
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }
}

export interface Replacement {
  readonly range: Range;
  readonly text: string;
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length - 1, character: before.length - start };
}

export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf('\n', start) + 1;
  return start + character;
}

/** All edits are meant in positions of `text`, as VS Code has it; they do not overlap. */
export function applyReplacements(text: string, edits: readonly Replacement[]): string {
  const placed = edits.map(({ range, text: inserted }) => {
    return { from: offsetAt(text, range.start), to: offsetAt(text, range.end), inserted };
  });
  // From the back, so that the offsets ahead stay right.
  placed.sort((a, b) => b.from - a.from || b.to - a.to);
  return placed.reduce((now, { from, to, inserted }) => now.slice(0, from) + inserted + now.slice(to), text);
}
