// The request that saving would send, and when the server has to be asked for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofUser } from '../../../src/management/resourceId';
import { formatDocument } from '../../../src/metadata/document';
import { requestOf } from '../../../src/saving/requestOf';
import { DocumentSession } from '../../../src/saving/session';
import { user } from '../../support/json';
import { tenantDomain, userId } from '../../support/management';
import { profileOf } from '../../support/userResource';

const JANE = ofUser(tenantDomain('acme.eu.auth0.com'), userId('auth0|jane/1'));
const never = async () => assert.fail('nothing is requested');

/** @param shown what the document has shown clean; undefined for one that was restored with unsaved text */
async function preview(shown: string | undefined, edited: string, remote = shown ?? '{}') {
  const session = new DocumentSession({ get: never, begin: never });
  if (shown !== undefined) {
    session.offer(profileOf(user(shown)));
    session.show(session.read() ?? '');
    assert.equal(session.text, formatDocument(user(shown)));
  }
  let looks = 0;
  const look = async () => {
    looks++;
    return profileOf(user(remote));
  };
  const request = await requestOf(session, JANE, user(edited), {
    look,
    origin: async () => 'https://acme.eu.auth0.com',
  });
  return { request, looks };
}

test('is planned against what the document has taken in, without a look at the server', async () => {
  const { request, looks } = await preview('{"a":1,"n":12345678901234567890}', '{"a":2,"n":12345678901234567891}');
  assert.deepEqual(request, {
    method: 'PATCH',
    url: 'https://acme.eu.auth0.com/api/v2/users/auth0%7Cjane%2F1',
    body: '{"user_metadata":{"a":2,"n":12345678901234567891}}',
  });
  assert.equal(looks, 0);
});

test('text of an earlier window is planned against the server', async () => {
  const { request, looks } = await preview(undefined, '{"a":2}', '{"a":1,"b":1}');
  assert.deepEqual([request?.body, looks], ['{"user_metadata":{"a":2,"b":null}}', 1]);
});

test('is none where nothing would be sent, or the text cannot be', async () => {
  assert.deepEqual(await preview('{"a":1}', '{"a":1}'), { request: undefined, looks: 0 });
  assert.deepEqual(await preview('{"a":1}', '{"a":null}'), { request: undefined, looks: 0 });
});
