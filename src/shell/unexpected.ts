// Errors that nobody expected, written to the log in a form that quotes nothing: no message, which may hold a value, a body
// or a token, only what kind of error it was and where it came from.
import type * as vscode from 'vscode';

type Log = Pick<vscode.LogOutputChannel, 'error'>;

const MAX_CAUSES = 5;
const MAX_FRAMES = 30;

/** One a bundle, as the sentence that sends people to the log is made in several: each is told at its start. */
let log: Log | undefined;
const noted = new WeakSet<object>();

export function noteUnexpectedIn(channel: Log): void {
  log = channel;
}

/** Once an error, however often it is described. */
export function noteUnexpected(error: unknown): void {
  if (typeof error === 'object' && error !== null) {
    if (noted.has(error)) return;
    noted.add(error);
  }
  log?.error(`unexpected: ${traceOf(error)}`);
}

/** `TypeError (ERR_X)` and the frames of its stack, for it and its causes. */
export function traceOf(error: unknown): string {
  const parts: string[] = [];
  for (let current = error; parts.length < MAX_CAUSES && current !== undefined; ) {
    if (!(current instanceof Error)) {
      parts.push(`thrown: ${current === null ? 'null' : typeof current}`);
      break;
    }
    parts.push([headOf(current), ...framesOf(current)].join('\n    at '));
    current = current.cause;
  }
  return parts.join('\n  caused by ');
}

function headOf(error: Error): string {
  const name = /^\w{1,60}$/.test(error.name) ? error.name : 'Error';
  const code = 'code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(error.code);
  return code ? `${name} (${String(error.code)})` : name;
}

/** `save (features.js:12:34)`. The message stands in front of them, and may have lines that look like one. */
function framesOf({ message, stack = '' }: Error): string[] {
  const at = stack.indexOf(message);
  const behind = at < 0 ? '' : stack.slice(at + message.length);
  return Array.from(behind.matchAll(FRAME), ([, name = '', file = '', place = '']) =>
    `${name} (${file}${place})`.trim(),
  ).slice(0, MAX_FRAMES);
}

/** Of the path only the file's name: the rest is the machine's. */
const FRAME = /^ +at (?:([\w$.<># ]{1,100}?) (?:\[as [\w$.]+\] )?\()?(?:[^()\n]*[\\/:])?([\w$.-]+)(:\d+:\d+)\)?$/gm;
