// Turns a query as people write it into valid Lucene: clear mistakes are corrected, unclear ones are reported.
import { CLOSING_QUOTE, type FieldAhead, fieldAhead, OPENING_QUOTE, QUOTED, SINGLE } from './luceneField';

/** What is wrong with a query that cannot be corrected with certainty. */
export type LuceneProblem = 'quote' | 'bracket' | 'operator' | 'value' | 'range' | 'backslash';

export type LuceneReading = { readonly q: string } | { readonly problem: LuceneProblem };

/**
 * Corrects spaces around a colon, `=` for a colon, curly and single quotes, names in capitals, and missing backslashes
 * in a value. Everything else stays as it is. Idempotent.
 *
 * @param text one line, a result of unwrapPasted
 * @returns undefined for plain words: no field with a value, no operator in capitals next to a word, and no group
 */
export function readLucene(text: string): LuceneReading | undefined {
  if (!mayBeLucene(text)) return undefined;
  try {
    const mender = new Mender(text);
    const q = mender.mend();
    return mender.isQuery || isGroup(q) ? { q } : undefined;
  } catch (error) {
    if (error instanceof Unclear) return { problem: error.problem };
    throw error;
  }
}

const CLAUSE_START = /(?<=^|(?<!\\)(?:\\\\)*[\s(!+-])[^\s(!+-]/gu;

/** A quick check, which does not require balanced brackets and quotes. */
function mayBeLucene(text: string): boolean {
  if (isGroup(text)) return true;
  const words = text.split(' ').filter(word => word !== '');
  const isOperator = (word: string) => /^(?:AND|OR|NOT|&&|\|\|)$/.test(word);
  if (words.some(isOperator) && !words.every(isOperator)) return true;
  return [...text.matchAll(CLAUSE_START)].some(({ index }) => fieldAhead(text.slice(index)));
}

function isGroup(text: string): boolean {
  return /^\(.*\)$/.test(text);
}

class Unclear extends Error {
  readonly problem: LuceneProblem;

  constructor(problem: LuceneProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** Recursion limit, deeper than anybody writes. */
const MAX_DEPTH = 50;

const OPERATOR = /^(?:(?:AND|OR)(?=[\s()"]|$)|&&|\|\|)/;
const SIGN = /^(?:NOT(?=[\s()"]|$)|[+!-])/;

/** Fuzziness after a term or a phrase, weight after anything. */
const FUZZY = /^~\d*(?:\.\d+)?(?=(?:\^\d+(?:\.\d+)?)?(?:[\s)]|$))/;
const WEIGHT = /^\^\d+(?:\.\d+)?(?=[\s)]|$)/;

const COMMAS_AT_END = /(?:(?<!\\)[ ,;])+$/;
const COMMAS = /^(?: *[,;])*/;

const RANGE_END = String.raw`(?!TO )(?:"(?:\\.|[^"\\])*"|[^\s"()[\]{}\\]+)`;
const RANGE = new RegExp(`^(?<open>[[{]) *(?<from>${RANGE_END}) +TO +(?<to>${RANGE_END}) *(?<close>[\\]}])`, 'i');

/** A quote ends at the next one of its kind, straight or curly. */
const STRAIGHT = /^"(?<inner>(?:\\.|[^"\\])*)"/;
const CURLY = new RegExp(String.raw`^${OPENING_QUOTE}(?<inner>(?:\\.|[^"“”„‟»\\])*)${CLOSING_QUOTE}`);

/** Several words without any Lucene syntax. */
const PLAIN_WORDS = /^[^"“”„‟«()[\]{}:=*?\\^~]+ [^"“”„‟«()[\]{}:=*?\\^~]+$/;
const ASKS_MORE = /(?:^| )(?:AND|OR|NOT|[+!-]|&&|\|\|)/;

class Mender {
  readonly #text: string;
  #at = 0;
  #out = '';
  #isQuery = false;

  constructor(text: string) {
    this.#text = text.replace(COMMAS_AT_END, '');
  }

  mend(): string {
    this.#clauses(0);
    if (this.#rest !== '') throw new Unclear('bracket');
    // An escaped space at the end would be lost with the next trim.
    if (/\s$/.test(this.#out)) throw new Unclear('backslash');
    return this.#out;
  }

  /** Whether a field or an operator was found. */
  get isQuery(): boolean {
    return this.#isQuery;
  }

  get #rest(): string {
    return this.#text.slice(this.#at);
  }

  #clauses(depth: number): void {
    if (depth > MAX_DEPTH) throw new Unclear('bracket');
    let count = 0;
    for (this.#copy(/^ +/); !this.#atEnd(); this.#copy(/^ +/)) {
      this.#operator(count);
      if (/^NOT(?=[\s()"]|$)/.test(this.#rest)) this.#isQuery = true;
      const sign = this.#copy(SIGN);
      this.#copy(/^ +/);
      if (this.#atEnd() || OPERATOR.test(this.#rest) || (sign && SIGN.test(this.#rest))) throw new Unclear('operator');
      this.#clause(depth, { isFirst: count === 0 && depth === 0 && !sign, isSigned: sign });
      count++;
    }
    if (count === 0) throw new Unclear(depth === 0 && this.#rest !== '' ? 'bracket' : 'value');
  }

  #atEnd(): boolean {
    return this.#rest === '' || this.#rest.startsWith(')');
  }

  #operator(count: number): void {
    const found = OPERATOR.exec(this.#rest)?.[0];
    if (found === undefined) return;
    if (count === 0) throw new Unclear('operator');
    this.#isQuery = true;
    this.#at += found.length;
    // `a&&b`: without spaces it would be one term.
    this.#out += `${this.#endsWith(/\s/) ? '' : ' '}${found}${/^\s/.test(this.#rest) ? '' : ' '}`;
    this.#copy(/^ +/);
  }

  #clause(depth: number, { isFirst, isSigned }: { readonly isFirst: boolean; readonly isSigned: boolean }): void {
    const start = this.#out.length;
    const field = fieldAhead(this.#rest);
    if (!field) {
      if (/^[[{]/.test(this.#rest)) throw new Unclear('range');
      if (this.#groupOrPhrase(depth)) this.#dropCommas(start);
      else this.#term();
      return;
    }
    this.#isQuery = true;
    // A quote may have been the only separator from what stands before: this field's own, which is dropped, or the other's.
    const isGlued = isSigned ? this.#out.endsWith('NOT') : !this.#endsWith(/^$|[\s(]/);
    this.#put(`${isGlued ? ' ' : ''}${field.name}:`, field.length);
    this.#value(field, isFirst, depth);
    this.#dropCommas(start);
  }

  #value(field: FieldAhead, isFirst: boolean, depth: number): void {
    if (this.#atEnd()) throw new Unclear('value');
    const [operator] = /^(?:AND|OR|NOT)(?=[,;]*(?:[\s()"]|$))/.exec(this.#rest) ?? [];
    if (operator !== undefined && field.spaced) throw new Unclear('value');
    // A value, not an operator: `state:OR` (Oregon).
    if (operator !== undefined) this.#put(`"${operator}"`, operator.length);
    else if (isFirst && field.spaced && PLAIN_WORDS.test(this.#rest) && !ASKS_MORE.test(this.#rest)) {
      // `name: Jane Doe`
      this.#put(`"${this.#rest}"`, this.#rest.length);
    } else if (/^[[{]/.test(this.#rest)) this.#range();
    else if (!this.#groupOrPhrase(depth) && !this.#phrase(SINGLE)) {
      // A sign has no meaning here, but Lucene requires a backslash before it.
      if (/^[+!-]/.test(this.#rest)) this.#out += '\\';
      this.#term(true);
    }
  }

  /** Of the clause since `start`. Fields of JSON and of lists have commas between them: Lucene would look for them. */
  #dropCommas(start: number): void {
    const end = this.#out.length;
    this.#out = this.#out.slice(0, start) + this.#out.slice(start).replace(COMMAS_AT_END, '');
    if (this.#endsWith(/:/)) throw new Unclear('value');
    const [ahead = ''] = COMMAS.exec(this.#rest) ?? [];
    this.#at += ahead.length;
    // Without the comma, what stands before it would be the name of a field.
    if (ahead !== '' && /^ *[:：=]/.test(this.#rest)) throw new Unclear('value');
    const isDropped = ahead !== '' || this.#out.length < end;
    if (isDropped && !this.#atEnd() && !/^\s/.test(this.#rest)) this.#out += ' ';
  }

  #groupOrPhrase(depth: number): boolean {
    if (this.#copy(/^\(/)) {
      this.#clauses(depth + 1);
      if (!this.#copy(/^\)/)) throw new Unclear('bracket');
      this.#copy(WEIGHT);
      return true;
    }
    if (!QUOTED.test(this.#rest)) return false;
    if (!this.#phrase(STRAIGHT) && !this.#phrase(CURLY)) throw new Unclear('quote');
    return true;
  }

  #phrase(quoted: RegExp): boolean {
    const match = quoted.exec(this.#rest);
    if (!match) return false;
    this.#put(`"${match.groups?.inner ?? ''}"`, match[0].length);
    this.#modifiers();
    return true;
  }

  #range(): void {
    const match = RANGE.exec(this.#rest);
    const { open, from, to, close } = match?.groups ?? {};
    if (!match) throw new Unclear('range');
    this.#put(`${open}${from} TO ${to}${close}`, match[0].length);
    this.#copy(WEIGHT);
  }

  /** A bare word. Characters with a meaning in Lucene get a backslash. */
  #term(isValue = false): void {
    const start = this.#at;
    const outStart = this.#out.length;
    const isOperator = () => /^(?:AND|OR|NOT)$/.test(this.#out.slice(outStart));
    if (isValue && /^[+!-]/.test(this.#rest)) this.#put(this.#rest.charAt(0), 1);
    while (/^[^\s()"]/.test(this.#rest) && !/^(?:&&|\|\|)/.test(this.#rest)) {
      if (this.#at > start && !isOperator() && (FUZZY.test(this.#rest) || WEIGHT.test(this.#rest))) break;
      const [taken = ''] = /^(?:\\.|.)/u.exec(this.#rest) ?? [];
      if (taken === '\\') throw new Unclear('backslash');
      if (/^[[\]{}]$/.test(taken)) throw new Unclear('bracket');
      this.#put(/^[:/^~!]$/.test(taken) ? `\\${taken}` : taken, taken.length);
    }
    if (this.#at === start) throw new Unclear('value');
    if (isOperator()) throw new Unclear('operator');
    this.#modifiers();
  }

  /** Whether the output's last character, if any, is this syntax. After a backslash that counts, it is part of a term. */
  #endsWith(syntax: RegExp): boolean {
    let at = this.#out.length - 1;
    while (this.#out.charAt(at - 1) === '\\') at--;
    const isEscaped = (this.#out.length - 1 - at) % 2 === 1;
    return syntax.test(this.#out.slice(-1)) && !isEscaped;
  }

  #modifiers(): void {
    this.#copy(FUZZY);
    this.#copy(WEIGHT);
  }

  #copy(pattern: RegExp): boolean {
    const [found = ''] = pattern.exec(this.#rest) ?? [];
    this.#put(found, found.length);
    return found !== '';
  }

  #put(text: string, taken: number): void {
    this.#out += text;
    this.#at += taken;
  }
}
