// Loaded into the VS Code server before it starts (`node --require`): answers the request for the key that the workbench
// encrypts its secrets with, as code-server's own front does. Unanswered, secrets would be lost with every reload.
import { randomBytes } from 'node:crypto';
import { IncomingMessage, Server, ServerResponse } from 'node:http';

/** 256 bits, for as long as the server lives. */
const key = randomBytes(32);
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
