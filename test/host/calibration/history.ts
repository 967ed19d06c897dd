// What can happen to documents of a file system, as plain data: fast-check draws it, shrinks it, and prints it.
import fc from 'fast-check';

/** Two names of one file, and another file. */
export const NAMES = ['a/1', 'a/2', 'b/1'] as const;
export type Name = (typeof NAMES)[number];

/** Before a call of the step is answered, or while the will-save event is heard: somebody types. */
export interface During {
  readonly call: 'stat' | 'read' | 'write' | 'willSave';
  readonly text: string;
  /** And saves again, without waiting. */
  readonly saves: boolean;
}

type Simple =
  | 'open'
  | 'openTab'
  | 'preview'
  | 'openText'
  | 'saveAll'
  | 'undo'
  | 'revert'
  | 'closeTab'
  | 'letGo'
  | 'typeBack'
  | 'event';

export type Step = {
  readonly name: Name;
  readonly during?: During | undefined;
} & (
  | { readonly do: Simple }
  | { readonly do: 'save' | 'forceSave' | 'saveWithoutFormatting'; readonly refuse: boolean }
  | { readonly do: 'type' | 'writeBeside'; readonly text: string }
  | { readonly do: 'move'; readonly text: string; readonly grows: boolean; readonly tells: boolean }
  | { readonly do: 'setLanguage'; readonly language: string }
  | { readonly do: 'diff' | 'closeDiff'; readonly other: Name }
);

export interface History {
  /** Whether mtime moves with a write, as it does on disk. */
  readonly growsOnWrite: boolean;
  /** Whether a formatter ends every text with a `!` when it is saved. */
  readonly formats: boolean;
  readonly steps: readonly Step[];
}

/** Many of equal length. */
const text = fc.constantFrom('one', 'two', 'six', 'three', 'four', 'sixteen', '');
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Name>('a/1') },
  { weight: 2, arbitrary: fc.constant<Name>('a/2') },
  { weight: 1, arbitrary: fc.constant<Name>('b/1') },
);
const during = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.record({ call: fc.constantFrom('stat', 'read', 'write', 'willSave'), text, saves: fc.boolean() }),
  },
);

const simple = (...names: Simple[]) => fc.record({ do: fc.constantFrom(...names), name, during });

const type = fc.record({ do: fc.constant('type'), name, text });
const save = fc.record({
  do: fc.constantFrom('save', 'save', 'forceSave', 'saveWithoutFormatting'),
  name,
  during,
  refuse: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});
const move = fc.record({ do: fc.constant('move'), name, text, grows: fc.boolean(), tells: fc.boolean(), during });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: simple('open', 'openTab') },
  { weight: 2, arbitrary: simple('preview', 'openText', 'saveAll') },
  { weight: 2, arbitrary: simple('closeTab') },
  { weight: 1, arbitrary: simple('closeTab', 'letGo') },
  { weight: 2, arbitrary: simple('revert', 'undo', 'typeBack', 'event') },
  { weight: 6, arbitrary: type },
  { weight: 5, arbitrary: save },
  { weight: 5, arbitrary: move },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('writeBeside'), name, text }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('setLanguage'), name, language: fc.constantFrom('ini', 'xml') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('diff', 'diff', 'closeDiff'), name, other: fc.constantFrom(...NAMES) }),
  },
);

/** What chance alone would seldom put together: all with one document. */
const scene: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(step) },
  // VS Code takes the file for newer than the text, and goes on doing so.
  { weight: 1, arbitrary: about(type, move, save, save) },
  { weight: 1, arbitrary: about(move, type, save, type, save) },
  // Opened again while it is still there.
  { weight: 1, arbitrary: about(simple('open'), simple('closeTab'), move, simple('open', 'openTab')) },
  // Gone at once: an extension has asked for it, but it was open already.
  { weight: 1, arbitrary: about(simple('openTab'), simple('open', 'openText'), simple('closeTab')) },
);

function about(...steps: fc.Arbitrary<Step>[]): fc.Arbitrary<Step[]> {
  return fc.tuple(name, ...steps).map(([one, ...all]) => all.map(each => ({ ...each, name: one })));
}

const scenes = fc.array(scene, { minLength: 2, maxLength: 9, size: 'max' });

export const history: fc.Arbitrary<History> = fc.record({
  growsOnWrite: fc.boolean(),
  formats: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  steps: scenes.map(parts => parts.flat()),
});
