// What can happen to a user who is being edited, as plain data: fast-check draws it, shrinks it, and prints it.
import fc from 'fast-check';
import { CONFIRM_POLICIES, type ConfirmPolicy } from '../../../src/saving/confirmPolicy';
import { type Edit, edit } from './edits';

/** What goes wrong with a request. Those of the second line leave a PATCH applied. */
export const PATCH_FAULTS = [
  ...['resetBefore', 'timeoutLost', 'gateway502', 'limited', 'invalid', 'unauthorized', 'forbidden', 'notFound'],
  ...['conflict', 'tooLarge', 'serverError', 'unavailable'],
  ...['resetAfter', 'timeoutApplied', 'gateway502Applied', 'truncated', 'cut'],
] as const;
export const GET_FAULTS = [
  'resetBefore',
  'timeoutLost',
  'limited',
  'forbidden',
  'notFound',
  'serverError',
  'html',
] as const;
export type FaultName = (typeof PATCH_FAULTS)[number] | (typeof GET_FAULTS)[number];

/** Something that happens in the middle of a save, once. */
export interface Meanwhile {
  readonly at: 'willSave' | 'getSent' | 'getAnswered' | 'asked' | 'patchSent' | 'patchAnswered' | 'fileEvent' | 'shown';
  readonly event: { readonly do: 'type' | 'remote'; readonly edit: Edit } | { readonly do: 'login' };
}

export type Action =
  | { readonly do: 'type' | 'remote'; readonly edit: Edit }
  | { readonly do: 'login' | 'break' | 'reformat' | 'restart' | 'revert' | 'look' }
  | { readonly do: 'check'; readonly answer: 'Merge Now' | 'Compare' | undefined }
  | { readonly do: 'undo'; readonly which: number; readonly putBack: boolean }
  | { readonly do: 'policy'; readonly policy: ConfirmPolicy }
  /** Ctrl+Z and its opposite. */
  | { readonly do: 'stepBack' | 'stepForward' | 'language' }
  /** Another extension writes the file; the document is saved otherwise than by hand. */
  | { readonly do: 'foreign'; readonly edit: Edit }
  | { readonly do: 'unasked'; readonly how: 'afterDelay' | 'focusOut' | 'withoutFormatting' }
  | Reopen
  | Second
  | Save;

/** All tabs are closed and the user is opened again, by us or by VS Code itself; `meanwhile` somebody writes. */
export interface Reopen {
  readonly do: 'reopen';
  readonly how: 'kept' | 'gone' | 'keptByVsCode' | 'goneByVsCode' | 'comparison';
  readonly meanwhile: Edit | undefined;
  /** Typed before VS Code has shown what has changed. */
  readonly atOnce: Edit | undefined;
}

/** The same user under another label, edited, saved and closed. */
export interface Second {
  readonly do: 'second';
  readonly before: Edit | undefined;
  readonly save: Save;
}

export interface Save {
  readonly do: 'save';
  /** Just before it. */
  readonly first: readonly ({ readonly do: 'type' | 'remote'; readonly edit: Edit } | { readonly do: 'break' })[];
  /** For the questions in their order; after the last one, *Cancel*. */
  readonly conflicts: readonly ('Compare' | 'Overwrite' | 'Take Theirs' | undefined)[];
  readonly confirms: readonly ('Save' | 'Show Changes' | undefined)[];
  readonly getFault?: FaultName | undefined;
  readonly patchFault?: FaultName | undefined;
  readonly readBackFault?: FaultName | undefined;
  readonly meanwhile: readonly Meanwhile[];
}

const typing: fc.Arbitrary<Meanwhile['event']> = fc.record({ do: fc.constant('type'), edit });
const anything: fc.Arbitrary<Meanwhile['event']> = fc.oneof(
  { weight: 3, arbitrary: typing },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remote'), edit }) },
  { weight: 1, arbitrary: fc.constant({ do: 'login' }) },
);

const meanwhile: fc.Arbitrary<Meanwhile> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      at: fc.constantFrom('getSent', 'getAnswered', 'asked', 'patchSent', 'patchAnswered'),
      event: anything,
    }),
  },
  { weight: 2, arbitrary: fc.record({ at: fc.constantFrom('willSave', 'fileEvent', 'shown'), event: anything }) },
);

/** Both sides change something, often in the same place. */
const bothSides: fc.Arbitrary<Save['first']> = fc.tuple(edit, edit, fc.boolean()).map(([mine, theirs, clash]) => [
  { do: 'type', edit: mine },
  { do: 'remote', edit: clash ? { ...theirs, picks: mine.picks, how: mine.how } : theirs },
]);

const save: fc.Arbitrary<Save> = fc.record({
  do: fc.constant('save'),
  first: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom<Save['first'][]>([], [], [], [{ do: 'break' }]) },
    { weight: 4, arbitrary: edit.map((mine): Save['first'] => [{ do: 'type', edit: mine }]) },
    { weight: 6, arbitrary: bothSides },
  ),
  conflicts: fc.array(fc.constantFrom('Compare', 'Overwrite', 'Overwrite', 'Take Theirs', undefined), { maxLength: 3 }),
  confirms: fc.array(fc.constantFrom('Save', 'Save', 'Save', 'Show Changes', undefined), { maxLength: 3 }),
  getFault: in1(8, fc.constantFrom(...GET_FAULTS)),
  patchFault: in1(3, fc.constantFrom(...PATCH_FAULTS)),
  readBackFault: in1(3, fc.constantFrom(...GET_FAULTS)),
  meanwhile: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(meanwhile, { maxLength: 3 }) },
  ),
});

/** One time in `times`, else undefined. */
function in1<T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 7, arbitrary: fc.record({ do: fc.constant('type'), edit }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('remote'), edit }) },
  { weight: 8, arbitrary: save },
  { weight: 1, arbitrary: fc.constantFrom(...simple('login', 'break', 'reformat')) },
  { weight: 2, arbitrary: fc.constantFrom(...simple('restart', 'revert', 'look')) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('check'),
      answer: fc.constantFrom('Merge Now', 'Merge Now', 'Compare', undefined),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo'), which: fc.nat(3), putBack: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('policy'), policy: fc.constantFrom(...CONFIRM_POLICIES) }) },
  { weight: 4, arbitrary: fc.constantFrom(...simple('stepBack', 'stepBack', 'stepForward', 'language')) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('foreign'), edit }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('unasked'),
      how: fc.constantFrom('afterDelay', 'focusOut', 'withoutFormatting'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('reopen'),
      how: fc.constantFrom('kept', 'kept', 'gone', 'keptByVsCode', 'goneByVsCode', 'comparison'),
      meanwhile: fc.option(edit, { nil: undefined }),
      atOnce: fc.option(edit, { nil: undefined, freq: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('second'), before: fc.option(edit, { nil: undefined }), save }),
  },
);

type Simple = 'login' | 'break' | 'reformat' | 'restart' | 'revert' | 'look' | 'stepBack' | 'stepForward' | 'language';

function simple(...names: readonly Simple[]): Action[] {
  return names.map(name => ({ do: name }));
}

export const actions = fc.array(action, { minLength: 2, maxLength: 14, size: 'max' });
