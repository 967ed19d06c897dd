// Logs unexpected errors without quoting them. A message may hold a value, a body or a token, so the log only says what
// kind of error it was and where it came from.
import type * as vscode from 'vscode';

type Log = Pick<vscode.LogOutputChannel, 'error'>;

const MAX_CAUSES = 5;
const MAX_FRAMES = 30;

/** Each bundle has its own copy of this module, so each gets the log when it starts. */
let log: Log | undefined;
const noted = new WeakSet<object>();

export function noteUnexpectedIn(channel: Log): void {
  log = channel;
}

/** Logs each error once, however often it is described. */
export function noteUnexpected(error: unknown): void {
  if (typeof error === 'object' && error !== null) {
    if (noted.has(error)) return;
    noted.add(error);
  }
  log?.error(`unexpected: ${traceOf(error)}`);
}

/** `TypeError (ERR_X)` and the stack frames, for the error and its causes. */
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

/** Like `save (features.js:12:34)`. The message comes before the frames, and may have lines that look like frames. */
function framesOf({ message, stack = '' }: Error): string[] {
  const at = stack.indexOf(message);
  const behind = at < 0 ? '' : stack.slice(at + message.length);
  return Array.from(behind.matchAll(FRAME), ([, name = '', file = '', place = '']) =>
    `${name} (${file}${place})`.trim(),
  ).slice(0, MAX_FRAMES);
}

/** Takes only the file name from a path: the rest says something about the machine. */
const FRAME = /^ +at (?:([\w$.<># ]{1,100}?) (?:\[as [\w$.]+\] )?\()?(?:[^()\n]*[\\/:])?([\w$.-]+)(:\d+:\d+)\)?$/gm;
