// Compiles a query to a test of users. As in Auth0's index, values are not split, and only five fields ignore case.
import { isArray, isObject, type Json, ownValue } from '../json';
import type { User } from '../state/user';
import { dateRange, isDateField, periodOf } from './dates';
import type { FieldPath, Query, RangeEnd, Wildcard } from './syntax';
import { compileWildcard } from './wildcard';

export type Matcher = (user: User) => boolean;

type Scalar = string | number | boolean;
type ValueTest = (value: Scalar) => boolean;

const CASE_INSENSITIVE = new Set(['email', 'name', 'given_name', 'family_name', 'nickname']);

/** The fields that a term without a field is searched in; never metadata. */
const BARE_FIELDS = [
  'email',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'username',
  'phone_number',
  'user_id',
] as const;

/** @throws LuceneError for a range of dates with an invalid date. */
export function compileLucene(query: Query): Matcher {
  switch (query.kind) {
    case 'all':
      return () => true;
    case 'exists':
      return onField(query.field, () => true, true);
    case 'text':
      return query.field ? onField(query.field, textTest(query.field, query.text)) : onProfile(phraseTest(query.text));
    case 'wildcard':
      return wildcardMatcher(query.field, query.pattern);
    case 'range':
      return isUserMetadata(query.field)
        ? () => false
        : onField(query.field, rangeTest(query.field, query.from, query.to));
    case 'clauses':
      return clausesMatcher(
        query.must.map(compileLucene),
        query.should.map(compileLucene),
        query.mustNot.map(compileLucene),
      );
  }
}

/** Optional clauses count only if nothing is required. A query of exclusions alone matches all other users. */
function clausesMatcher(must: readonly Matcher[], should: readonly Matcher[], mustNot: readonly Matcher[]): Matcher {
  const wantsOne = must.length === 0 && should.length > 0;
  return user =>
    must.every(matches => matches(user)) &&
    (!wantsOne || should.some(matches => matches(user))) &&
    !mustNot.some(matches => matches(user));
}

/** Wildcards and ranges find nothing in `user_metadata`, without an error. */
function isUserMetadata(field: FieldPath): boolean {
  return field[0] === 'user_metadata';
}

function wildcardMatcher(field: FieldPath | undefined, pattern: Wildcard): Matcher {
  if (field && isUserMetadata(field)) return () => false;
  const folds = field === undefined || foldsCase(field);
  const isWhole = compileWildcard(folds ? pattern.map(piece => folded(piece)) : pattern);
  if (field) return onField(field, value => typeof value === 'string' && isWhole(folds ? value.toLowerCase() : value));
  // A cheap check first: splitting a value into words costs far more.
  const literal = pattern.reduce<string>((a, b) => (typeof b === 'string' && b.length > a.length ? b : a), '');
  const needle = literal.toLowerCase();
  return onProfile(value => {
    const text = value.toLowerCase();
    return text.includes(needle) && [text, ...wordsOf(text)].some(isWhole);
  });
}

function folded(piece: Wildcard[number]): Wildcard[number] {
  return typeof piece === 'string' ? piece.toLowerCase() : piece;
}

function textTest(field: FieldPath, text: string): ValueTest {
  const wanted = foldsCase(field) ? text.toLowerCase() : text;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const period = isDateField(field) ? periodOf(text) : undefined;
  return value => {
    if (typeof value === 'number') return value === number;
    if (typeof value === 'boolean') return String(value) === text;
    if (period) return value >= period.first && value <= period.last;
    return (foldsCase(field) ? value.toLowerCase() : value) === wanted;
  };
}

function rangeTest(field: FieldPath, from: RangeEnd, to: RangeEnd): ValueTest {
  if (isDateField(field)) {
    const inRange = dateRange(from, to);
    return value => typeof value === 'string' && inRange(value);
  }
  return value => {
    const number = typeof value === 'number';
    const key = typeof value === 'string' && foldsCase(field) ? value.toLowerCase() : value;
    const bound = (text: string): Scalar => (number ? Number(text) : foldsCase(field) ? text.toLowerCase() : text);
    return (
      (from.text === undefined || (from.inclusive ? key >= bound(from.text) : key > bound(from.text))) &&
      (to.text === undefined || (to.inclusive ? key <= bound(to.text) : key < bound(to.text)))
    );
  };
}

/** For a term without a field: the value as a whole, or the words of the term in sequence. */
function phraseTest(text: string): (value: string) => boolean {
  const wanted = text.toLowerCase();
  const words = wordsOf(wanted);
  return value => {
    const folded = value.toLowerCase();
    if (folded === wanted) return true;
    if (!folded.includes(words[0] ?? wanted)) return false;
    const own = wordsOf(folded);
    return words.length > 0 && own.some((_, at) => words.every((word, index) => own[at + index] === word));
  };
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
}

function foldsCase(field: FieldPath): boolean {
  return CASE_INSENSITIVE.has(field[0] ?? '');
}

function onProfile(test: (value: string) => boolean): Matcher {
  return user =>
    BARE_FIELDS.some(name => {
      const value = user[name];
      return typeof value === 'string' && test(value);
    });
}

/** @param whole whether an object at the end of the path matches too, if anything in it is indexed (for `_exists_`). */
function onField(field: FieldPath, test: ValueTest, whole = false): Matcher {
  const [root = '', ...below] = field;
  if (root === 'email' && below[0] === 'domain' && below.length === 1) {
    return ({ email }) => typeof email === 'string' && test(email.slice(email.lastIndexOf('@') + 1));
  }
  return user => someScalar(ownValue(user, root), below, 0, test, whole);
}

/** Follows a path to scalars. Arrays are not a level of it; null, empty objects and empty arrays are not indexed. */
function someScalar(value: Json | undefined, path: FieldPath, at: number, test: ValueTest, whole: boolean): boolean {
  if (value === undefined || value === null) return false;
  if (isArray(value)) return value.some(item => someScalar(item, path, at, test, whole));
  if (isObject(value)) {
    const key = path[at];
    if (key !== undefined) return someScalar(ownValue(value, key), path, at + 1, test, whole);
    return whole && Object.values(value).some(child => someScalar(child, path, at, test, whole));
  }
  return at === path.length && test(value);
}
