import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getMember } from '../../../src/json/value';
import { writeJson } from '../../../src/json/write';
import {
  decodeConnections,
  decodeProfile,
  decodeProfiles,
  decodeUserPage,
  decodeUserSummary,
} from '../../../src/management/resources/decode';
import { toUserId, userPath } from '../../../src/management/resources/users';
import { metadataOf } from '../../../src/metadata/document';
import { userId } from '../../support/management';

const PATHS: readonly (readonly [string, string])[] = [
  ['auth0|5f7c', '/api/v2/users/auth0%7C5f7c'],
  ['samlp|conn|user@domain', '/api/v2/users/samlp%7Cconn%7Cuser%40domain'],
  ['ad|a/b', '/api/v2/users/ad%7Ca%2Fb'],
  ['ad|a#b?c', '/api/v2/users/ad%7Ca%23b%3Fc'],
  ['auth0|%3A', '/api/v2/users/auth0%7C%253A'],
  ['auth0|ü 😀', '/api/v2/users/auth0%7C%C3%BC%20%F0%9F%98%80'],
  ['auth0|../x', '/api/v2/users/auth0%7C..%2Fx'],
];

for (const [text, path] of PATHS) test(`path of ${text}`, () => assert.equal(userPath(userId(text)), path));

for (const text of ['', '.', '..', 'auth0|\ud800']) {
  test(`${JSON.stringify(text)} is no user id`, () => assert.equal(toUserId(text), undefined));
}

test('a summary takes what it knows', () =>
  assert.deepEqual(
    decodeUserSummary({
      user_id: 'auth0|1',
      email: 'a@b.c',
      name: 'A',
      nickname: 'a',
      username: 'aa',
      phone_number: '+1',
      identities: [
        { connection: 'Main', provider: 'auth0', user_id: '1' },
        { connection: 'google', provider: 'google-oauth2' },
      ],
      last_login: '2026-01-01T00:00:00.000Z',
      logins_count: 3,
      blocked: true,
      created_at: '2025-01-01T00:00:00.000Z',
      app_metadata: { ignored: true },
    }),
    {
      id: 'auth0|1',
      email: 'a@b.c',
      name: 'A',
      nickname: 'a',
      username: 'aa',
      phone: '+1',
      connection: 'Main',
      lastLogin: '2026-01-01T00:00:00.000Z',
      loginsCount: 3,
      blocked: true,
      createdAt: '2025-01-01T00:00:00.000Z',
    },
  ));

test('fields of another type count as absent', () => {
  const summary = decodeUserSummary({
    user_id: 'a|1',
    email: 1,
    name: null,
    identities: 'x',
    logins_count: '3',
    blocked: 1,
  });
  assert(summary);
  assert.deepEqual(
    Object.entries(summary).filter(([, value]) => value !== undefined),
    [['id', 'a|1']],
  );
});

for (const json of [null, 1, 'x', [], {}, { user_id: 1 }, { user_id: '..' }]) {
  test(`${JSON.stringify(json)} is no summary`, () => assert.equal(decodeUserSummary(json), undefined));
}

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ user_id: `a|${from + index}` }));

test('a page in the middle', () => {
  const page = decodeUserPage({ start: 50, limit: 50, length: 50, total: 120, users: rows(50, 50) }, 1, 50);
  assert.deepEqual(
    { ...page, users: page?.users.length },
    { users: 50, start: 50, length: 50, total: 120, capped: false, nextPage: 2 },
  );
});

test('the last page', () =>
  assert.equal(decodeUserPage({ start: 100, total: 120, users: rows(20) }, 2, 50)?.nextPage, undefined));

test('an empty result', () => {
  const page = decodeUserPage({ start: 0, limit: 50, length: 0, total: 0, users: [] }, 0, 50);
  assert.deepEqual(page, { users: [], start: 0, length: 0, total: 0, capped: false, nextPage: undefined });
});

test('an empty page ends the listing, whatever the total says', () =>
  assert.equal(decodeUserPage({ start: 0, total: 10, users: [] }, 0, 50)?.nextPage, undefined));

test('a result beyond the cap is capped from its first page on', () =>
  assert.equal(decodeUserPage({ start: 0, total: 1001, users: rows(50) }, 0, 50)?.capped, true));

test('there is no page after the cap', () =>
  assert.equal(decodeUserPage({ start: 950, total: 5000, users: rows(50) }, 19, 50)?.nextPage, undefined));

test('exactly 1,000 users are not capped', () => {
  const page = decodeUserPage({ start: 900, total: 1000, users: rows(100) }, 9, 100);
  assert.deepEqual([page?.capped, page?.nextPage], [false, undefined]);
});

test('a user that cannot be addressed is left out, and still counts as a row', () => {
  const page = decodeUserPage({ start: 0, total: 2, users: [{ user_id: '\ud800' }, { user_id: 'a|1' }] }, 0, 50);
  assert.deepEqual([page?.users.length, page?.length], [1, 2]);
});

for (const json of [[], {}, { users: {} }, null, 'x']) {
  test(`${JSON.stringify(json)} is no page`, () => assert.equal(decodeUserPage(json, 0, 50), undefined));
}

test('a profile keeps its text and its numbers', () => {
  const text = '{"user_id":"auth0|1","user_metadata":{"n":12345678901234567890,"f":1.0},"app_metadata":{"e":1e3}}';
  const profile = decodeProfile(text);
  assert(profile);
  assert.equal(profile.text, text);
  assert.equal(writeJson(metadataOf(profile.value).user_metadata), '{"n":12345678901234567890,"f":1.0}');
  assert.equal(writeJson(metadataOf(profile.value).app_metadata), '{"e":1e3}');
});

for (const rest of ['', ',"app_metadata":null']) {
  test(`metadata that is left out is empty${rest}`, () => {
    const profile = decodeProfile(`{"user_id":"a|1"${rest}}`);
    assert(profile);
    const { user_metadata: user, app_metadata: app } = metadataOf(profile.value);
    assert.deepEqual([user.members, app.members], [[], []]);
  });
}

const BROKEN = ['', '<html>', '[]', '{}', '{"user_id":1}', '{"user_id":"a|1","user_metadata":[]}', '{"user_id":"a|1"'];
for (const text of BROKEN) test(`no profile: ${text}`, () => assert.equal(decodeProfile(text), undefined));

test('each of several profiles has its own text and offsets', () => {
  const profiles = decodeProfiles('[ {"user_id":"a|1"}, {"user_id":"a|2", "user_metadata": {"x": 1}} ]');
  assert.deepEqual(
    profiles?.map(profile => profile.id),
    ['a|1', 'a|2'],
  );
  const [, second] = profiles ?? [];
  assert(second);
  const metadata = getMember(second.value, 'user_metadata');
  assert.equal(second.text.slice(metadata?.offset, metadata?.end), '{"x": 1}');
});

test('one broken profile spoils the answer', () => assert.equal(decodeProfiles('[{"user_id":"a|1"},{}]'), undefined));

test('connections', () =>
  assert.deepEqual(decodeConnections([{ id: 'con_1', name: 'Main', strategy: 'auth0', x: 1 }, { id: 'con_2' }, null]), [
    { name: 'Main', strategy: 'auth0' },
  ]));

test('connections in another shape', () => assert.equal(decodeConnections({ connections: [] }), undefined));
