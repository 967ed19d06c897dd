// npm run sandbox: its flags, its one line, its end.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { buildSync } from 'esbuild';
import { type CliArguments, parseArguments } from '../../../src/sandbox/cliArguments';
import { projectRoot } from '../../workbench/paths';

suite('flags', () => {
  const good: readonly [line: string, options: CliArguments][] = [
    ['', {}],
    ['--port 0', { port: 0 }],
    ['--port=8080 --control', { port: 8080, control: true }],
    ['--users a.json', { usersFile: 'a.json' }],
    ['--count 100000 --rate-limit 2', { count: 100_000, rateLimit: 2 }],
    ['--empty --delay 50 --search-lag 1000', { empty: true, delayMs: 50, searchLagMs: 1000 }],
    ['--plan free --refill window --retry-after', { plan: 'free', refill: 'window', retryAfter: true }],
    ['--tenants 3 --count 5', { tenants: 3, count: 5 }],
    ['--domain a.localhost', { domain: 'a.localhost' }],
  ];
  for (const [line, options] of good) {
    test(line || 'none', () => assert.deepEqual(parseArguments(line === '' ? [] : line.split(' ')), options));
  }

  const bad: readonly [line: string, message: string][] = [
    ['--verbose', "Unknown option '--verbose'."],
    ['8080', "Unexpected argument '8080'."],
    ['--port', "Option '--port <value>' argument missing."],
    ['--port --empty', "Option '--port' argument is ambiguous."],
    ['--port=', '--port wants a value.'],
    ['--users=', '--users wants a value.'],
    ['--port 70000', '--port wants a whole number from 0 to 65535, not 70000.'],
    ['--delay 1.5', '--delay wants a whole number from 0 to 600000, not 1.5.'],
    ['--rate-limit 0', '--rate-limit wants a whole number from 1 to 1000000, not 0.'],
    ['--plan pro', '--plan wants one of free, essentials, enterprise, nonproduction, not pro.'],
    ['--refill slow', '--refill wants one of steady, window, not slow.'],
    ['--plan free --rate-limit 2', 'Only one of --plan and --rate-limit can be given.'],
    ['--tenants 4', '--tenants wants a whole number from 1 to 3, not 4.'],
    ['--tenants 2 --domain a.localhost', 'Only one of --domain and --tenants can be given.'],
    ['--domain a/b', '--domain wants a host name, not a/b.'],
    ['--control=yes', "Option '--control' does not take an argument."],
    ['--empty --count 3', 'Only one of --users, --count and --empty can be given.'],
  ];
  for (const [line, message] of bad)
    test(line, () => assert.throws(() => parseArguments(line.split(' ')), { message }));
});

const FIELDS = ['url', 'domain', 'friendlyName', 'token', 'clientId', 'clientSecret', 'keyId', 'privateKey'];

suite('process', () => {
  /** The command as `npm run sandbox` builds and runs it, in a folder that goes with the test. */
  function start(
    t: TestContext,
    args: readonly string[],
  ): { folder: string; child: ChildProcess; output: () => [string, string] } {
    const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-cli-'));
    const outfile = path.join(folder, 'cli.js');
    buildSync({
      entryPoints: [path.join(projectRoot, 'src/sandbox/cli.ts')],
      bundle: true,
      platform: 'node',
      outfile,
      logLevel: 'error',
    });
    writeFileSync(path.join(folder, 'object.json'), '{}');
    writeFileSync(path.join(folder, 'users.json'), '[{"user_id":"auth0|from-file"}]');
    const child = spawn(process.execPath, [outfile, ...args], { cwd: folder });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    t.after(() => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    });
    return { folder, child, output: () => [stdout, stderr] };
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`prints one line of JSON, serves, ends on ${signal}`, async t => {
      const { child, output } = start(t, ['--users', 'users.json', '--domain', 'cli.localhost']);
      assert.ok(child.stdout);
      await once(child.stdout, 'data');
      const line: unknown = JSON.parse(output()[0]);
      assert.ok(typeof line === 'object' && line !== null && 'url' in line && 'token' in line && 'domain' in line);
      assert.deepEqual(Object.keys(line), FIELDS);
      assert.equal(line.domain, 'cli.localhost');
      const reply = await fetch(`${line.url}/api/v2/users/auth0%7Cfrom-file`, {
        headers: { authorization: `Bearer ${line.token}` },
      });
      assert.equal(reply.status, 200);
      await reply.text();
      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [0, null]);
      assert.deepEqual([output()[0].split('\n').length, output()[1]], [2, '']);
    });
  }

  test('--tenants prints each, the first also in the place of the only one', async t => {
    const { child, output } = start(t, ['--tenants', '2', '--users', 'users.json', '--plan', 'free']);
    assert.ok(child.stdout);
    await once(child.stdout, 'data');
    const line: unknown = JSON.parse(output()[0]);
    assert.ok(typeof line === 'object' && line !== null && 'tenants' in line && Array.isArray(line.tenants));
    const { tenants, ...first } = line;
    assert.equal(tenants.length, 2);
    assert.deepEqual(tenants[0], first);
    for (const tenant of tenants) {
      const { url, token, domain } = tenant;
      assert.deepEqual(Object.keys(tenant), FIELDS);
      const reply = await fetch(`${url}/api/v2/tenants/settings`, { headers: { authorization: `Bearer ${token}` } });
      assert.deepEqual([reply.status, reply.headers.get('x-ratelimit-limit')], [200, '2'], domain);
      await reply.text();
    }
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  const wrong: readonly [args: readonly string[], sentence: RegExp][] = [
    [['--nonsense'], /^Unknown option '--nonsense'\.\n$/],
    [['--users', 'missing.json'], /^missing\.json cannot be read as JSON\.\n$/],
    [['--users', 'object.json'], /^object\.json does not hold an array of users\.\n$/],
  ];
  for (const [args, sentence] of wrong) {
    test(`${args.join(' ')}: one sentence and exit code 2`, async t => {
      const { child, output } = start(t, args);
      assert.deepEqual(await once(child, 'close'), [2, null]);
      assert.equal(output()[0], '');
      assert.match(output()[1], sentence);
    });
  }
});
