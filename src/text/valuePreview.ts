// Previews a JSON value on one short line, at a cost that does not grow with the value.
import type { JsonValue } from '../json/value';
import { isolatedParts, visibleText } from './visibleText';

const MAX_PREVIEW = 80;
/** Enough to fill the line, however short the children are. */
const MAX_CHILDREN = 12;

/**
 * `"surfing"`, `12`, `{home: "123 Main Street", work: {…}}`, `["a", "b", …]`.
 *
 * @param maxLength in UTF-16 code units
 */
export function previewValue(value: JsonValue, maxLength = MAX_PREVIEW): string {
  return isolatedParts(visibleText(preview(value, maxLength, 1), maxLength));
}

/** Quotes a key that is empty or has spaces at its ends: unquoted, it would look like another key, or like none. */
export function keyLabel(key: string, maxLength: number): string {
  const text = visibleText(key, maxLength);
  return text === '' || text !== text.trim() ? JSON.stringify(text) : text;
}

function preview(value: JsonValue, maxLength: number, depth: number): string {
  switch (value.type) {
    case 'string':
      return `"${value.value.slice(0, maxLength)}"`;
    case 'number':
      return value.text.slice(0, maxLength + 1);
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
    case 'array':
      if (depth === 0 && value.items.length > 0) return '[…]';
      return `[${list(value.items, item => preview(item, maxLength, depth - 1))}]`;
    case 'object':
      if (depth === 0 && value.members.length > 0) return '{…}';
      return `{${list(value.members, member => {
        return `${keyLabel(member.key, maxLength)}: ${preview(member.value, maxLength, depth - 1)}`;
      })}}`;
  }
}

function list<T>(children: readonly T[], show: (child: T) => string): string {
  const shown = children.slice(0, MAX_CHILDREN).map(show);
  return [...shown, ...(children.length > MAX_CHILDREN ? ['…'] : [])].join(', ');
}
