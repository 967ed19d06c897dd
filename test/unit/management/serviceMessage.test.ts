import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readServiceError } from '../../../src/management/http/serviceMessage';

const of = (message: string, errorCode?: string) =>
  readServiceError(JSON.stringify({ statusCode: 400, error: 'Bad Request', message, errorCode }));

/** Shown as they are. */
const SAFE = [
  'The user does not exist.',
  'The user already exists.',
  'Insufficient scope, expected any of: update:users,update:users_app_metadata',
  'Global limit has been reached',
  'Expired token received for JSON Web Token validation',
  'Bad HTTP authentication header format',
  'You can only page through the first 1000 records.',
  'PasswordStrengthError: Password is too weak',
  'The connection does not exist.',
];

for (const message of SAFE) test(message, () => assert.equal(of(message).serviceMessage, message));

/** Cut to what cannot be of the request, or to nothing. */
const CUT: readonly (readonly [string, string | undefined])[] = [
  ['The user hunter2 does not exist.', undefined],
  ['hunter2', undefined],
  ['Bad audience: hunter2', 'Bad audience'],
  ['PasswordStrengthError: Password is too weak: hunter2', 'PasswordStrengthError: Password is too weak'],
  [
    "Payload validation error: 'Object didn't pass validation for format email: hunter2' on property email.",
    "Object didn't pass validation for format email",
  ],
  [
    "Payload validation error: 'String does not match pattern ^[a-z]+$: hunter2' on property username",
    'String does not match pattern',
  ],
  ["Payload validation error: 'No enum match for: hunter2'", 'No enum match'],
  [
    'Fields with "." are not allowed, please remove all dotted fields.\nExample: "hunter2.x".',
    'Fields with "." are not allowed',
  ],
  [
    "Query validation error: 'Object didn't pass validation for format page: hunter2' on property page.",
    "Object didn't pass validation for format page",
  ],
  ["Payload validation error: 'hunter2'", undefined],
];

for (const [message, shown] of CUT) {
  test(message, () => assert.equal(of(message).serviceMessage, shown));
}

const PATHS: readonly (readonly [string, string | undefined, readonly string[] | undefined])[] = [
  [
    "Payload validation error: 'Expected type object but found type string' on property user_metadata (Data related to the user).",
    'Expected type object but found type string',
    ['user_metadata'],
  ],
  [
    "Payload validation error: 'Expected type string but found type integer' on property user_metadata.a b.c.",
    'Expected type string but found type integer',
    ['user_metadata', 'a b', 'c'],
  ],
  [
    "Payload validation error: 'Additional properties not allowed: user_id'.",
    'Additional properties not allowed',
    ['user_id'],
  ],
  ["Payload validation error: 'Additional properties not allowed: a,b'", 'Additional properties not allowed', ['a']],
  [
    "Payload validation error: 'Missing required property: connection'.",
    'Missing required property: connection',
    undefined,
  ],
  [
    "Payload validation error: 'String is too short (0 chars), minimum 1' on property password (Initial password (min. 1)).",
    'String is too short (0 chars), minimum 1',
    ['password'],
  ],
];

for (const [message, rule, path] of PATHS) {
  test(message, () => {
    const { serviceMessage, path: actual } = of(message, 'invalid_body');
    assert.deepEqual([serviceMessage, actual], [rule, path]);
  });
}

test('the path of a query is none of the body', () =>
  assert.equal(
    of("Query validation error: 'Expected type integer but found type string' on property page.").path,
    undefined,
  ));

test('errorCode', () => assert.equal(of('', 'inexistent_user').errorCode, 'inexistent_user'));
test('errorCode Bearer', () => assert.equal(of('', 'Bearer').errorCode, 'Bearer'));
for (const code of ['eyJhbGciOi.J9.x', 'With Spaces', 'Hunter2', 'a'.repeat(41), '']) {
  test(`errorCode ${JSON.stringify(code)} is none`, () => assert.equal(of('', code).errorCode, undefined));
}

test('the shape of /oauth/token', () => {
  const error = { error: 'access_denied', error_description: 'Unauthorized' };
  const { errorCode, serviceMessage } = readServiceError(JSON.stringify(error));
  assert.deepEqual([errorCode, serviceMessage], ['access_denied', 'Unauthorized']);
});

test('its description is cut before the audience', () => {
  const error = { error: 'access_denied', error_description: 'Service not enabled within domain: https://x/' };
  assert.equal(readServiceError(JSON.stringify(error)).serviceMessage, 'Service not enabled within domain');
});

for (const text of ['', '<html>hunter2</html>', '"hunter2"', '[]', 'null', '{"message":{"a":1}}', '{"message":"x"']) {
  test(`nothing is read from ${text}`, () =>
    assert.deepEqual(readServiceError(text), {
      errorCode: undefined,
      serviceMessage: undefined,
      path: undefined,
      isAuth0s: false,
    }));
}

test('a hostile message is read in linear time', () => {
  const message = `Payload validation error: '${"' on property ".repeat(20_000)}`;
  assert.equal(of(message).serviceMessage, undefined);
});

const SHAPES: readonly (readonly [isAuth0s: boolean, body: unknown])[] = [
  [true, { statusCode: 403, error: 'Forbidden', message: 'x' }],
  [true, { statusCode: 404, error: 'Not Found', message: 'x', errorCode: 'inexistent_user' }],
  [true, { error: 'access_denied', error_description: 'Unauthorized' }],
  [false, { error: 'Forbidden' }],
  [false, { message: 'Insufficient scope, expected any of: read:users' }],
  [false, { statusCode: 403, message: 'Access denied by policy' }],
  [false, { statusCode: '403', error: 'Forbidden', message: 'x' }],
  [false, { error_description: 'x' }],
  [false, {}],
  [false, [{ statusCode: 403, error: 'Forbidden', message: 'x' }]],
];
for (const [isAuth0s, body] of SHAPES) {
  test(`${JSON.stringify(body)} is ${isAuth0s ? '' : 'not '}of Auth0`, () =>
    assert.equal(readServiceError(JSON.stringify(body)).isAuth0s, isAuth0s));
}
