import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeJson } from '../../../src/json/write';
import { decodeProfile } from '../../../src/management/resources/decode';
import type { UserProfile } from '../../../src/management/resources/users';
import { UserDetails } from '../../../src/tree/model/userDetails';
import { tenantDomain } from '../../support/management';

const acme = tenantDomain('acme.auth0.com');

function profile(hobby: string): UserProfile {
  const decoded = decodeProfile(`{"user_id":"auth0|1","user_metadata":{"hobby":"${hobby}"}}`);
  assert.ok(decoded);
  return decoded;
}

const { id } = profile('');

test('one request for a user, whoever asks; an empty app_metadata is there', async () => {
  let requests = 0;
  const details = new UserDetails(async () => {
    requests++;
    return profile('surfing');
  });
  const [first] = await Promise.all([details.get(acme, id), details.get(acme, id)]);
  assert(first);
  assert.equal(writeJson(first), '{"user_metadata":{"hobby":"surfing"},"app_metadata":{}}');
  assert.equal(requests, 1);
});

test('a failure is not kept', async () => {
  let requests = 0;
  const details = new UserDetails(async () => {
    if (requests++ === 0) throw new Error('no');
    return profile('surfing');
  });
  await assert.rejects(details.get(acme, id), /no/);
  await details.get(acme, id);
  assert.equal(requests, 2);
});

test('what is forgotten meanwhile is nothing to anybody who waits for it, and no failure', async () => {
  const details = new UserDetails(
    (_tenant, _id, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  );
  const both = [details.get(acme, id), details.get(acme, id)];
  details.forget(acme);
  assert.deepEqual(await Promise.all(both), [undefined, undefined]);
});

test('a save that comes in first wins over a request that is under way', async () => {
  let fail: (error: Error) => void = () => undefined;
  const details = new UserDetails(
    (_tenant, _id, signal) =>
      new Promise((_resolve, reject) => {
        fail = reject;
        signal.addEventListener('abort', () => fail(new Error('aborted')));
      }),
  );
  const pending = details.get(acme, id);
  details.update(acme, profile('saved'));
  const saved = await pending;
  assert(saved);
  assert.match(writeJson(saved), /saved/);
});

test('nobody is kept who was not asked for', async () => {
  let requests = 0;
  const details = new UserDetails(async () => {
    requests++;
    return profile('asked');
  });
  details.update(acme, profile('saved'));
  await details.get(acme, id);
  details.forget(acme);
  await details.get(acme, id);
  assert.equal(requests, 2);
});
