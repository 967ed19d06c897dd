// JSON whose numbers need not be exact: lists, tokens, error answers.

/**
 * In UTF-16 code units. A page of a list is a hundredth of it, and a token less; what text of this length can come to in
 * memory (`[{},{},…`) is some twenty times as much.
 */
export const MAX_PLAIN_LENGTH = 8 * 1024 * 1024;

/** Undefined for what is no JSON, or longer than any. The parser's complaint is dropped: it quotes the text. */
export function parsePlain(text: string): unknown {
  if (text.length > MAX_PLAIN_LENGTH) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member `key` if it is a string. */
export function stringOf(record: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' ? value : undefined;
}

/** The member `key` if it is a number. */
export function numberOf(record: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const value = record[key];
  return typeof value === 'number' ? value : undefined;
}
