// Which token ends first, what the status bar says of it, and when it looks at it again.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTenantDomain, type TenantDomain } from '../../../src/management/tenant';
import { type ConnectedTenants, type End, endInWords, firstEnd, nextLookMs } from '../../../src/tenants/tokenEnd';

const MINUTE_MS = 60_000;

function domain(name: string) {
  const parsed = parseTenantDomain(`${name}.auth0.com`);
  assert(parsed);
  return parsed;
}

function tenant(name: string) {
  return { domain: domain(name), name, environment: 'production' } as const;
}

/** Name, way of signing in, and end of the known token; undefined: not used in this window, or without an end. */
type Row = readonly [name: string, kind: string, endsAtMs: number | 'refused' | undefined];

function first(rows: readonly Row[]): string | undefined {
  const tenants: ConnectedTenants = { all: () => rows.map(([name, kind]) => ({ ...tenant(name), kind })) };
  const ends = new Map(rows.map(([name, , end]) => [domain(name), end]));
  const knownClaims = (of: TenantDomain) => {
    const end = ends.get(of);
    return { scopes: undefined, expiresAtMs: end === 'refused' ? undefined : end };
  };
  return firstEnd(tenants, { knownClaims, isTokenRefused: of => ends.get(of) === 'refused' })?.domain;
}

for (const [rule, rows, shown] of [
  ['no tenant', [], undefined],
  ['a token without a known end', [['a', 'token', undefined]], undefined],
  [
    'the one that ends first',
    [
      ['a', 'token', 3],
      ['b', 'token', 2],
      ['c', 'token', 4],
    ],
    'b.auth0.com',
  ],
  [
    'client credentials are renewed, and so is the sample tenant',
    [
      ['a', 'client', 1],
      ['b', 'sample', 1],
    ],
    undefined,
  ],
  [
    'a pasted token beside renewed ones',
    [
      ['a', 'client', 1],
      ['b', 'token', 9],
    ],
    'b.auth0.com',
  ],
  [
    'one that is refused, whatever its end',
    [
      ['a', 'token', 1],
      ['b', 'token', 'refused'],
    ],
    'b.auth0.com',
  ],
  [
    'application credentials that are refused have no end',
    [
      ['a', 'client', 'refused'],
      ['b', 'token', 9],
    ],
    'b.auth0.com',
  ],
] as const satisfies readonly (readonly [string, readonly Row[], string | undefined])[]) {
  test(`the end that is shown: ${rule}`, () => assert.equal(first(rows), shown));
}

for (const [rule, leftMs, delayMs] of [
  ['exactly ten minutes: at once', 10 * MINUTE_MS, 1],
  ['when the number of minutes changes', 9 * MINUTE_MS + 20_000, 20_001],
  ['at the end', 500, 501],
  ['a clock may be set back after the end', -1, MINUTE_MS],
  ['an end beyond what a timer can wait', 2 ** 40, (2 ** 40 % MINUTE_MS) + 1],
] as const) {
  test(`the next look: ${rule}`, () => assert.equal(nextLookMs(1_000_000 + leftMs, 1_000_000), delayMs));
}

const NOW_MS = 1_000_000;
const ends = (leftMs: number): End => ({ ...tenant('acme'), kind: 'ends', atMs: NOW_MS + leftMs });

for (const [end, text, isOver] of [
  [ends(10 * MINUTE_MS), 'PRODUCTION · acme: token ends in 10 minutes', false],
  // As the row's hover says it: a minute that has begun does not count.
  [ends(10 * MINUTE_MS - 1), 'PRODUCTION · acme: token ends in 9 minutes', false],
  [ends(2 * MINUTE_MS - 1), 'PRODUCTION · acme: token ends in less than 2 minutes', false],
  [ends(0), 'PRODUCTION · acme: token ended', true],
  [{ ...tenant('acme'), kind: 'refused' }, 'PRODUCTION · acme: token not accepted any more', true],
] as const satisfies readonly (readonly [End, string, boolean])[]) {
  test(`what is said: ${text}`, () => {
    const said = endInWords(end, NOW_MS);
    assert.deepEqual([said.text, said.isOver], [text, isOver]);
    assert.match(said.tooltip, /Click to sign in again/);
  });
}
