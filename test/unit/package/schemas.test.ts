// The schemas of our documents against Auth0's own description of the API, where it lies beside the project.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import newUser from '../../../media/schemas/new-user.schema.json';
import user from '../../../media/schemas/user.schema.json';
import { sharedFile } from '../../support/shared';

const { text, skip } = sharedFile('users-openapi.json');

type Limits = Readonly<Record<string, unknown>>;

function propertiesOf(name: string): Readonly<Record<string, Limits>> {
  return JSON.parse(text ?? '').components.schemas[name].properties;
}

test('a new user has the properties that POST /users takes, with its limits', { skip }, () => {
  const expected = propertiesOf('CreateUserRequestContent');
  const ours: Readonly<Record<string, Limits>> = newUser.properties;
  assert.deepEqual(new Set(Object.keys(ours)), new Set(Object.keys(expected)));
  for (const [name, limits] of Object.entries(ours)) {
    for (const key of ['type', 'pattern', 'maxLength']) {
      // The two metadata objects are checked by the editor, with words of its own.
      if (!name.endsWith('_metadata')) assert.equal(limits[key], expected[name]?.[key], `${name}.${key}`);
    }
  }
});

test('a user document has the two objects that the service merges', () => {
  assert.deepEqual(Object.keys(user.properties), ['user_metadata', 'app_metadata']);
});

const pattern = new RegExp(user.definitions.metadata.propertyNames.pattern);
const KEYS: readonly (readonly [key: string, accepted: boolean])[] = [
  ['hobby', true],
  ['a b', true],
  ['', true],
  ['__proto__', true],
  ['a$', true],
  ['$a', false],
  ['a.b', false],
  ['.', false],
];
for (const [key, accepted] of KEYS) test(`key ${JSON.stringify(key)}`, () => assert.equal(pattern.test(key), accepted));
