// Strict JSON (RFC 8259) text → value with ranges, or the problems that keep it from being one.
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  CR,
  DOT,
  LF,
  LOWER_E,
  MINUS,
  NINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLUS,
  QUOTE,
  SLASH,
  SPACE,
  STAR,
  TAB,
  UPPER_E,
  ZERO,
} from './characters';
import type { JsonMember, JsonValue } from './value';

/** `syntax` codes end the parse; the others are found in text that is otherwise valid JSON. */
export type JsonProblemCode = SyntaxCode | 'duplicateKey' | 'loneSurrogate' | 'numberOutOfRange';

export type SyntaxCode =
  | 'valueExpected'
  | 'keyExpected'
  | 'colonExpected'
  | 'commaExpected'
  | 'trailingComma'
  | 'commentNotAllowed'
  | 'unterminatedString'
  | 'badEscape'
  | 'controlCharacter'
  | 'badNumber'
  | 'textAfterValue'
  | 'tooDeep';

export interface JsonProblem {
  readonly code: JsonProblemCode;
  /** UTF-16 range in the text; never empty unless the text ends there. */
  readonly offset: number;
  readonly end: number;
  /** The key or literal concerned, where there is one. */
  readonly subject?: string;
}

export interface ParseResult {
  /** Undefined exactly when a problem is one of syntax. */
  readonly value: JsonValue | undefined;
  /** In the order of their offsets; at most one is of syntax, and then it is the last. */
  readonly problems: readonly JsonProblem[];
}

/** Deeper text is refused as `tooDeep`: every later step may then rely on it. */
export const MAX_DEPTH = 10_000;

/** Reads `text`. Never throws. Linear in the text, and without recursion: nesting costs no stack. */
export function parseJson(text: string): ParseResult {
  const parser = new Parser(text);
  try {
    return { value: parser.parse(), problems: parser.problems };
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return { value: undefined, problems: [...parser.problems, error.problem] };
  }
}

