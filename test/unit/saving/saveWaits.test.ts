// Saves that fail and begin again while somebody else writes: every order of it that fast-check draws.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { getMember, jsonObject } from '../../../src/json/value';
import { ManagementError } from '../../../src/management/errors';
import { applyPatch } from '../../../src/metadata/encode';
import { type SaveQuestions, saveUser } from '../../../src/saving/save';
import { cases } from '../../support/cases';
import { json, toJson, user } from '../../support/json';
import { profileOf } from '../../support/userResource';

const limited = new ManagementError('PATCH 429', { kind: 'rateLimited', outcome: 'refused', again: true });
const expired = new ManagementError('PATCH 401', { kind: 'unauthorized', outcome: 'refused', again: true });
const notStarted = new ManagementError('PATCH', { kind: 'network', outcome: 'notSent', again: true });
const locked = new ManagementError('PATCH', { kind: 'locked', outcome: 'notSent' });

/** What another writer does at each moment of a save that it may choose; the moments between GET and PATCH count apart. */
test('save: whatever fails and whoever writes while it waits, nothing of theirs is lost and nothing sent is stale', async () => {
  const failure = fc.constantFrom(limited, expired, notStarted, locked, undefined);
  const moment = fc.record({
    write: fc.boolean(),
    begin: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: failure }),
    get: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: failure }),
    patch: failure,
  });
  const property = fc.asyncProperty(fc.array(moment, { maxLength: 8 }), fc.boolean(), async (moments, asks) => {
    let held = user('{"prefs":{"lang":"en"},"n":1}');
    let writes = 0;
    const theirs: string[] = [];
    const writeTheirs = () => {
      const key = `their${writes++}`;
      theirs.push(key);
      const prefs = getMember(held.user_metadata, 'prefs');
      assert(prefs?.type === 'object');
      const entries = prefs.members.map(({ key: name, value }) => [name, value] as const);
      const changed = jsonObject([...entries, [key, toJson(true)]]);
      const sent = jsonObject([['user_metadata', jsonObject([['prefs', changed]])]]);
      held = applyPatch(held, sent);
    };
    let at = 0;
    let lastRead = '';
    const resource = {
      get: async () => assert.fail('nothing is read back'),
      begin: async () => {
        const now = moments[at++];
        if (now?.write) writeTheirs();
        if (now?.begin) throw now.begin;
        return {
          get: async () => {
            if (now?.write) writeTheirs();
            if (now?.get) throw now.get;
            lastRead = JSON.stringify(held);
            return profileOf(held);
          },
          patch: async (body: string) => {
            assert.equal(JSON.stringify(held), lastRead, 'planned on what was read just before');
            if (now?.patch) throw now.patch;
            const sent = json(body);
            assert(sent.type === 'object');
            held = applyPatch(held, sent);
            return profileOf(held);
          },
        };
      },
    };
    const questions: SaveQuestions = {
      confirm: async () => {
        if (moments[at - 1]?.write) writeTheirs();
        return 'save';
      },
      resolve: async () => assert.fail('there is no conflict'),
      unlock: async () => {
        if (moments[at - 1]?.write) writeTheirs();
        return true;
      },
      signIn: async () => false,
    };
    const request = {
      base: user('{"prefs":{"lang":"en"},"n":1}'),
      edited: user('{"prefs":{"lang":"en","theme":"dark"},"n":1}'),
      policy: () => (asks ? ('always' as const) : ('never' as const)),
    };
    const outcome = await saveUser(request, resource, questions).catch((error: unknown) => {
      assert(ManagementError.is(error) && error.again);
      return undefined;
    });
    const prefs = getMember(held.user_metadata, 'prefs');
    assert(prefs?.type === 'object');
    for (const key of theirs) assert(getMember(prefs, key), `${key} is lost`);
    assert.equal(getMember(prefs, 'theme') !== undefined, outcome?.kind === 'saved');
  });
  await fc.assert(property, cases('property'));
});
