// Escaping round trips: what a person typed is what the service reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeTerm, quotePhrase, toUserQuery } from '../../../src/management/listing/search';
import { toUserId, userPath } from '../../../src/management/resources/users';
import { parseTenantDomain } from '../../../src/management/tenant';
import { cases } from '../../support/cases';

const SPECIAL = '+-&|!(){}[]^"~*?:\\/ \t#%@.';
const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...SPECIAL, 'a', 'Z', '0', 'ü', '😀'), minLength: 1 }),
);

/** Lucene's reading of a term: what a backslash precedes is itself; an unescaped special character is a mistake. */
function readTerm(term: string): string {
  let out = '';
  for (let i = 0; i < term.length; i++) {
    let char = term.charAt(i);
    if (char === '\\') char = term.charAt(++i);
    else if (/[\s+\-&|!(){}[\]^"~*?:/]/.test(char)) throw new Error(`unescaped ${char}`);
    out += char;
  }
  return out;
}

function readPhrase(phrase: string): string {
  assert.match(phrase, /^"(?:[^"\\]|\\["\\])*"$/s);
  return phrase.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
}

test('a term is read as what was typed', () =>
  fc.assert(
    fc.property(text, typed => assert.equal(readTerm(escapeTerm(typed)), typed)),
    cases('property'),
  ));

test('a phrase is read as what was typed', () =>
  fc.assert(
    fc.property(text, typed => assert.equal(readPhrase(quotePhrase(typed)), typed)),
    cases('property'),
  ));

test('a query survives the URL', () =>
  fc.assert(
    fc.property(text, typed => {
      const q = toUserQuery(typed)?.q ?? '';
      const url = new URL(`/api/v2/users?${new URLSearchParams({ q })}`, 'https://acme.auth0.com');
      assert.equal(url.searchParams.get('q'), q);
    }),
    cases('property'),
  ));

test('a query of words has an even number of parentheses and no stray quote', () =>
  fc.assert(
    fc.property(text, typed => {
      const query = toUserQuery(typed);
      if (query?.kind !== 'words') return;
      const bare = query.q.replaceAll(/\\./gs, '');
      assert.equal(bare.includes('"'), false);
      assert.match(bare, /^\([^()]+\)(?: AND \([^()]+\))*$/);
    }),
    cases('property'),
  ));

test('a user id is one path segment that decodes once to itself', () =>
  fc.assert(
    fc.property(text, typed => {
      const id = toUserId(typed);
      if (id === undefined) return;
      const { pathname, search, hash } = new URL(userPath(id), 'https://acme.auth0.com');
      const segments = pathname.split('/');
      assert.deepEqual(segments.slice(0, 4), ['', 'api', 'v2', 'users']);
      assert.deepEqual(segments.slice(4).map(decodeURIComponent), [typed]);
      assert.equal(search + hash, '');
    }),
    cases('property'),
  ));

test('a domain that was accepted is accepted again as it is, and is the host of its URL', () =>
  fc.assert(
    fc.property(fc.oneof(fc.domain(), fc.webUrl(), text), typed => {
      const domain = parseTenantDomain(typed);
      if (domain === undefined) return;
      assert.equal(parseTenantDomain(domain), domain);
      assert.equal(new URL(`https://${domain}/x`).host, domain);
    }),
    cases('property'),
  ));