class SyntaxProblem extends Error {
  readonly problem: JsonProblem;
  constructor(code: SyntaxCode, offset: number, end: number) {
    super(code);
    this.problem = { code, offset, end };
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An array or object that is still open; `keys` takes over from a walk once an object has grown. */
interface Frame {
  readonly container: JsonValue & { type: 'object' | 'array' };
  readonly members: JsonMember[];
  readonly items: JsonValue[];
  key: string;
  keyOffset: number;
  keyEnd: number;
  keys: Set<string> | undefined;
}

const WALK_UP_TO = 8;
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

class Parser {
  readonly problems: JsonProblem[] = [];
  readonly #text: string;
  /** Where the whole text is well-formed, only escapes can make a lone surrogate. */
  readonly #wellFormed: boolean;
  readonly #stack: Frame[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#wellFormed = text.isWellFormed();
  }

  parse(): JsonValue {
    for (;;) {
      let value = this.#open() ?? this.#scalar();
      if (!value) continue;
      // Hand the finished value to the container it is in, and close every container that ends here.
      for (;;) {
        const frame = this.#stack.at(-1);
        if (!frame) return this.#finish(value);
        this.#attach(frame, value);
        const next = this.#skipSpace();
        if (next === COMMA) {
          this.#afterComma(frame);
          break;
        }
        if (next !== (frame.container.type === 'object' ? CLOSE_OBJECT : CLOSE_ARRAY)) this.#fail('commaExpected');
        value = this.#close(frame);
      }
    }
  }

  #finish(value: JsonValue): JsonValue {
    if (!Number.isNaN(this.#skipSpace())) {
      throw new SyntaxProblem(this.#commentOr('textAfterValue'), this.#at, this.#text.length);
    }
    return value;
  }

  /** Enters a container if one starts here: gives it back when it is empty, otherwise leaves it open. */
  #open(): JsonValue | undefined {
    const code = this.#skipSpace();
    if (code !== OPEN_OBJECT && code !== OPEN_ARRAY) return undefined;
    const offset = this.#at++;
    if (this.#stack.length === MAX_DEPTH) throw new SyntaxProblem('tooDeep', offset, offset + 1);
    const members: JsonMember[] = [];
    const items: JsonValue[] = [];
    const isObject = code === OPEN_OBJECT;
    const container: Frame['container'] = isObject
      ? { type: 'object', members, offset, end: -1 }
      : { type: 'array', items, offset, end: -1 };
    const frame: Frame = { container, members, items, key: '', keyOffset: -1, keyEnd: -1, keys: undefined };
    this.#stack.push(frame);
    const next = this.#skipSpace();
    if (next === (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return this.#close(frame);
    if (isObject) this.#key(frame, 'keyExpected');
    return undefined;
  }

  #close(frame: Frame): JsonValue {
    (frame.container as Mutable<JsonValue>).end = ++this.#at;
    this.#stack.pop();
    return frame.container;
  }

  #afterComma(frame: Frame): void {
    const comma = this.#at++;
    const next = this.#skipSpace();
    if (next === CLOSE_OBJECT || next === CLOSE_ARRAY) throw new SyntaxProblem('trailingComma', comma, comma + 1);
    if (frame.container.type === 'object') this.#key(frame, 'keyExpected');
  }

  #attach(frame: Frame, value: JsonValue): void {
    if (frame.container.type === 'array') {
      frame.items.push(value);
      return;
    }
    const { key, keyOffset, keyEnd } = frame;
    frame.members.push({ key, keyOffset, keyEnd, value });
  }

  #key(frame: Frame, code: SyntaxCode): void {
    if (this.#skipSpace() !== QUOTE) this.#fail(code);
    frame.keyOffset = this.#at;
    frame.key = this.#string();
    frame.keyEnd = this.#at;
    if (isDuplicate(frame)) {
      this.problems.push({ code: 'duplicateKey', offset: frame.keyOffset, end: frame.keyEnd, subject: frame.key });
    }
    if (this.#skipSpace() !== COLON) this.#fail('colonExpected');
    this.#at++;
  }

  #scalar(): JsonValue | undefined {
    const code = this.#skipSpace();
    const offset = this.#at;
    if (code === QUOTE) return { type: 'string', value: this.#string(), offset, end: this.#at };
    if (code === MINUS || (code >= ZERO && code <= NINE)) {
      return { type: 'number', text: this.#number(), offset, end: this.#at };
    }
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) return undefined;
    for (const literal of LITERALS) {
      if (!this.#text.startsWith(literal.text, offset)) continue;
      this.#at += literal.text.length;
      const end = this.#at;
      return literal.value === null
        ? { type: 'null', offset, end }
        : { type: 'boolean', value: literal.value, offset, end };
    }
    return this.#fail('valueExpected');
  }

  /** Moves past white space; the code unit that follows, NaN at the end of the text. */
  #skipSpace(): number {
    const text = this.#text;
    let at = this.#at;
    let code = text.charCodeAt(at);
    while (code === SPACE || code === LF || code === CR || code === TAB) code = text.charCodeAt(++at);
    this.#at = at;
    return code;
  }

  #string(): string {
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    let code = text.charCodeAt(at);
    while (code !== QUOTE && code !== BACKSLASH && code >= SPACE) code = text.charCodeAt(++at);
    if (code === QUOTE) {
      this.#at = at + 1;
      const value = text.slice(start + 1, at);
      if (!this.#wellFormed) this.#checkSurrogates(value, start);
      return value;
    }
    return this.#escapedString(start, at);
  }

  #escapedString(start: number, from: number): string {
    const text = this.#text;
    let at = from;
    for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(++at)) {
      if (Number.isNaN(code) || code === LF || code === CR) throw new SyntaxProblem('unterminatedString', start, at);
      if (code < SPACE) throw new SyntaxProblem('controlCharacter', at, at + 1);
      if (code !== BACKSLASH) continue;
      const length = escapeLength(text, at);
      if (!length) throw new SyntaxProblem('badEscape', at, Math.min(at + 2, text.length));
      at += length - 1;
    }
    this.#at = at + 1;
    const source = text.slice(start, at + 1);
    // The literal has been checked: decoding it is what JSON.parse is good at.
    const value: unknown = JSON.parse(source);
    if (typeof value !== 'string') throw new Error('a checked string literal did not decode to a string');
    if (!this.#wellFormed || SURROGATE_ESCAPE.test(source)) this.#checkSurrogates(value, start);
    return value;
  }

  #checkSurrogates(value: string, offset: number): void {
    if (!value.isWellFormed()) this.problems.push({ code: 'loneSurrogate', offset, end: this.#at });
  }

  #number(): string {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    let code = text.charCodeAt(at);
    if (code === MINUS) code = text.charCodeAt(++at);
    const leading = code;
    const whole = at;
    while (code >= ZERO && code <= NINE) code = text.charCodeAt(++at);
    let valid = at > whole && (leading !== ZERO || at === whole + 1);
    if (code === DOT) {
      const fraction = ++at;
      while (isDigit(text.charCodeAt(at))) at++;
      valid &&= at > fraction;
      code = text.charCodeAt(at);
    }
    let exponent = false;
    if (code === LOWER_E || code === UPPER_E) {
      exponent = true;
      code = text.charCodeAt(++at);
      if (code === PLUS || code === MINUS) at++;
      const digits = at;
      while (isDigit(text.charCodeAt(at))) at++;
      valid &&= at > digits;
    }
    if (!valid) throw new SyntaxProblem('badNumber', start, Math.max(at, start + 1));
    this.#at = at;
    const literal = text.slice(start, at);
    if ((exponent || literal.length > 300) && !Number.isFinite(Number(literal))) {
      this.problems.push({ code: 'numberOutOfRange', offset: start, end: at, subject: literal });
    }
    return literal;
  }

  #fail(code: SyntaxCode): never {
    const word = /\w+|./suy;
    word.lastIndex = this.#at;
    const length = word.exec(this.#text)?.[0].length ?? 0;
    throw new SyntaxProblem(this.#commentOr(code), this.#at, this.#at + length);
  }

  #commentOr(code: SyntaxCode): SyntaxCode {
    const next = this.#text.charCodeAt(this.#at + 1);
    return this.#text.charCodeAt(this.#at) === SLASH && (next === SLASH || next === STAR) ? 'commentNotAllowed' : code;
  }
}

const LITERALS = [
  { text: 'true', value: true },
  { text: 'false', value: false },
  { text: 'null', value: null },
] as const;

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function escapeLength(text: string, at: number): number {
  const code = text[at + 1];
  if (code === 'u') return /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)) ? 6 : 0;
  return code !== undefined && '"\\/bfnrt'.includes(code) ? 2 : 0;
}

function isDuplicate(frame: Frame): boolean {
  const { members, key } = frame;
  if (members.length < WALK_UP_TO) {
    for (const member of members) if (member.key === key) return true;
    return false;
  }
  frame.keys ??= new Set(members.map(member => member.key));
  if (frame.keys.has(key)) return true;
  frame.keys.add(key);
  return false;
}
