// Generated JSON and metadata, with the keys and numbers that break careless code.
import fc from 'fast-check';
import { type JsonValue, jsonObject } from '../../src/json/value';
import type { Sections } from '../../src/metadata/document';
import { json } from './json';

/** Few keys, so that two documents often share some. */
const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e') },
  { weight: 2, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '', 'a b', '1', '10', 'é') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
);

const numberText = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => JSON.stringify(value)),
  fc.constantFrom('12345678901234567890', '1.0', '1e3', '0.10', '-0', '9007199254740993', '1E-7'),
);

const scalar = fc.oneof(
  numberText.map(json),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map(text => json(JSON.stringify(text))),
  fc.constantFrom('true', 'false').map(json),
);

function objectOf(value: fc.Arbitrary<JsonValue>, maxLength = 5): fc.Arbitrary<JsonValue & { type: 'object' }> {
  return fc
    .uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength })
    .map(entries => jsonObject(entries));
}

/** Any value, `null` included, at most four levels deep. */
export const anyValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    { weight: 3, arbitrary: scalar },
    { weight: 1, arbitrary: fc.constant(json('null')) },
    { weight: 3, arbitrary: objectOf(tie('value'), 4) },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('value'), { maxLength: 3 })
        .map((items): JsonValue => ({ type: 'array', items, offset: -1, end: -1 })),
    },
  ),
})).value;

/** Few different items, so that two arrays often share some, in another order too. */
export const anyArray: fc.Arbitrary<JsonValue> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('1', '"a"', '"b"', '{"x":1}', '{"x":2}', '[1]').map(json) },
      anyValue,
    ),
    {
      maxLength: 5,
    },
  )
  .map((items): JsonValue => ({ type: 'array', items, offset: -1, end: -1 }));

const rootValue = anyValue.filter(({ type }) => type !== 'null');

/** A section as the service can hold one: no `null` at the root. */
export const section = objectOf(rootValue);

export const metadata: fc.Arbitrary<Sections> = fc.record({ user_metadata: section, app_metadata: section });

/** Random edits of `value`: members set, removed or changed below, as a person or a program would. */
export function edited(value: Sections): fc.Arbitrary<Sections> {
  return fc.record({
    user_metadata: editedObject(value.user_metadata, 3),
    app_metadata: editedObject(value.app_metadata, 3),
  });
}

type Obj = Sections['user_metadata'];

function editedObject(object: Obj, depth: number): fc.Arbitrary<Obj> {
  const root = depth === 3;
  const members = object.members.map(({ key: name, value }) => {
    const below = value.type === 'object' && depth > 0 ? editedObject(value, depth - 1) : fc.constant(value);
    return fc
      .oneof(
        { weight: 5, arbitrary: fc.constant<JsonValue | undefined>(value) },
        { weight: 3, arbitrary: below },
        { weight: 1, arbitrary: root ? rootValue : anyValue },
        { weight: 1, arbitrary: fc.constant(undefined) },
      )
      .map((next): [string, JsonValue][] => (next ? [[name, next]] : []));
  });
  const added = fc.array(fc.tuple(key, root ? rootValue : anyValue), { maxLength: 2 });
  return fc.tuple(fc.tuple(...members), added).map(([kept, extra]) => {
    const entries = kept.flat();
    for (const [name, value] of extra) if (!entries.some(([taken]) => taken === name)) entries.push([name, value]);
    return jsonObject(entries);
  });
}

/** base, edited and remote: two independent edits of one document. */
export const threeSides: fc.Arbitrary<readonly [Sections, Sections, Sections]> = metadata.chain(base =>
  fc.tuple(fc.constant(base), edited(base), edited(base)),
);
