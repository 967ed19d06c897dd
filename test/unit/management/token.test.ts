import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanToken } from '../../../src/management/auth/pasted';
import { abilitiesOf } from '../../../src/management/auth/scopes';
import { readToken, staticToken } from '../../../src/management/auth/token';
import { cases } from '../../support/cases';
import { jwt } from '../../support/jwt';

test('scopes and expiry are read from a JWT', () => {
  const claims = readToken(jwt({ scope: 'read:users  update:users', exp: 1_700_000_000 }));
  assert.deepEqual([...(claims.scopes ?? [])], ['read:users', 'update:users']);
  assert.equal(claims.expiresAtMs, 1_700_000_000_000);
});

test('a JWT without scope has unknown scopes, one with an empty scope has none', () => {
  assert.equal(readToken(jwt({})).scopes, undefined);
  assert.equal(readToken(jwt({ scope: '' })).scopes?.size, 0);
});

for (const token of ['opaque', '', 'a.b', 'a.b.c', 'a.e30=.c', `a.${Buffer.from('[1]').toString('base64url')}.c`]) {
  test(`nothing is read from ${JSON.stringify(token)}`, () =>
    assert.deepEqual(readToken(token), { scopes: undefined, expiresAtMs: undefined }));
}

test('claims of other types count as absent', () =>
  assert.deepEqual(readToken(jwt({ scope: 1, exp: 'x' })), { scopes: undefined, expiresAtMs: undefined }));

test('a claim that cannot be is no claim', () => {
  for (const exp of ['1e308', '-1e308', '8640000000001', '1e400']) {
    const payload = Buffer.from(`{"exp":${exp}}`).toString('base64url');
    assert.equal(readToken(`a.${payload}.c`).expiresAtMs, undefined, exp);
  }
});

test('whatever a token claims, its expiry is a date and its scopes are words', () => {
  const claims = fc.record({ exp: fc.oneof(fc.double(), fc.jsonValue()), scope: fc.jsonValue() }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(claims, fc.jsonValue()), any => {
      const { scopes, expiresAtMs } = readToken(jwt(any));
      if (expiresAtMs !== undefined) assert.doesNotThrow(() => new Date(expiresAtMs).toISOString());
      assert([...(scopes ?? [])].every(scope => scope !== '' && !scope.includes(' ')));
    }),
    cases('property'),
  );
});

test('a pasted token stays the same after it was refused', async () => {
  const provider = staticToken('opaque');
  provider.invalidate('opaque');
  const token = await provider.getToken();
  assert.equal(token.value, 'opaque');
  assert.equal(token.renewable, false);
});

const JWT = jwt({ scope: 'read:users' });
const BROKEN = `${JWT.slice(0, 20)}\r\n${JWT.slice(20, 40)}\n  ${JWT.slice(40)}`;

// biome-ignore format: a table
const PASTED: readonly (readonly [string, string | undefined])[] = [
  [' abc.def.ghi\r\n', 'abc.def.ghi'], ['Bearer abc', 'abc'], ['', undefined], ['Bearer ', undefined], ['a b', undefined], ['a\nb', undefined], ['töken', undefined],
  [`"${JWT}"`, JWT], [`'${JWT}',`, JWT], [`“${JWT}”`, JWT], [`\`${JWT}\``, JWT], ['"abc"', 'abc'], [`"${JWT}`, JWT], [`\u00a0${JWT}\u200b`, JWT], [`\ufeff${JWT}`, JWT],
  [`Bearer ${JWT}`, JWT], [`bearer  ${JWT}`, JWT], [`Authorization: Bearer ${JWT}`, JWT], [`authorization: ${JWT}`, JWT], [`"Authorization": "Bearer ${JWT}"`, JWT],
  [`-H 'Authorization: Bearer ${JWT}'`, JWT], [`curl -H "Authorization: Bearer ${JWT}" 'https://acme.eu.auth0.com/api/v2/users'`, JWT],
  [`access_token=${JWT}`, JWT], [`access_token=${JWT}&expires_in=7200&token_type=Bearer`, JWT], [`https://app.example.com/cb#access_token=${JWT}&state=x`, JWT],
  [JSON.stringify({ access_token: JWT, expires_in: 86400, token_type: 'Bearer' }), JWT], [JSON.stringify({ id_token: jwt({}), access_token: JWT }, null, 2), JWT],
  [`"access_token": "${JWT}",`, JWT], [JSON.stringify({ access_token: 'opaque', id_token: JWT }), 'opaque'], [`{ token: '${JWT}' }`, JWT], [`TOKEN="${JWT}"`, JWT],
  [BROKEN, JWT], [`Bearer ${BROKEN}`, JWT], [`"${BROKEN}"`, JWT], [`${JWT} ${jwt({})}`, undefined], ['two words', undefined], [`${JWT} and more`, undefined],
];

for (const [input, token] of PASTED) {
  test(`pasted ${JSON.stringify(input)}`, () => assert.equal(cleanToken(input), token));
}

const all = { canUpdate: true, canCreate: true };
const none = { canUpdate: false, canCreate: false };

test('unknown scopes: everything is offered', () => assert.deepEqual(abilitiesOf(undefined), all));
test('no scopes: nothing is', () => assert.deepEqual(abilitiesOf(new Set()), none));
test('what reads changes nothing', () =>
  assert.deepEqual(abilitiesOf(new Set(['read:users', 'read:connections'])), none));
test('update:users updates', () =>
  assert.deepEqual(abilitiesOf(new Set(['update:users'])), { ...none, canUpdate: true }));
test('update:users_app_metadata updates', () =>
  assert.deepEqual(abilitiesOf(new Set(['update:users_app_metadata'])), { ...none, canUpdate: true }));
test('create:users creates', () =>
  assert.deepEqual(abilitiesOf(new Set(['create:users'])), { ...none, canCreate: true }));
