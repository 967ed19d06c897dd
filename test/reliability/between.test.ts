// Signing in where somebody on the way answers in Auth0's place: nothing is blamed on credentials, scopes or the tenant.
import '../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createUndiciTransport } from '../../src/management/http/undiciTransport';
import { describeError } from '../../src/shell/errors';
import { noteUnexpectedIn } from '../../src/shell/unexpected';
import { openAccessThrough } from '../../src/tenants/openAccess';
import { whyRefused } from '../../src/tenants/signIn/verify';
import { answerJson, type Handler, startServer } from '../support/http';
import { tenantAt } from '../support/management';

const html =
  (status: number): Handler =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Blocked by policy: read:users</html>');

const ANSWERS: readonly (readonly [string, Handler])[] = [
  ...[401, 403, 404, 407, 409, 413, 500, 502, 503, 511].map(status => [`${status} in HTML`, html(status)] as const),
  ['302 to a portal', (_request, r) => r.writeHead(302, { location: 'https://portal.example/' }).end()],
  ['403 in JSON', (_request, r) => answerJson(r, 403, { message: 'Insufficient scope, expected any of: read:users' })],
  ['401 in JSON', (_request, r) => answerJson(r, 401, { error: 'unauthorized' })],
];
const CREDENTIALS = [
  { kind: 'token', token: 'pasted' },
  { kind: 'client', clientId: 'id', clientSecret: 'secret' },
] as const;

for (const [name, handler] of ANSWERS) {
  for (const credentials of CREDENTIALS) {
    test(`${name}, signing in with a ${credentials.kind}`, async t => {
      const server = await startServer(handler);
      const transport = createUndiciTransport();
      t.after(() => Promise.all([server.close(), transport.close()]));
      t.mock.timers.enable({ apis: ['setTimeout'] });
      // A pause begins right after it was announced.
      const onWait = (delayMs: number) => queueMicrotask(() => t.mock.timers.tick(delayMs));
      const openAccess = openAccessThrough(transport, () => ({ onWait }));
      const refusal = await whyRefused(openAccess, tenantAt(server.origin), credentials, new AbortController().signal);
      assert(refusal !== undefined);
      assert.match(refusal, /^Something between VS Code and acme\.eu\.auth0\.com|it is not Auth0 that says so/);
      assert.doesNotMatch(refusal, /token|scope|secret|credential|application|audience|There is no Auth0 tenant/i);
    });
  }
}

test('an error that nobody expected is in the log that its sentence speaks of', () => {
  const lines: string[] = [];
  noteUnexpectedIn({ error: line => lines.push(String(line)) });
  const { message } = describeError(new TypeError('hunter2'));
  assert.match(message, /The log says more\.$/);
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^unexpected: TypeError\n {4}at /);
  assert.doesNotMatch(lines[0] ?? '', /hunter2/);
});
