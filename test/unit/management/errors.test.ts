import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManagementError } from '../../../src/management/errors';

test('an error of another bundle, whose class is another one, is known as well', () => {
  class FromAnotherBundle extends Error {
    override readonly name = 'ManagementError';
    readonly kind = 'notFound';
  }
  assert.equal(ManagementError.is(new FromAnotherBundle()), true);
  assert.equal(ManagementError.is(new FromAnotherBundle(), 'notFound'), true);
  assert.equal(ManagementError.is(new FromAnotherBundle(), 'network'), false);
});

test('other errors, and what only looks like one, are none', () => {
  assert.equal(ManagementError.is(new Error('ManagementError')), false);
  assert.equal(ManagementError.is({ name: 'ManagementError', kind: 'network' }), false);
  assert.equal(ManagementError.is(undefined), false);
});
