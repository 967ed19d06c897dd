// The parsed form of a `q`.

/** A field's path, split at its dots: `user_metadata.hobby` → ['user_metadata', 'hobby']. */
export type FieldPath = readonly string[];

export interface RangeEnd {
  /** Undefined for an open end (`*`). */
  readonly text: string | undefined;
  readonly inclusive: boolean;
}

export type Query =
  | { readonly kind: 'all' }
  | { readonly kind: 'exists'; readonly field: FieldPath }
  /** A word or a phrase; without a field it is searched in the words of the profile. */
  | { readonly kind: 'text'; readonly field: FieldPath | undefined; readonly text: string }
  | { readonly kind: 'wildcard'; readonly field: FieldPath | undefined; readonly pattern: Wildcard }
  | { readonly kind: 'range'; readonly field: FieldPath; readonly from: RangeEnd; readonly to: RangeEnd }
  | {
      readonly kind: 'clauses';
      readonly must: readonly Query[];
      readonly should: readonly Query[];
      readonly mustNot: readonly Query[];
    };

/** In order: literal text, or one of the two wildcards. */
export type Wildcard = readonly (string | typeof ANY_TEXT | typeof ANY_CHARACTER)[];

export const ANY_TEXT = Symbol('*');
export const ANY_CHARACTER = Symbol('?');

/** A `q` that is not valid in Lucene's grammar. */
export class LuceneError extends Error {}
