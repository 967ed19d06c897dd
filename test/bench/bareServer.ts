// The floor: a server that reads a request to its end and answers what it was given.
import { createServer } from 'node:http';

export interface BareServer {
  readonly port: number;
  close(): void;
}

export async function startBare(answer: Response): Promise<BareServer> {
  const body = await answer.text();
  // These the server adds by itself, to both.
  const own = new Set(['connection', 'date', 'keep-alive']);
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !own.has(name)));
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(answer.status, headers);
      response.end(body);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
