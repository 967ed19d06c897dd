// The bundle that the extension loads for its first request, in a process of its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { answerJson, startServer } from '../../support/http';
import { projectRoot } from '../../workbench/paths';

const run = promisify(execFile);
const BUNDLE = path.join(projectRoot, 'dist/undici.js');

before(async () => {
  if (!existsSync(BUNDLE)) await run(process.execPath, ['esbuild.js', '--quiet', 'undici'], { cwd: projectRoot });
});

async function inChild(code: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['-e', code, BUNDLE, ...args]);
  return JSON.parse(stdout);
}

test('loading it leaves the dispatcher of the process as it was', async () => {
  const code = `
    const slots = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2', 'undici.globalOrigin.1'].map(name => Symbol.for(name));
    const state = () => slots.map(slot => slot in globalThis);
    const before = state();
    require(process.argv[1]).createUndiciTransport();
    console.log(JSON.stringify({ before, after: state() }));`;
  assert.deepEqual(await inChild(code), { before: [false, false, false], after: [false, false, false] });
});

test('it leaves a dispatcher alone that somebody else has set, and adds nothing to globalThis', async () => {
  const code = `
    const slots = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map(name => Symbol.for(name));
    const theirs = { dispatch() {} };
    for (const slot of slots) globalThis[slot] = theirs;
    const keys = Reflect.ownKeys(globalThis).length;
    const fetch = globalThis.fetch;
    require(process.argv[1]).createUndiciTransport();
    console.log(JSON.stringify([
      slots.every(slot => globalThis[slot] === theirs),
      globalThis.fetch === fetch,
      Reflect.ownKeys(globalThis).length - keys,
    ]));`;
  assert.deepEqual(await inChild(code), [true, true, 0]);
});

test('it makes requests', async () => {
  await using server = await startServer((_request, response) => answerJson(response, 200, { a: 1 }));
  const code = `
    const transport = require(process.argv[1]).createUndiciTransport();
    transport.request({ method: 'GET', url: process.argv[2], headers: {} })
      .then(({ status, text }) => { console.log(JSON.stringify({ status, text })); return transport.close(); });`;
  assert.deepEqual(await inChild(code, `${server.origin}/x`), { status: 200, text: '{"a":1}' });
});
