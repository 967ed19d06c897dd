// Codes and ranges of the problems that a JSON text can have.

/** A syntax code ends the parse; the others are found in text that is otherwise valid JSON. */
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
  | 'tooDeep'
  | 'tooManyValues';

export interface JsonProblem {
  readonly code: JsonProblemCode;
  /** UTF-16 range in the text; never empty unless the text ends there. */
  readonly offset: number;
  readonly end: number;
  /** The key or literal concerned, where there is one. */
  readonly subject?: string;
}

/** Thrown to end a parse at any depth; `parseJson` catches it. */
export class SyntaxProblem extends Error {
  readonly problem: JsonProblem;

  constructor(code: SyntaxCode, offset: number, end: number) {
    super(code);
    this.problem = { code, offset, end };
  }
}
