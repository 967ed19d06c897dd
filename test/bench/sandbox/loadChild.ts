// Asks two servers of the parent's in turn as fast as a few connections can, and says how many requests each answered in a
// second, and in a second of the parent's CPU, in which its neighbours do not count. Raw sockets: a client that did more would
// be what is measured.
import { connect } from 'node:net';
import { ask, runChild } from '../process/child';

const CONNECTIONS = 8;
/** A round is shorter than most things that disturb one: so they fall on both. */
const EACH = 50;

runChild(async ({ port = '', barePort = '', request = '', rounds = '0' }) => {
  const ours = { perSecond: [] as number[], perCpuSecond: [] as number[] };
  const bare = { perSecond: [] as number[], perCpuSecond: [] as number[] };
  for (let round = 0; round < Number(rounds); round++) {
    await load(Number(port), request, ours);
    await load(Number(barePort), request, bare);
  }
  return {
    ours: ours.perSecond,
    bare: bare.perSecond,
    oursCpu: ours.perCpuSecond,
    bareCpu: bare.perCpuSecond,
  };
});

async function load(
  port: number,
  request: string,
  { perSecond, perCpuSecond }: { readonly perSecond: number[]; readonly perCpuSecond: number[] },
): Promise<void> {
  const [startMs, startCpuUs] = [performance.now(), await ask('CPU in µs')];
  await Promise.all(Array.from({ length: CONNECTIONS }, () => exchange(port, request, EACH)));
  const [ms, cpuUs] = [performance.now() - startMs, (await ask('CPU in µs')) - startCpuUs];
  perSecond.push((CONNECTIONS * EACH * 1e3) / ms);
  perCpuSecond.push((CONNECTIONS * EACH * 1e6) / cpuUs);
}

/** Sends `request` so often, one after the other, on a connection of its own. */
function exchange(port: number, request: string, times: number): Promise<void> {
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
