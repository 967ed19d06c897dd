// Describes values and changes on one line each, for dialogs, messages and tooltips.
import { formatPath } from '../json/path';
import type { JsonPath, JsonValue } from '../json/value';
import { writeJson } from '../json/write';
import { isolatedParts, visibleText } from './visibleText';

const VALUE_LENGTH = 60;

export interface DescribedChange {
  readonly path: JsonPath;
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
}

/** `user_metadata.addresses.home: "old" → "new"`; a missing side is `∅`. */
export function describeChange({ path, before, after }: DescribedChange): string {
  const [old, now] = describeApart([before, after]);
  return `${describePath(path)}: ${old} → ${now}`;
}

/** Like describeValue, but different values that would read the same show the place where they first differ. */
export function describeApart(values: readonly (JsonValue | undefined)[]): string[] {
  const shown = values.map(describeValue);
  const texts = values.map(value => (value ? writeJson(value) : ''));
  const ambiguous = texts.filter((text, i) => shown.some((other, j) => other === shown[i] && texts[j] !== text));
  const [first, ...others] = ambiguous;
  if (first === undefined) return shown;
  const at = Math.min(...others.map(other => firstDifference(first, other)).filter(i => i >= 0));
  return shown.map((whole, i) => {
    const text = texts[i] ?? '';
    return ambiguous.includes(text) ? `…${isolatedParts(visibleText(from(text, at - CONTEXT), VALUE_LENGTH))}` : whole;
  });
}

/** Code units shown before the first difference. */
const CONTEXT = 12;

function firstDifference(a: string, b: string): number {
  if (a === b) return -1;
  let i = 0;
  while (a[i] === b[i]) i++;
  return i;
}

/** `text` from `index` on, without splitting a surrogate pair. */
function from(text: string, index: number): string {
  const start = Math.max(0, index);
  return text.slice(/[\uDC00-\uDFFF]/.test(text[start] ?? '') ? start - 1 : start);
}

/** A path from user data, safe to show inside a sentence. */
export function describePath(path: JsonPath): string {
  return isolatedParts(visibleText(formatPath(path), 120));
}

/** JSON on one line, cut to a readable length, with hidden characters made visible. */
export function describeValue(value: JsonValue | undefined): string {
  return value ? isolatedParts(visibleText(preview(value), VALUE_LENGTH)) : '∅';
}

/** At most `limit` lines, and how many more there are. */
export function describeChanges(
  changes: readonly DescribedChange[],
  limit: number,
): { readonly lines: readonly string[]; readonly more: number } {
  return { lines: changes.slice(0, limit).map(describeChange), more: Math.max(0, changes.length - limit) };
}

/** Enough JSON text for a preview, without writing out megabytes only to cut them. */
function preview(value: JsonValue): string {
  if (value.type === 'object' && value.members.length > 20) return `{… ${value.members.length} keys}`;
  if (value.type === 'array' && value.items.length > 20) return `[… ${value.items.length} items]`;
  if (value.type === 'string') return JSON.stringify(value.value.slice(0, 2 * VALUE_LENGTH));
  return writeJson(value);
}
