// The table of bad input: what each question says of what is given in the wrong place or form, and what is said where
// only the service can know. UPDATE_MATRIX=1 writes bad-input.md; otherwise it must be what is committed.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Credentials } from '../../../src/management/auth/credentials';
import { tenantOf } from '../../../src/management/tenant';
import type { Complaint } from '../../../src/shell/quickSteps';
import { openAccessThrough } from '../../../src/tenants/openAccess';
import { domainQuestion } from '../../../src/tenants/signIn/domainQuestion';
import { METHODS } from '../../../src/tenants/signIn/methods';
import type { Question } from '../../../src/tenants/signIn/question';
import { whyRefused } from '../../../src/tenants/signIn/verify';
import { answerJson } from '../../support/http';
import { pkcs8, rsaPair } from '../../support/keys';
import { openTransport, tenantAt, tenantDomain } from '../../support/management';
import { markdownTable } from '../../support/markdown';
import { projectRoot } from '../../workbench/paths';
import { ROWS } from './badRows';

const FILE = path.join(projectRoot, 'test', 'unit', 'tenants', 'bad-input.md');

const HEAD = `# Bad input

What _Add Tenant…_ says of what is given in the wrong place or form, in its order of questions. Written by
\`test/unit/tenants/badInput.test.ts\` from what it observes (\`UPDATE_MATRIX=1\` renews it); the test fails where a sentence is
not what stands here. Nothing is sent for it; only what no rule can know is left to the service, at the end.

_Offered_ is what was probably meant: it is put into the box, and Enter takes it.
`;

const TITLES: Readonly<Record<string, string>> = {
  domain: 'The domain',
  token: 'The token',
  clientId: 'The client ID',
  audience: 'The tenant’s own domain, behind the custom domain login.acme.com',
  clientSecret: 'The client secret',
  algorithm: 'The algorithm',
  privateKey: 'The private key',
};

const questions = new Map<string, Question>(
  [domainQuestion, ...Object.values(METHODS).flatMap(method => method.questions)].map(question => [
    question.name,
    question,
  ]),
);

const sections: string[] = [];

for (const [name, rows] of Object.entries(ROWS)) {
  test(`${TITLES[name]}: each is told apart, and nothing of it is repeated that may be secret`, () => {
    const question = questions.get(name);
    assert(question);
    const cells = rows.map(({ given, input, of = 'acme.eu.auth0.com' }) => {
      const complaint = question.check(input, name === 'domain' ? undefined : tenantOf(tenantDomain(of)));
      assert(complaint !== undefined, `${given} is taken for an answer`);
      const { says, offers } = inParts(complaint);
      for (const word of input.match(/[\w+/=-]{24,}/g) ?? []) assert(!says.includes(word), `${given}: ${says}`);
      if (offers !== undefined) assert.equal(question.check(offers, undefined), undefined, `${given}: ${offers}`);
      return [given, says, offers ?? '—'];
    });
    sections.push(`## ${TITLES[name]}\n\n${markdownTable([['given', 'said', 'offered'], ...cells])}`);
  });
}

function inParts(complaint: Complaint) {
  const { says, offers } = typeof complaint === 'string' ? { says: complaint, offers: undefined } : complaint;
  // A date depends on the time zone.
  return { says: says.replace(/\d+\/\d+\/\d+, [\d:]+.[AP]M/, '…'), offers };
}

const CLIENT_ID = 'kxrODb3qdrkyHMvq3fBOVxneID7OX5QW';
const KEY = {
  kind: 'key',
  clientId: CLIENT_ID,
  privateKey: pkcs8(rsaPair().privateKey),
  algorithm: 'RS256',
} as const;
const SECRET = { kind: 'client', clientId: CLIENT_ID, clientSecret: 'hunter2' } as const;
const audience = 'https://acme.eu.auth0.com/api/v2/';
const denied = (description: string) => ({ error: 'access_denied', error_description: description });
const NOT_ENABLED = denied(`Service not enabled within domain: ${audience}`);
const NO_GRANT = denied(`Client is not authorized to access "${audience}".`);
const NOT_CLIENT = { error: 'invalid_client', error_description: 'Failed client authentication' };
const NOT_ALLOWED = {
  error: 'unauthorized_client',
  error_description: "Grant type 'client_credentials' not allowed for the client.",
};

/** What the service answers to the request for a token, or else to the one for users. */
const REFUSED: readonly (readonly [given: string, Credentials, status: number, body: object, domain?: string])[] = [
  ['a secret of another application', SECRET, 401, denied('Unauthorized')],
  ['a client ID for the secret', { ...SECRET, clientSecret: CLIENT_ID }, 401, denied('Unauthorized')],
  ['a key that is not registered, or another client ID', KEY, 401, NOT_CLIENT],
  ['an application that may not use the grant', KEY, 403, NOT_ALLOWED],
  ['an application without the Management API', SECRET, 403, NO_GRANT],
  ['the same with a key', KEY, 403, NO_GRANT],
  ['the own domain of another tenant', { ...SECRET, audience }, 403, NOT_ENABLED, 'login.acme.com'],
  ['the same with a key', { ...KEY, audience }, 403, NOT_ENABLED, 'login.acme.com'],
  [
    'an application of a custom domain without the Management API',
    { ...KEY, audience },
    403,
    NO_GRANT,
    'login.acme.com',
  ],
];

test('what only the service can know: each refusal is a sentence of its own, without a secret', async t => {
  const cells: string[][] = [];
  for (const [given, credentials, status, body, domain] of REFUSED) {
    const said = await refusal(t, credentials, status, body, domain);
    assert(!said.includes('hunter2') && !said.includes('PRIVATE'), said);
    cells.push([given, `${status} \`${'error' in body ? body.error : ''}\``, said]);
  }
  sections.push(`## At the service\n\n${markdownTable([['given', 'POST /oauth/token', 'said'], ...cells])}`);
});

async function refusal(t: TestContext, credentials: Credentials, status: number, body: object, domain?: string) {
  const { server, transport } = await openTransport(t, (_request, response) => answerJson(response, status, body));
  const tenant = tenantAt(server.origin, domain);
  const said = await whyRefused(openAccessThrough(transport), tenant, credentials, new AbortController().signal);
  assert.equal(server.requests.length, 1);
  assert(said !== undefined);
  return said;
}

test('the table in bad-input.md is what was observed', () => {
  const table = [HEAD, ...sections].join('\n');
  if (process.env.UPDATE_MATRIX === '1') writeFileSync(FILE, table);
  assert.equal(readFileSync(FILE, 'utf8'), table, 'run this test with UPDATE_MATRIX=1 and look at what has changed');
});
