// Reads the words of a `q`: bare words with escapes and wildcards, phrases, fields, range ends.
import { ANY_CHARACTER, ANY_TEXT, LuceneError, type Wildcard } from './syntax';

/** A word that was read: its literal text, and its pieces if it has a wildcard that is not escaped. */
export interface Word {
  readonly text: string;
  readonly wildcard: Wildcard | undefined;
  /** Segments of a path: an escaped dot is part of a name. */
  readonly segments: readonly string[];
}

/** These end a bare word. `+ - !` are not here: they count only at its beginning, where the parser takes them first. */
const ENDS_WORD = new Set([' ', '\t', '\n', '\r', '\u3000', '"', '(', ')', ':', '^', '[', ']', '{', '}', '~']);

export class Reader {
  readonly #source: string;
  #position = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get atEnd(): boolean {
    return this.#position >= this.#source.length;
  }

  peek(length = 1): string {
    return this.#source.substr(this.#position, length);
  }

  skipSpace(): void {
    while (/^\s$/.test(this.peek())) this.#position++;
  }

  /** Consumes `text` if it comes next. */
  take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#position)) return false;
    this.#position += text.length;
    return true;
  }

  /** Consumes `text` and the spaces before it, or nothing. */
  takeBehindSpace(text: string): boolean {
    const before = this.#position;
    this.skipSpace();
    if (this.take(text)) return true;
    this.#position = before;
    return false;
  }

  /** Consumes an operator in capitals, if it comes next as a whole word. */
  takeOperator(name: string): boolean {
    const after = this.#source.charAt(this.#position + name.length);
    return (after === '' || ENDS_WORD.has(after)) && this.take(name);
  }

  word(): Word {
    const pieces: Wildcard[number][] = [];
    const segments = [''];
    let literal = '';
    let text = '';
    const flush = (): void => {
      if (literal !== '') pieces.push(literal);
      literal = '';
    };
    for (let char = this.peek(); char !== '' && !ENDS_WORD.has(char); char = this.peek()) {
      this.#position++;
      // Slashes enclose a regular expression. The service was never seen to accept one.
      if (char === '/') throw new LuceneError('a slash needs a backslash');
      const escaped = char === '\\';
      if (escaped) {
        char = this.peek();
        if (char === '') throw new LuceneError('a backslash with nothing behind it');
        this.#position++;
      }
      text += char;
      if (!escaped && (char === '*' || char === '?')) {
        flush();
        pieces.push(char === '*' ? ANY_TEXT : ANY_CHARACTER);
      } else {
        literal += char;
      }
      if (!escaped && char === '.') segments.push('');
      else segments.push((segments.pop() ?? '') + char);
    }
    flush();
    if (text === '') throw new LuceneError(`a term is missing before "${this.peek() || 'the end'}"`);
    return { text, segments, wildcard: pieces.some(piece => typeof piece === 'symbol') ? pieces : undefined };
  }

  /** Reads the rest of a phrase, after the opening quote. */
  phrase(): string {
    let text = '';
    while (!this.take('"')) {
      if (this.atEnd) throw new LuceneError('a phrase is not closed');
      this.take('\\');
      text += this.peek();
      this.#position++;
    }
    return text;
  }

  /** One end of a range: a phrase, or everything up to the next space or bracket (dates hold colons). */
  rangeEnd(): string {
    this.skipSpace();
    if (this.take('"')) return this.phrase();
    let text = '';
    while (!this.atEnd && !/^[\s\]}]$/.test(this.peek())) {
      this.take('\\');
      text += this.peek();
      this.#position++;
    }
    if (text === '') throw new LuceneError('a range needs two ends');
    return text;
  }

  /** Skips `^2` and `~1` after a term: they change a score, and there are no scores here. */
  skipModifiers(): void {
    for (;;) {
      if (!this.take('^') && !this.take('~')) return;
      while (/^[\d.]$/.test(this.peek())) this.#position++;
    }
  }
}
