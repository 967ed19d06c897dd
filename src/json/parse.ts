// Parses strict JSON (RFC 8259) into a value with ranges and a list of problems.
import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, MINUS, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './characters';
import { type JsonProblem, type SyntaxCode, SyntaxProblem } from './problems';
import { isDigit, Scanner } from './scanner';
import type { JsonMember, JsonValue } from './value';

export interface ParseResult {
  /** Undefined exactly when there is a syntax problem. */
  readonly value: JsonValue | undefined;
  /** Ordered by offset. At most one is a syntax problem, and then it is the last. */
  readonly problems: readonly JsonProblem[];
}

/** Deeper text is refused as `tooDeep`, so that later steps can rely on this limit. */
export const MAX_DEPTH = 10_000;

/**
 * Text with more values is refused as `tooManyValues`: a value takes about a hundred bytes of memory, but only two of
 * text (`0,`). Counts values at every level, containers included, keys not. A profile of 10 KB (Auth0 deprecates larger
 * ones) has a thousand; one of 16 MB, the largest that Auth0 ever accepted, has fewer than 800,000.
 */
export const MAX_VALUES = 1_000_000;

/** Parses `text` in linear time. Never throws. No recursion, so that deep nesting costs no stack. */
export function parseJson(text: string): ParseResult {
  const scanner = new Scanner(text);
  try {
    return { value: new TreeBuilder(scanner).build(), problems: scanner.problems };
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return { value: undefined, problems: [...scanner.problems, error.problem] };
  }
}

/** An array or object that is still open. */
interface Frame {
  readonly isObject: boolean;
  readonly offset: number;
  /** Index of its first child in `#members` or `#items`. */
  readonly first: number;
  /** The key whose value comes next. */
  key: string;
  keyOffset: number;
  keyEnd: number;
  /** All keys, once there are too many for a linear search. */
  keys: Set<string> | undefined;
}

const WALK_UP_TO = 8;

class TreeBuilder {
  readonly #scanner: Scanner;
  readonly #open: Frame[] = [];
  // Children of all open containers. A container that ends moves its own into an array of exact size.
  readonly #members: JsonMember[] = [];
  readonly #items: JsonValue[] = [];
  #values = 0;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  build(): JsonValue {
    for (;;) {
      let value = this.#begin();
      // Hand the finished value to the container it is in, and close every container that ends here.
      while (value) {
        const frame = this.#open.at(-1);
        if (!frame) return this.#finish(value);
        this.#attach(frame, value);
        const next = this.#scanner.skipSpace();
        if (next === COMMA) {
          this.#afterComma(frame);
          break;
        }
        if (next !== (frame.isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) this.#scanner.fail('commaExpected');
        value = this.#close(frame);
      }
    }
  }

  #finish(value: JsonValue): JsonValue {
    const scanner = this.#scanner;
    if (Number.isNaN(scanner.skipSpace())) return value;
    throw new SyntaxProblem(scanner.commentOr('textAfterValue'), scanner.at, scanner.text.length);
  }

  /** Reads a scalar or an empty container. Undefined for a container with children: that one is now open. */
  #begin(): JsonValue | undefined {
    const scanner = this.#scanner;
    const code = scanner.skipSpace();
    const offset = scanner.at;
    if (++this.#values > MAX_VALUES) throw new SyntaxProblem('tooManyValues', offset, offset + 1);
    if (code === QUOTE) return { type: 'string', value: scanner.string(), offset, end: scanner.at };
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) return this.#openContainer(code === OPEN_OBJECT);
    if (code === MINUS || isDigit(code)) return { type: 'number', text: scanner.number(), offset, end: scanner.at };
    if (scanner.takes('true')) return { type: 'boolean', value: true, offset, end: scanner.at };
    if (scanner.takes('false')) return { type: 'boolean', value: false, offset, end: scanner.at };
    if (scanner.takes('null')) return { type: 'null', offset, end: scanner.at };
    return scanner.fail('valueExpected');
  }

  #openContainer(isObject: boolean): JsonValue | undefined {
    const scanner = this.#scanner;
    const offset = scanner.at++;
    if (this.#open.length === MAX_DEPTH) throw new SyntaxProblem('tooDeep', offset, offset + 1);
    const first = isObject ? this.#members.length : this.#items.length;
    const frame: Frame = { isObject, offset, first, key: '', keyOffset: -1, keyEnd: -1, keys: undefined };
    this.#open.push(frame);
    const next = scanner.skipSpace();
    if (next === (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return this.#close(frame);
    if (isObject) this.#key(frame, 'keyExpected');
    return undefined;
  }

  #close({ isObject, offset, first }: Frame): JsonValue {
    const end = ++this.#scanner.at;
    this.#open.pop();
    if (isObject) return { type: 'object', members: this.#members.splice(first), offset, end };
    return { type: 'array', items: this.#items.splice(first), offset, end };
  }

  #afterComma(frame: Frame): void {
    const comma = this.#scanner.at++;
    const next = this.#scanner.skipSpace();
    if (next === CLOSE_OBJECT || next === CLOSE_ARRAY) throw new SyntaxProblem('trailingComma', comma, comma + 1);
    if (frame.isObject) this.#key(frame, 'keyExpected');
  }

  #attach({ isObject, key, keyOffset, keyEnd }: Frame, value: JsonValue): void {
    if (isObject) this.#members.push({ key, keyOffset, keyEnd, value });
    else this.#items.push(value);
  }

  #key(frame: Frame, code: SyntaxCode): void {
    const scanner = this.#scanner;
    if (scanner.skipSpace() !== QUOTE) scanner.fail(code);
    frame.keyOffset = scanner.at;
    frame.key = scanner.string();
    frame.keyEnd = scanner.at;
    if (this.#isDuplicate(frame)) {
      const { key: subject, keyOffset: offset, keyEnd: end } = frame;
      scanner.problems.push({ code: 'duplicateKey', offset, end, subject });
    }
    if (scanner.skipSpace() !== COLON) scanner.fail('colonExpected');
    scanner.at++;
  }

  #isDuplicate(frame: Frame): boolean {
    const { key, first } = frame;
    const members = this.#members;
    if (members.length - first < WALK_UP_TO) {
      for (let i = first; i < members.length; i++) if (members[i]?.key === key) return true;
      return false;
    }
    frame.keys ??= new Set(members.slice(first).map(member => member.key));
    if (frame.keys.has(key)) return true;
    frame.keys.add(key);
    return false;
  }
}
