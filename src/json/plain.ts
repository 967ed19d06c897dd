// Parses JSON whose numbers need not be exact: lists, tokens, error responses.

/**
 * In UTF-16 code units. A page of a list needs about a hundredth of it, a token less. Parsed text can take about twenty
 * times its length in memory (`[{},{},…`).
 */
const MAX_PLAIN_LENGTH = 8 * 1024 * 1024;

/** Undefined for text that is not JSON or is too long. Drops the error of JSON.parse, because it quotes the text. */
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
