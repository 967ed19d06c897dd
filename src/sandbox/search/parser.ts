// Parses a `q`: Lucene's classic grammar, as Auth0's user search v3 accepts it.
import { ANY_CHARACTER, ANY_TEXT, type FieldPath, LuceneError, type Query, type Wildcard } from './syntax';
import { Reader } from './words';

/** Recursion limit for parentheses, deeper than anybody writes. */
const MAX_DEPTH = 100;

/** A wildcard that is not at the end of a prefix needs this many literal characters. */
const MIN_LITERALS = 3;

/** Its value is the name of a field. */
const EXISTS = '_exists_';

/** @throws LuceneError */
export function parseLucene(q: string): Query {
  const reader = new Reader(q);
  const query = clauses(reader, undefined, 0);
  if (!reader.atEnd) throw new LuceneError('a parenthesis closes nothing');
  return query;
}

interface Clause {
  readonly query: Query;
  occurs: 'must' | 'should' | 'mustNot';
}

/**
 * The classic parser has no precedence: AND makes both of its neighbours required, OR leaves them optional,
 * and a missing operator means OR. So `a OR b AND c` requires b and c.
 *
 * The service's documentation differs in one case: `NOT a OR b` finds users that match either of the two, as in
 * `(NOT _exists_:logins_count OR logins_count:0)`. The classic parser would exclude a from b.
 */
function clauses(reader: Reader, field: FieldPath | undefined, depth: number): Query {
  if (depth > MAX_DEPTH) throw new LuceneError('parentheses are nested too deep');
  const found: Clause[] = [];
  for (reader.skipSpace(); !reader.atEnd && reader.peek() !== ')'; reader.skipSpace()) {
    const and = reader.takeOperator('AND') || reader.take('&&');
    const or = !and && (reader.takeOperator('OR') || reader.take('||'));
    if (and || or) reader.skipSpace();
    const previous = found.at(-1);
    if ((and || or) && previous === undefined) throw new LuceneError('an operator has nothing on its left');
    const sign = occurrence(reader);
    if (reader.atEnd || reader.peek() === ')') throw new LuceneError('an operator has nothing on its right');
    if (and && previous?.occurs === 'should') previous.occurs = 'must';
    if (or && previous?.occurs === 'mustNot') found.splice(-1, 1, alternative(previous.query));
    const occurs = sign ?? (and ? 'must' : 'should');
    const query = clause(reader, field, depth);
    found.push(or && occurs === 'mustNot' ? alternative(query) : { query, occurs });
  }
  if (found.length === 0) throw new LuceneError('nothing to look for');
  const [only] = found;
  if (found.length === 1 && only && only.occurs !== 'mustNot') return only.query;
  const those = (occurs: Clause['occurs']): Query[] =>
    found.filter(one => one.occurs === occurs).map(({ query }) => query);
  return { kind: 'clauses', must: those('must'), should: those('should'), mustNot: those('mustNot') };
}

/** `NOT a` as an optional clause. */
function alternative(excluded: Query): Clause {
  return { query: { kind: 'clauses', must: [], should: [], mustNot: [excluded] }, occurs: 'should' };
}

/** `+`, `-`, `!` and NOT before a clause; the last of several counts. */
function occurrence(reader: Reader): 'must' | 'mustNot' | undefined {
  let sign: 'must' | 'mustNot' | undefined;
  for (;;) {
    if (reader.take('+')) sign = 'must';
    else if (reader.take('-') || reader.take('!') || reader.takeOperator('NOT')) sign = 'mustNot';
    else return sign;
    reader.skipSpace();
  }
}

function clause(reader: Reader, field: FieldPath | undefined, depth: number): Query {
  const query = unmodified(reader, field, depth);
  reader.skipModifiers();
  return query;
}

function unmodified(reader: Reader, field: FieldPath | undefined, depth: number): Query {
  if (startsValue(reader)) return value(reader, field, depth);
  const word = reader.word();
  if (!reader.takeBehindSpace(':')) return termOf(word.text, word.wildcard, field);
  reader.skipSpace();
  // `*:*`: everything.
  if (word.text === '*' && reader.take('*')) return { kind: 'all' };
  return value(reader, word.segments, depth);
}

function startsValue(reader: Reader): boolean {
  return ['(', '"', '[', '{'].includes(reader.peek());
}

/** The value after a colon. Only a group can contain further fields. */
function value(reader: Reader, field: FieldPath | undefined, depth: number): Query {
  if (reader.take('(')) {
    const group = clauses(reader, field, depth + 1);
    if (!reader.take(')')) throw new LuceneError('a parenthesis is not closed');
    return group;
  }
  if (reader.take('"')) return textOf(reader.phrase(), field);
  if (reader.peek() === '[' || reader.peek() === '{') return range(reader, field);
  if (['+', '-', '!'].includes(reader.peek())) throw new LuceneError('a sign needs a backslash');
  const word = reader.word();
  if (reader.takeBehindSpace(':')) throw new LuceneError('a field inside of a field');
  return field?.[0] === EXISTS ? { kind: 'exists', field: word.segments } : termOf(word.text, word.wildcard, field);
}

/** `_exists_:"user_metadata.hobby"`: the text is the name of a field. */
function textOf(text: string, field: FieldPath | undefined): Query {
  return field?.[0] === EXISTS ? { kind: 'exists', field: text.split('.') } : { kind: 'text', field, text };
}

/**
 * @throws LuceneError also for `?`: in Lucene it is any one character, but the service's older documentation calls it
 * unsupported, and no recording shows it. The sandbox refuses what the service may refuse.
 */
function termOf(text: string, wildcard: Wildcard | undefined, field: FieldPath | undefined): Query {
  if (wildcard === undefined) return textOf(text, field);
  if (wildcard.includes(ANY_CHARACTER)) throw new LuceneError('? is no wildcard here');
  if (wildcard.every(piece => piece === ANY_TEXT)) return field ? { kind: 'exists', field } : { kind: 'all' };
  const [first, second] = wildcard;
  const isPrefix = typeof first === 'string' && second === ANY_TEXT && wildcard.length === 2;
  const literals = wildcard.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 0), 0);
  if (!isPrefix && literals < MIN_LITERALS) {
    throw new LuceneError(`a wildcard that is not a prefix needs ${MIN_LITERALS} characters beside it`);
  }
  return { kind: 'wildcard', field, pattern: wildcard };
}

function range(reader: Reader, field: FieldPath | undefined): Query {
  if (field === undefined) throw new LuceneError('a range needs a field');
  const fromInclusive = reader.take('[');
  if (!fromInclusive) reader.take('{');
  const from = reader.rangeEnd();
  reader.skipSpace();
  if (!reader.takeOperator('TO')) throw new LuceneError('a range needs TO');
  const to = reader.rangeEnd();
  reader.skipSpace();
  const toInclusive = reader.take(']');
  if (!toInclusive && !reader.take('}')) throw new LuceneError('a range is not closed');
  const end = (text: string, inclusive: boolean) => ({ text: text === '*' ? undefined : text, inclusive });
  return { kind: 'range', field, from: end(from, fromInclusive), to: end(to, toInclusive) };
}
