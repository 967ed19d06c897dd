// Writes a value as JSON text, with numbers as they were read.
import type { JsonValue } from './value';

/** Deeper levels stay on one line: indentation is quadratic in depth, and 5,000 levels of it are 100 MB of spaces. */
const INDENTED_LEVELS = 500;

/**
 * JSON text of `value`: on one line if `indent` is 0, else indented by that many spaces per level.
 * Numbers keep their text, keys their order. No recursion, so that deep nesting costs no stack.
 *
 * @param level nesting of the value in the text it is inserted into; indents every line but the first
 */
export function writeJson(value: JsonValue, indent = 0, level = 0): string {
  const out: string[] = [];
  const stack: { readonly node: JsonValue; next: number }[] = [];
  const colon = indent ? ': ' : ':';
  const newline = (depth: number) =>
    indent && level + depth <= INDENTED_LEVELS ? `\n${' '.repeat(indent * (level + depth))}` : '';
  let current: JsonValue | undefined = value;
  while (current) {
    const scalar = writeScalar(current);
    if (scalar === undefined) stack.push({ node: current, next: 0 });
    else out.push(scalar);
    current = undefined;
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const { node } = top;
      const isObject = node.type === 'object';
      const children = isObject ? node.members : node.type === 'array' ? node.items : [];
      const child = children[top.next];
      if (child) {
        out.push(top.next++ ? ',' : isObject ? '{' : '[', newline(stack.length));
        if ('key' in child) {
          out.push(JSON.stringify(child.key), colon);
          current = child.value;
        } else current = child;
        break;
      }
      stack.pop();
      out.push(newline(stack.length), isObject ? '}' : ']');
    }
  }
  return out.join('');
}

/** The text of a value without children; undefined for an array or object that has some. */
function writeScalar(value: JsonValue): string | undefined {
  switch (value.type) {
    case 'object':
      return value.members.length ? undefined : '{}';
    case 'array':
      return value.items.length ? undefined : '[]';
    case 'string':
      return JSON.stringify(value.value);
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
  }
}
