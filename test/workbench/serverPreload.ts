// Loaded into a VS Code server before it starts (`node --require`): what it lacks without code-server's own front.
import { randomBytes } from 'node:crypto';
import { IncomingMessage, Server, ServerResponse } from 'node:http';

// Forks inherit the flags of their parent, and the extension host is to be as every extension host.
process.execArgv.splice(process.execArgv.indexOf('--require'), 2);

answerWithKey(randomBytes(32));
endWithParent();

/** The workbench asks for the key that it encrypts secrets with; unanswered, they would be lost with every reload. */
function answerWithKey(key: Buffer): void {
  const { emit } = Server.prototype;
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
    const [request, response] = args;
    const isForKey = request instanceof IncomingMessage && request.method === 'POST' && request.url === '/mint-key';
    if (event !== 'request' || !isForKey || !(response instanceof ServerResponse)) {
      return Reflect.apply(emit, this, [event, ...args]);
    }
    response.end(key);
    return true;
  };
}

/** A parent that was killed could not stop the server, which leads a process group. */
function endWithParent(): void {
  const parent = process.ppid;
  const group = process.platform === 'win32' ? process.pid : -process.pid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(group, 'SIGKILL');
  }, 1000).unref();
}
