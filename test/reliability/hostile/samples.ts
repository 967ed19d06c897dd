// Metadata and names as nobody would write them, or only with intent.
import type { JsonObject } from '../../../src/sandbox/json';

/** Characters that reverse, hide or break a line, and markup that VS Code would render or run. */
export const DISGUISES: readonly string[] = [
  'nimda\u202Egnp.exe',
  '\u2066isolated\u2069',
  'zero\u200Bwidth\uFEFF',
  'line\nfeed\r\u2028\u2029',
  'bell\u0007 escape\u001B[31m delete\u007F c1\u0085',
  'null\u0000byte',
  'tags\u{E0041}\u{E0042}',
  'filler\u3164',
  '<img src=x onerror=alert(1)><b>bold</b>',
  '<script>alert(1)</script>',
  '[Sign in again](command:workbench.action.terminal.new)',
  '[click](command:workbench.action.quit "title")',
  '[click](https://evil.example/)',
  '[click](file:///etc/passwd)',
  '**bold** `code` ![image](https://evil.example/x.png)',
  '$(verified) admin',
  '$(id) `id` %APPDATA% $ENV',
  '{0} {1} {2}',
  "'; DROP TABLE users; --",
  'command:workbench.action.quit',
  '../../../../etc/passwd',
  '..',
  '%2F%2e%2e',
  'a/b\\c?d#e%f',
];

/** What a program leaves that cuts a text in the middle of an emoji. No UTF-8 can hold it. */
export const HALF_A_PAIR = 'half \uD83D a pair';

const INHERITED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', 'then'];

/** `depth` objects in each other. Text, as a value that deep could not be built by recursion. */
export function nested(depth: number): string {
  return `${'{"n":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

/** Each must come through a save of something else without a change; by name. */
export const METADATA: ReadonlyMap<string, JsonObject> = new Map([
  ['disguised keys and values', entries(DISGUISES.map(text => [storable(text), text]))],
  ['inherited names as keys', parsed(`{${INHERITED.map(key => `"${key}":{"${key}":1}`).join(',')}}`)],
  ['10,000 keys', entries(Array.from({ length: 10_000 }, (_, i) => [`key ${i}`, { value: i }]))],
  ['10,000 integer keys', entries(Array.from({ length: 10_000 }, (_, i) => [String(9_999 - i), i]))],
  ['200 levels', parsed(nested(200))],
  ['200 levels of arrays', parsed(`{"a":${'['.repeat(199)}${']'.repeat(199)}}`)],
  ['5 MB in one string', { text: 'é'.repeat(2_500_000) }],
  ['5 MB in 50,000 strings', { list: Array.from({ length: 50_000 }, (_, i) => `${i} ${'x'.repeat(90)}`) }],
  ['nothing in many ways', { '': '', ' ': ' ', a: {}, b: [], c: [{}], d: { e: null }, f: [null], g: false, h: 0 }],
  ['lookalikes', { é: 1, 'e\u0301': 2, a: 3, а: 4, A: 5 }],
]);

/** The service refuses `.` and a leading `$` in keys; the rest may be anywhere. */
function storable(text: string): string {
  return text.replaceAll('.', ',').replace(/^\$/, '§');
}

function entries(of: readonly (readonly [string, JsonObject[string]])[]): JsonObject {
  return Object.fromEntries(of);
}

function parsed(text: string): JsonObject {
  const value: JsonObject = JSON.parse(text);
  return value;
}
