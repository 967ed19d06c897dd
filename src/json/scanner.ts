// Scans the tokens of JSON text (white space, strings, numbers, words) and finds the problems inside them.
import {
  BACKSLASH,
  CR,
  DOT,
  LF,
  LOWER_E,
  MINUS,
  NINE,
  PLUS,
  QUOTE,
  SLASH,
  SPACE,
  STAR,
  TAB,
  UPPER_E,
  ZERO,
} from './characters';
import { isOutOfRange } from './number';
import { type JsonProblem, type SyntaxCode, SyntaxProblem } from './problems';

const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/** Reads forward from `at`. Invalid JSON throws SyntaxProblem; problems of valid JSON are added to `problems`. */
export class Scanner {
  readonly text: string;
  readonly problems: JsonProblem[] = [];
  /** The next code unit to read. */
  at = 0;
  /** If the whole text is well-formed, only an escape can produce a lone surrogate. */
  readonly #wellFormed: boolean;

  constructor(text: string) {
    this.text = text;
    this.#wellFormed = text.isWellFormed();
  }

  /** Moves past white space. Returns the code unit that follows, or NaN at the end of the text. */
  skipSpace(): number {
    const { text } = this;
    let { at } = this;
    let code = text.charCodeAt(at);
    while (code === SPACE || code === LF || code === CR || code === TAB) code = text.charCodeAt(++at);
    this.at = at;
    return code;
  }

  /** The value of the string that begins here. */
  string(): string {
    const { text, at: start } = this;
    let at = start + 1;
    let code = text.charCodeAt(at);
    while (code !== QUOTE && code !== BACKSLASH && code >= SPACE) code = text.charCodeAt(++at);
    if (code !== QUOTE) return this.#escapedString(start, at);
    this.at = at + 1;
    const value = text.slice(start + 1, at);
    if (!this.#wellFormed) this.#checkSurrogates(value, start);
    return value;
  }

  /** The literal of the number that begins here. */
  number(): string {
    const { text, at: start } = this;
    let at = start;
    let code = text.charCodeAt(at);
    if (code === MINUS) code = text.charCodeAt(++at);
    const leading = code;
    const whole = at;
    while (isDigit(code)) code = text.charCodeAt(++at);
    let valid = at > whole && (leading !== ZERO || at === whole + 1);
    if (code === DOT) {
      const fraction = ++at;
      while (isDigit(text.charCodeAt(at))) at++;
      valid &&= at > fraction;
      code = text.charCodeAt(at);
    }
    const exponent = code === LOWER_E || code === UPPER_E;
    if (exponent) {
      code = text.charCodeAt(++at);
      if (code === PLUS || code === MINUS) at++;
      const digits = at;
      while (isDigit(text.charCodeAt(at))) at++;
      valid &&= at > digits;
    }
    if (!valid) throw new SyntaxProblem('badNumber', start, Math.max(at, start + 1));
    this.at = at;
    const literal = text.slice(start, at);
    if ((exponent || literal.length > 300) && isOutOfRange(literal)) {
      this.problems.push({ code: 'numberOutOfRange', offset: start, end: at, subject: literal });
    }
    return literal;
  }

  /** Whether `word` is next; moves past it if so. */
  takes(word: string): boolean {
    const found = this.text.startsWith(word, this.at);
    if (found) this.at += word.length;
    return found;
  }

  /** @throws SyntaxProblem with the range of the next word or character */
  fail(code: SyntaxCode): never {
    const word = /\w+|./suy;
    word.lastIndex = this.at;
    const length = word.exec(this.text)?.[0].length ?? 0;
    throw new SyntaxProblem(this.commentOr(code), this.at, this.at + length);
  }

  /** Reports a comment as a comment, whatever was expected in its place. */
  commentOr(code: SyntaxCode): SyntaxCode {
    const next = this.text.charCodeAt(this.at + 1);
    return this.text.charCodeAt(this.at) === SLASH && (next === SLASH || next === STAR) ? 'commentNotAllowed' : code;
  }

  #escapedString(start: number, from: number): string {
    const { text } = this;
    let at = from;
    for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(++at)) {
      if (Number.isNaN(code) || code === LF || code === CR) throw new SyntaxProblem('unterminatedString', start, at);
      if (code < SPACE) throw new SyntaxProblem('controlCharacter', at, at + 1);
      if (code !== BACKSLASH) continue;
      const length = escapeLength(text, at);
      if (!length) throw new SyntaxProblem('badEscape', at, Math.min(at + 2, text.length));
      at += length - 1;
    }
    this.at = at + 1;
    const source = text.slice(start, at + 1);
    // The literal is checked, so JSON.parse can decode it.
    const value: unknown = JSON.parse(source);
    if (typeof value !== 'string') throw new Error('a checked string literal did not decode to a string');
    if (!this.#wellFormed || SURROGATE_ESCAPE.test(source)) this.#checkSurrogates(value, start);
    return value;
  }

  #checkSurrogates(value: string, offset: number): void {
    if (!value.isWellFormed()) this.problems.push({ code: 'loneSurrogate', offset, end: this.at });
  }
}

export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function escapeLength(text: string, at: number): number {
  const code = text[at + 1];
  if (code === 'u') return /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)) ? 6 : 0;
  return code !== undefined && '"\\/bfnrt'.includes(code) ? 2 : 0;
}
