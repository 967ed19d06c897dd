// Copied commands, read by the shell itself where there is one, and by a model of it everywhere.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { jsonEqual } from '../../../src/json/equal';
import { parseJson } from '../../../src/json/parse';
import { userPath } from '../../../src/management/resources/users';
import { SHELLS, type Shell, toCurl } from '../../../src/text/curl';
import { cases } from '../../support/cases';
import { userId } from '../../support/management';
import { readByCmd, readByPowerShell, toArguments } from '../../support/shellModels';

/** What an end user may put into a value, a key or an id. */
const HOSTILE = [
  'plain',
  '',
  ' ',
  "it's",
  '"',
  '""',
  '\\',
  '\\\\',
  'ends in \\',
  '\\"',
  "'\\''",
  "'; touch HACKED; '",
  '$(touch HACKED)',
  '`touch HACKED`',
  '$\x7bHOME}',
  '$HOME',
  '!!',
  '!PATH!',
  'a\nb',
  'a\r\ntouch HACKED\r\n',
  '\t',
  '\0',
  '" & touch HACKED & "',
  '& touch HACKED',
  '| touch HACKED',
  '> HACKED',
  '< HACKED',
  '(touch HACKED)',
  '^',
  '^"',
  '^& x',
  '%PATH%',
  '%CD%',
  // In a URL: %CD%85.
  '\u0345',
  '%CD:~0,1%',
  '"%PATH%"',
  '%',
  '%%',
  '^%PATH^%',
  '@HACKED',
  '-K HACKED',
  '--output HACKED',
  '#',
  '~',
  '*',
  '?',
  '{a,b}',
  '[a]',
  '$\x7benv:PATH}',
  '$env:PATH',
  '‘’‚‛',
  '’; touch HACKED; ’',
  '“”',
  '`n',
  '`"',
  "''",
  'é',
  '日本語',
  '😀',
  '\u202E',
  '\u2028',
];
const VARIABLES = { PATH: 'EXPANDED', CD: 'EXPANDED', HOME: 'EXPANDED', AUTH0_TOKEN: 'token' };
/** Numbers whose text must stay, beside what strings hold. */
const EXACT = '"n":[12345678901234567890,1.0,1e3,-0,true,null]';
const bodyOf = (text: string) =>
  `{"user_metadata":{${JSON.stringify(text || 'empty')}:${JSON.stringify(text)},"deep":[{"k":${JSON.stringify(text)}}],${EXACT}}}`;
const urlOf = (id: string) => `https://acme.eu.auth0.com${userPath(userId(id || 'x'))}`;
const requestOf = (text: string) => ({ method: 'PATCH', url: urlOf(`auth0|${text}`), body: bodyOf(text) });
type Request = ReturnType<typeof requestOf>;

function copied(request: Request, shell: Shell): string {
  const command = toCurl(request, shell);
  assert(command !== undefined);
  return command;
}

/** That the program gets this request and nothing else, whichever way its body takes. */
function assertSends({ method, url, body }: Request, given: readonly string[], sent: string): void {
  const [verb, as, address, ...rest] = given;
  assert.deepEqual([verb, as, decodeURIComponent(address ?? '')], ['--request', method, decodeURIComponent(url)]);
  const headers = ['--header', 'Authorization: Bearer token', '--header', 'Content-Type: application/json'];
  assert.deepEqual(rest.slice(0, 4), headers);
  assert.equal(rest.length, 6);
  const [was, is] = [parseJson(body), parseJson(sent)];
  assert.deepEqual(is.problems, []);
  assert(jsonEqual(was.value, is.value), `${sent} is not ${body}`);
  assert(sent.includes(EXACT), 'numbers keep their text');
}

const readers: Record<Exclude<Shell, 'posix'>, (request: Request) => void> = {
  cmd: request => {
    const { commands, operators } = readByCmd(copied(request, 'cmd'), VARIABLES);
    assert.deepEqual([commands.length, operators], [1, []]);
    for (const doubled of ['goesOn', 'ends'] as const) {
      const [program, ...given] = toArguments(commands[0] ?? '', doubled);
      assert.equal(program, 'curl.exe');
      assert.equal(given.at(-2), '--data-raw');
      assertSends(request, given, given.at(-1) ?? '');
    }
    assert.doesNotMatch(copied(request, 'cmd'), /!/, 'variables in ! need a prompt that is set to it');
  },
  powershell: request => {
    const {
      input,
      arguments: [program, ...given],
    } = readByPowerShell(copied(request, 'powershell'), VARIABLES);
    assert.equal(program, 'curl.exe');
    assert.deepEqual(given.slice(-2), ['--data-binary', '@-']);
    assertSends(request, given, input);
  },
};

