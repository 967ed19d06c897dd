// What can happen to a user's document in VS Code, as plain data: fast-check draws it, shrinks it, and prints it.
import fc from 'fast-check';

/** One key set or removed. Values are told apart by a count, so that each says who wrote it. */
export interface Edit {
  readonly key: Key;
  /** A text of the same length is taken for the same file by VS Code. */
  readonly to: 'same length' | 'longer' | 'removed';
}

export const KEYS = ['a', 'b', 'p', 'o.x', 'o.z', 'new'] as const;
export type Key = (typeof KEYS)[number];

/** Where a person or somebody else gets in between. */
export const MOMENTS = ['willSave', 'getSent', 'getAnswered', 'asked', 'patchSent', 'patchAnswered', 'saved'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Meanwhile {
  readonly at: Moment;
  /** `foreign`: another extension writes the file. */
  readonly do: 'type' | 'remote' | 'foreign';
  readonly edit: Edit;
}

export type ConflictAnswer = 'Compare' | 'Overwrite' | 'Take Theirs' | undefined;
export type ConfirmAnswer = 'Save' | 'Show Changes' | undefined;

/** `on` chooses among the documents of the user that are open in a tab. */
export interface Save {
  readonly do: 'save';
  readonly on: number;
  /** Just before it. */
  readonly mine?: Edit | undefined;
  readonly theirs?: Edit | undefined;
  readonly by: 'api' | 'command';
  /** For the questions in their order; after the last one, *Cancel*. */
  readonly conflicts: readonly ConflictAnswer[];
  readonly confirms: readonly ConfirmAnswer[];
  readonly meanwhile: readonly Meanwhile[];
  /** `settle`: reloads come through first; an edit: typed before they can. */
  readonly next: 'settle' | 'go on' | Edit;
}

/** All tabs are closed, perhaps the model goes; then the user is opened again. */
export interface Reopen {
  readonly do: 'reopen';
  readonly lastTab: 'text' | 'diff';
  readonly model: 'kept' | 'gone';
  readonly theirs?: Edit | undefined;
  readonly by: 'command' | 'uri' | 'second uri' | 'diff';
  /** Typed as soon as an editor is seen. */
  readonly mine?: Edit | undefined;
}

export type Step =
  | { readonly do: 'type'; readonly on: number; readonly edit: Edit }
  | { readonly do: 'remote'; readonly edit: Edit }
  | { readonly do: 'type back' | 'undo' | 'revert' | 'diff' | 'save without formatting'; readonly on: number }
  | { readonly do: 'second'; readonly edit?: Edit | undefined }
  | { readonly do: 'language'; readonly on: number; readonly theirs?: Edit | undefined }
  | { readonly do: 'foreign'; readonly on: number; readonly edit?: Edit | undefined }
  | { readonly do: 'refresh'; readonly wait: boolean }
  | { readonly do: 'settle' }
  | Save
  | Reopen;

const edit: fc.Arbitrary<Edit> = fc.record({
  key: fc.constantFrom(...KEYS, 'a', 'a', 'a', 'b', 'p', 'p'),
  to: fc.constantFrom<Edit['to'][]>(...many(5, 'same length' as const), 'longer', 'longer', 'removed'),
});

const on = fc.nat(1);

/** One time in `times` nothing. */
function often<T>(arbitrary: fc.Arbitrary<T>, times = 4): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary }, { weight: 1, arbitrary: fc.constant(undefined) });
}

const meanwhile: fc.Arbitrary<Meanwhile> = fc.record({
  at: fc.constantFrom(...MOMENTS, 'getSent', 'patchSent', 'saved'),
  do: fc.constantFrom<Meanwhile['do'][]>('type', 'type', 'type', 'remote', 'remote', 'foreign'),
  edit,
});

const save: fc.Arbitrary<Save> = fc.record({
  do: fc.constant('save'),
  on,
  mine: often(edit, 6),
  theirs: often(edit, 2),
  by: fc.constantFrom('api', 'api', 'command'),
  conflicts: fc.array(fc.constantFrom('Compare', 'Overwrite', 'Overwrite', 'Take Theirs', undefined), { maxLength: 2 }),
  confirms: fc.array(fc.constantFrom('Save', 'Save', 'Save', 'Show Changes', undefined), { maxLength: 2 }),
  meanwhile: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(meanwhile, { minLength: 1, maxLength: 2 }) },
  ),
  next: fc.oneof(
    { weight: 3, arbitrary: edit },
    { weight: 2, arbitrary: fc.constantFrom<Save['next'][]>('settle', 'go on') },
  ),
});

const reopen: fc.Arbitrary<Reopen> = fc.record({
  do: fc.constant('reopen'),
  lastTab: fc.constantFrom('text', 'text', 'diff'),
  // Making VS Code forget costs more than all the rest.
  model: fc.constantFrom<Reopen['model'][]>(...many(9, 'kept' as const), 'gone'),
  theirs: often(edit),
  by: fc.constantFrom<Reopen['by'][]>('command', 'command', 'command', 'uri', 'second uri', 'diff'),
  mine: often(edit, 3),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('type'), on, edit }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remote'), edit }) },
  { weight: 9, arbitrary: save },
  { weight: 4, arbitrary: reopen },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('second'), edit: often(edit) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('language'), on, theirs: often(edit) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('foreign'), on, edit: often(edit) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('type back', 'undo', 'undo', 'revert'), on }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('diff', 'save without formatting'), on }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refresh'), wait: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'settle' }) },
);

export const steps = fc.array(step, { minLength: 2, maxLength: 7, size: 'max' });

function many<T>(times: number, value: T): T[] {
  return Array.from({ length: times }, () => value);
}
