// Whatever is typed into the search box: the service can read the query, or the person is told what is wrong with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { searchProblem, toUserQuery, understood } from '../../../src/management/listing/search';
import { parseLucene } from '../../../src/sandbox/search/parser';
import { LuceneError } from '../../../src/sandbox/search/syntax';
import { cases } from '../../support/cases';

// biome-ignore format: a table
const PIECES = [
  'email', 'name', 'Email', 'user_metadata.hobby', 'favorite\\ color', '_exists_', 'x', 'Re', 'jane', 'jane@example.com', 'auth0|1', 'auth0%7C1', 'q', 'https',
  ':', ' : ', ': ', '=', ' = ', '"', '“', '”', '„', "'", '’', '`', '«', '»', '(', ')', '[', ']', '{', '}', '<', '>', ' ', ' ', ' ', '\u00a0', '\u200b', '\ufeff', '\n', ',', ', ', ';', '.',
  'AND', 'OR', 'NOT', ' AND ', ' OR ', ' NOT ', '&&', ' || ', '+', '-', '!', '*', '?', '~', '^', '~1', '^2', '/', '//', '\\', '\\"', '\\ ', '|', '&', '%3A', '%22', '%7C', '%2522', '%', '@', 'TO', ' TO ', ' to ',
  'q=', '?q=', '&page=1', 'https://acme.eu.auth0.com/api/v2/users?q=', 'https://manage.auth0.com/dashboard/eu/acme/users/', 'mailto:', '/api/v2/users/', '12:30', '2026-01-01', '1', '"x"', ':"x"', '[1 TO 2]', '{"', '"}', ', =',
];

const typed = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 }).map(all => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }) },
);

/** What is open at the end, outside of what a backslash precedes: quotes, brackets. */
function unbalanced(q: string): string {
  const open: string[] = [];
  for (const [token] of q.matchAll(/\\.|"(?:\\.|[^"\\])*"|[[{] *\S+ TO \S+ *[\]}]|["()[\]{}]/gu)) {
    if (token === '(') open.push(token);
    else if (token === ')' && open.pop() === undefined) return token;
    else if (token.length === 1 && token !== ')') return token;
  }
  return open.join('');
}

test('the quotes and brackets of a query balance, and a reader of Lucene takes it', () =>
  fc.assert(
    fc.property(typed, text => {
      const q = toUserQuery(text)?.q;
      if (q === undefined) return;
      assert.equal(unbalanced(q), '', q);
      assert.equal(q, q.trim());
      assert.doesNotMatch(q, /[\n\u00a0\u200b\ufeff]/);
      try {
        parseLucene(q);
      } catch (error) {
        // How few letters a wildcard may have, and whether `?` is one, is the service's own rule.
        assert.ok(error instanceof LuceneError && /wildcard/.test(error.message), `${q}: ${error}`);
      }
    }),
    cases('property'),
  ));

test('there is a query, or a reason why not', () =>
  fc.assert(
    fc.property(typed, text => {
      const [query, problem] = [toUserQuery(text), searchProblem(text)];
      assert.equal(query === undefined, problem !== undefined || text.trim() === '', text);
    }),
    cases('property'),
  ));

test('pasting the query asks the same', () =>
  fc.assert(
    fc.property(typed, text => {
      const q = toUserQuery(text)?.q;
      if (q !== undefined) assert.equal(toUserQuery(q)?.q, q);
    }),
    cases('property'),
  ));

test('typing what was understood asks the same, and is understood as it stands', () =>
  fc.assert(
    fc.property(typed, text => {
      const line = understood(text);
      assert.equal(understood(line), line);
      assert.equal(toUserQuery(line)?.q, toUserQuery(text)?.q);
    }),
    cases('property'),
  ));
