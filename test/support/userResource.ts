// A user as a session needs it: of two functions that never make it wait, and of metadata alone.
import assert from 'node:assert/strict';
import { toUserId, type UserProfile } from '../../src/management/resources/users';
import type { Sections } from '../../src/metadata/document';
import type { SaveRequests, UserResource } from '../../src/saving/save';
import { toJson } from './json';

export function resourceOf(requests: SaveRequests): UserResource {
  return { get: signal => requests.get(signal), begin: async () => requests };
}

export function profileOf(metadata: Sections): UserProfile {
  const id = toUserId('auth0|1');
  const value = toJson({});
  assert(id && value.type === 'object');
  const members = Object.entries(metadata).map(([key, section]) => ({
    key,
    keyOffset: -1,
    keyEnd: -1,
    value: section,
  }));
  return { id, text: '', value: { ...value, members } };
}