for (const shell of ['cmd', 'powershell'] as const) {
  test(`${shell}, by its model: whatever a value holds is text`, () => {
    for (const text of HOSTILE) readers[shell](requestOf(text));
  });
  test(`${shell}, by its model: any text`, () => {
    const text = fc.oneof(
      // The body has these keys already.
      fc.string({ unit: 'binary' }).filter(each => each.isWellFormed() && !['n', 'deep'].includes(each)),
      fc.array(fc.constantFrom(...HOSTILE)).map(each => each.join('')),
    );
    fc.assert(
      fc.property(text, each => readers[shell](requestOf(each))),
      cases('property'),
    );
  });
  test(`${shell}: what is copied is plain ASCII`, () => {
    for (const text of HOSTILE) assert.match(copied(requestOf(text), shell), /^[\n\x20-\x7e]*$/);
  });
}

test('the model of cmd sees what is wrong with a POSIX command', () => {
  const run = (text: string) => readByCmd(copied(requestOf(text), 'posix'), VARIABLES);
  assert(run('" & touch HACKED & "').operators.length > 0);
  assert(run('%CD%').commands.some(command => command.includes('EXPANDED')));
});

test('cmd refuses what is longer than its lines; the other shells take it', () => {
  const request = requestOf('x'.repeat(10_000));
  assert.deepEqual(
    SHELLS.map(shell => toCurl(request, shell) !== undefined),
    [true, true, false],
  );
});

// The real ones: a `curl` of ours writes down what it is given.
const folder = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-curl-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const program = path.join(folder, 'curl');
writeFileSync(program, `#!/bin/sh\nprintf '%s\\0' "$@" > given\ncat > input\n`);
chmodSync(program, 0o700);

/** Runs the command in an empty folder, in which nothing but what `curl` wrote may be afterwards. */
function runIn(shell: string, options: readonly string[], command: string) {
  const cwd = mkdtempSync(path.join(folder, 'run-'));
  const env = { ...VARIABLES, PATH: `${folder}:/usr/bin:/bin`, LC_ALL: 'C.UTF-8' };
  const { status, stderr, error } = spawnSync(shell, [...options, command], { cwd, env, input: '' });
  assert.deepEqual([error, status, String(stderr)], [undefined, 0, '']);
  assert.deepEqual(readdirSync(cwd), ['given', 'input']);
  const given = readFileSync(path.join(cwd, 'given'), 'utf8').split('\0').slice(0, -1);
  return { given, input: readFileSync(path.join(cwd, 'input'), 'utf8') };
}

function isThere(shell: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some(each => existsSync(path.join(each, shell)));
}

const missing = (shell: string) => (isThere(shell) ? false : `there is no ${shell} on this machine`);

for (const shell of ['sh', 'bash', 'dash', 'zsh']) {
  test(`${shell} runs curl with the request, byte for byte, and nothing else`, { skip: missing(shell) }, () => {
    for (const text of HOSTILE) {
      const request = requestOf(text);
      const { given } = runIn(shell, ['-c'], copied(request, 'posix'));
      assertSends(request, given, given.at(-1) ?? '');
      assert.deepEqual([given[2], given.at(-1)], [request.url, request.body]);
    }
  });
}

test('bash at its prompt, with its history expanded', { skip: missing('bash') }, () => {
  for (const text of ['!!', '!touch', "'!!'", '\\!']) {
    const request = requestOf(text);
    const { given } = runIn(
      'bash',
      ['--norc', '-c', 'set -o history -H; history -s touch HACKED; eval "$1"', 'bash'],
      copied(request, 'posix'),
    );
    assert.equal(given.at(-1), request.body);
  }
});

test('pwsh runs curl with the request and nothing else', { skip: missing('pwsh') }, () => {
  for (const text of HOSTILE) {
    const request = requestOf(text);
    const { given, input } = runIn(
      'pwsh',
      ['-NoProfile', '-Command'],
      copied(request, 'powershell').replace('curl.exe', program),
    );
    assertSends(request, given, input);
  }
});

test('cmd runs curl with the request and nothing else', { skip: missing('cmd.exe') }, () => {
  const report = path.join(folder, 'report.js');
  writeFileSync(report, 'process.stdout.write(JSON.stringify(process.argv.slice(2)))');
  for (const text of HOSTILE) {
    const request = requestOf(text);
    const command = copied(request, 'cmd').replace('curl.exe', `"${process.execPath}" "${report}"`);
    const { stdout } = spawnSync('cmd.exe', ['/Q', '/K', '@prompt $S'], {
      input: `${command}\nexit\n`,
      env: { ...process.env, AUTH0_TOKEN: 'token' },
    });
    const given: unknown = JSON.parse(/\[".*"\]/.exec(String(stdout))?.[0] ?? '');
    assert(Array.isArray(given));
    assertSends(request, given, String(given.at(-1)));
  }
});
