// Reads bodies from the socket, and sends answers: complete, half, or not at all.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../answers';
import type { Fault } from './faults';

/** `tooLarge`: the allowed number of bytes. `unread`: the answer that was decided without the body. */
export type Body = { readonly text: string } | { readonly tooLarge: number } | { readonly unread: Answer };

/** A client that sends more bytes than this in vain is disconnected. */
const DISCARDED_BYTES = 16 * 1024 * 1024;

/**
 * Discards a larger body while it arrives, so that a client that is still sending gets the 413.
 * Uses events, because an async iterator over the request costs more than the rest of a PATCH.
 * @throws Error if the client goes away before the body is complete.
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

/** Discards the body of a request that is answered without it. */
export function discardBody(request: IncomingMessage): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DISCARDED_BYTES) request.socket.destroy();
  });
}

export function send(response: ServerResponse, answer: Answer, headers: Readonly<Record<string, string>>): void {
  // A string, because head and body are then sent in one write; with a Buffer it would be two.
  writeHead(response, answer, headers, answer.bytes ?? Buffer.byteLength(answer.body));
  response.end(answer.body);
}

/** Sends RST, which a client sees as `ECONNRESET`. */
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
    else fault.stalled?.();
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
