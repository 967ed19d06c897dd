// One change somewhere in a document, as plain data, and documents to change.
import fc from 'fast-check';
import { isArray, isObject, type Metadata, own, type Plain, type PlainObject, SECTIONS, withKey } from './plain';

/** One change somewhere in a document: `picks` chooses the place, whatever the document then holds. */
export interface Edit {
  readonly picks: readonly number[];
  readonly how: 'set' | 'remove' | 'add' | 'both';
  readonly key: string;
  readonly value: Plain;
}

const key = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('a', 'b', 'c') },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', '', 'a b', '7') },
);

const scalar = fc.constantFrom<Plain[]>(0, 1, 2, 'x', 'y', '', true, false);

const value = fc.letrec<{ any: Plain }>(tie => ({
  any: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'plain' },
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: objectOf(tie('any')) },
    { weight: 1, arbitrary: fc.array(tie('any'), { maxLength: 2 }) },
  ),
})).any;

function objectOf(member: fc.Arbitrary<Plain>): fc.Arbitrary<PlainObject> {
  const entry = fc.tuple(key, member);
  return fc
    .uniqueArray(entry, { selector: ([name]) => name, maxLength: 3 })
    .map((entries): PlainObject => Object.fromEntries(entries));
}

const section = objectOf(value.filter(member => member !== null));

export const metadata: fc.Arbitrary<Metadata> = fc.record({ user_metadata: section, app_metadata: section });

export const edit: fc.Arbitrary<Edit> = fc.record({
  picks: fc.array(fc.nat(6), { minLength: 2, maxLength: 5 }),
  how: fc.constantFrom('set', 'set', 'remove', 'add', 'both'),
  key,
  value,
});

/** `document` with the change; the same where the place has nothing to remove. */
export function edited(document: Metadata, { picks, how, key: name, value: to }: Edit): Metadata {
  const [which = 0, ...rest] = picks;
  const target = SECTIONS[which % 2] ?? 'user_metadata';
  const root = change(document[target], rest, how === 'both' ? 'set' : how, name, to);
  // A null at the root cannot be saved; the parser's tests are about that.
  const clean = Object.fromEntries(Object.entries(root).filter(([, member]) => member !== null));
  const result = { ...document, [target]: clean };
  if (how !== 'both') return result;
  return edited(result, { picks: [which + 1, ...rest], how: 'set', key: name, value: to });
}

function change(object: PlainObject, picks: readonly number[], how: Edit['how'], name: string, to: Plain): PlainObject {
  const keys = Object.keys(object);
  const [pick = 0, ...rest] = picks;
  const chosen = keys[pick % Math.max(1, keys.length)];
  if (chosen === undefined || (how === 'add' && !rest.length))
    return how === 'remove' ? object : withKey(object, name, to);
  const child = own(object, chosen);
  // An even pick goes deeper where there is something below.
  if (rest.length && pick % 2 === 0) {
    if (isObject(child)) return put(object, chosen, change(child, rest, how, name, to));
    if (isArray(child) && child.length) {
      const at = (rest[0] ?? 0) % child.length;
      return put(
        object,
        chosen,
        child.map((item, i) => (i === at ? to : item)),
      );
    }
  }
  return how === 'remove'
    ? withKey(object, chosen, undefined)
    : how === 'add'
      ? withKey(object, name, to)
      : put(object, chosen, to);
}

/** Replaces a value in its place: the order of keys is not what is tested. */
function put(object: PlainObject, key: string, value: Plain): PlainObject {
  return Object.fromEntries(Object.entries(object).map(([name, old]) => [name, name === key ? value : old]));
}
