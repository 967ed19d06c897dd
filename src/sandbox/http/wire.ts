// An answer on its way to the socket, and the ways in which it may not arrive.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../answers';
import type { Fault } from './faults';

/** `tooLarge`: so many bytes are allowed. `unread`: what was decided without it. */
export type Body = { readonly text: string } | { readonly tooLarge: number } | { readonly unread: Answer };

/** Beyond this much, a client that goes on sending what nobody wants is cut off instead of heard out. */
const DISCARDED_BYTES = 16 * 1024 * 1024;

/**
 * Larger ones are thrown away as they come: a client that is still sending hears the 413.
 * By events: an async iterator over the request costs more than the rest of a PATCH.
 * @throws Error when the client goes away before the body is complete.
 */
export function readBody(request: IncomingMessage, maximumBytes: number): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maximumBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > maximumBytes + DISCARDED_BYTES) request.socket.destroy();
    });
    request.once('end', () =>
      resolve(bytes > maximumBytes ? { tooLarge: maximumBytes } : { text: Buffer.concat(chunks).toString('utf8') }),
    );
    request.once('error', reject);
  });
}

/** For a request that is answered without its body: what still comes of it is thrown away. */
export function discardBody(request: IncomingMessage): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DISCARDED_BYTES) request.socket.destroy();
  });
}

export function send(response: ServerResponse, answer: Answer, headers: Readonly<Record<string, string>>): void {
  // As text, head and body leave in one write; a Buffer would make two of it.
  writeHead(response, answer, headers, answer.bytes ?? Buffer.byteLength(answer.body));
  response.end(answer.body);
}

/** RST: what a client sees as `ECONNRESET`. */
export function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

/** Half an answer, then silence or the end of the connection. */
export function sendHalf(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>>,
  fault: Extract<Fault, { kind: 'stallBody' | 'truncateJson' }>,
): void {
  const body = Buffer.from(answer.body);
  const half = body.subarray(0, Math.floor(body.length / 2));
  if (fault.kind === 'truncateJson' && fault.framing === 'complete') {
    writeHead(response, answer, headers, half.length);
    response.end(half);
    return;
  }
  writeHead(response, answer, headers, body.length);
  response.write(half, () => {
    if (fault.kind === 'truncateJson') response.socket?.destroy();
  });
}

function writeHead(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>>,
  length: number,
): void {
  const hasBody = answer.status !== 204;
  response.writeHead(answer.status, {
    ...(hasBody ? { 'content-type': 'application/json; charset=utf-8', 'content-length': length } : {}),
    ...headers,
    ...answer.headers,
  });
}
