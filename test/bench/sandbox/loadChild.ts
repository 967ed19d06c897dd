// Asks two servers in turn as fast as a few connections can, and says how many requests a second each answered. Raw
// sockets: a client that did more would be what is measured.
import { connect } from 'node:net';
import { runChild } from '../process/child';

const CONNECTIONS = 8;
/** A round is shorter than most things that disturb one: so they fall on both. */
const EACH = 50;

runChild(async ({ port = '', barePort = '', request = '', rounds = '0' }) => {
  const samples = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < Number(rounds); round++) {
    samples.ours.push(await perSecond(Number(port), request));
    samples.bare.push(await perSecond(Number(barePort), request));
  }
  return samples;
});

async function perSecond(port: number, request: string): Promise<number> {
  const start = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, () => ask(port, request, EACH)));
  return ((CONNECTIONS * EACH) / (performance.now() - start)) * 1000;
}

/** Sends `request` so often, one after the other, on a connection of its own. */
function ask(port: number, request: string, times: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let left = times;
    let missing: number | undefined;
    let head = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      if (missing === undefined) {
        head += chunk;
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!/^HTTP\/1\.1 2/.test(head)) return reject(new Error(head.slice(0, 200)));
        const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
        missing = Number(length) - (head.length - end - 4);
      } else missing -= chunk.length;
      if (missing > 0) return;
      head = '';
      missing = undefined;
      if (--left > 0) socket.write(request);
      else socket.end(resolve);
    });
    socket.on('error', reject);
    socket.write(request);
  });
}
