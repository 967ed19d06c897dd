// The environment that a tenant's names speak for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Environment, guessEnvironment } from '../../../src/management/environment';

const ROWS: readonly (readonly [Environment, ...names: (string | undefined)[]])[] = [
  ['production', 'acme.eu.auth0.com'],
  ['production', 'login.acme.com', 'Acme'],
  ['production', 'acme-prod.auth0.com'],
  // The strongest word counts: unlocking costs a click, a mistake costs data.
  ['production', 'prod-test.auth0.com'],
  ['production', 'contest.auth0.com'],
  ['production', 'devon.auth0.com'],
  ['development', 'dev-a1b2c3d4.us.auth0.com'],
  ['development', 'acme-test2.eu.auth0.com'],
  ['development', 'acme.eu.auth0.com', 'Acme (QA)'],
  ['staging', 'acme-staging.eu.auth0.com'],
  ['staging', 'acme.preprod.auth0.com'],
  ['staging', 'acme-pre-prod.eu.auth0.com'],
  ['staging', 'acme.eu.auth0.com', undefined, 'UAT'],
  ['production', 'acme-stg.eu.auth0.com', 'Production'],
];

for (const [environment, ...names] of ROWS) {
  test(`${names.join(' / ')} is ${environment}`, () => assert.equal(guessEnvironment(...names), environment));
}
