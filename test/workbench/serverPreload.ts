// Loaded into a VS Code server before it starts (`node --require`): what it lacks without code-server's own front.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { isWelcome } from './serverGuard';

// Forks inherit the flags of their parent, and the extension host is to be as every extension host.
process.execArgv.splice(process.execArgv.indexOf('--require'), 2);

const token = readFileSync(process.argv[process.argv.indexOf('--connection-token-file') + 1] ?? '', 'utf8');
const key = randomBytes(32);

keepOutOfLogs(token);
answerOnlyTheWelcome();
endWithParent();

/** Whatever asks of whichever server here passes this: requests, upgrades, and what else has a head. */
function answerOnlyTheWelcome(): void {
  const { emit } = Server.prototype;
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
    const [request, answerTo] = args;
    if (!(request instanceof IncomingMessage)) return Reflect.apply(emit, this, [event, ...args]);
    if (!isWelcome(request, token)) {
      refuse(answerTo);
      return true;
    }
    // The workbench asks for the key that it encrypts secrets with; unanswered, they would be lost with every reload.
    if (request.method === 'POST' && request.url === '/mint-key' && answerTo instanceof ServerResponse) {
      answerTo.end(key);
      return true;
    }
    return Reflect.apply(emit, this, [event, ...args]);
  };
}

function refuse(answerTo: unknown): void {
  if (answerTo instanceof ServerResponse) answerTo.writeHead(403, { 'content-type': 'text/plain' }).end('Forbidden.');
  else if (answerTo instanceof Socket) answerTo.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
}

/** The server prints its whole address when it starts. */
function keepOutOfLogs(secret: string): void {
  const { log } = console;
  console.log = (...args: unknown[]) =>
    log(...args.map(arg => (typeof arg === 'string' ? arg.replaceAll(secret, '…') : arg)));
}

/** A parent that was killed could not stop the server, which leads a process group. */
function endWithParent(): void {
  const parent = process.ppid;
  const group = process.platform === 'win32' ? process.pid : -process.pid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(group, 'SIGKILL');
  }, 1000).unref();
}
