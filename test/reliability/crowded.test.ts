// Another client draws on the tenant's limit all the time: what answers promise is not there when it is wanted. Saves take
// longer, and come through all the same. At all moments: test/property/management/crowdedSaves.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestQueue } from '../../src/management/budget/requestQueue';
import { ofUser } from '../../src/management/resourceId';
import { metadataOf, parseDocument } from '../../src/metadata/document';
import { createRandom } from '../../src/sandbox/samples/random';
import { userResource } from '../../src/saving/resource';
import { saveUser } from '../../src/saving/save';
import { IdleTime } from '../support/idleTime';
import { userId } from '../support/management';
import { openSandbox } from '../support/sandboxClient';

const START_MS = Date.UTC(2026, 0, 1);
const IDS = ['auth0|1', 'auth0|2', 'auth0|3'];

test('three saves at once, while another client takes every second request of the smallest plan', {
  timeout: 60_000,
}, async t => {
  for (let phaseMs = 0; phaseMs < 1_000; phaseMs += 50) {
    const time = new IdleTime(START_MS + phaseMs);
    const random = createRandom(phaseMs);
    const { sandbox, client } = await openSandbox(t, {
      plan: 'free',
      users: IDS.map(id => ({ user_id: id, email: `${id.slice(6)}@example.com`, user_metadata: { n: 1 } })),
      time,
      queue: new RequestQueue({ clock: time, reserve: () => 0.2, random: () => random.below(1_000) / 1_000 }),
    });
    const base = metadataOf((await time.passDuring(client.getUser(userId('auth0|1')))).value);
    sandbox.control.drain({ requests: 2 });
    sandbox.control.drain({ perSecond: 1 });
    const edited = parseDocument('{"user_metadata":{"n":2},"app_metadata":{}}').metadata;
    assert(edited);
    const clients = { client: async () => client, knownClaims: () => undefined };
    const kinds = IDS.map(async id => {
      const resource = userResource(ofUser(client.tenant.domain, userId(id)), clients, () => undefined);
      const never = async () => assert.fail('nothing is asked');
      const questions = { confirm: never, resolve: never, signIn: never, unlock: never };
      return (await saveUser({ base, edited, policy: () => 'never', clock: time }, resource, questions)).kind;
    });
    assert.deepEqual(await time.passDuring(Promise.all(kinds)), ['saved', 'saved', 'saved'], `${phaseMs} ms`);
    const patches = sandbox.control.requests.filter(({ method, status }) => method === 'PATCH' && status === 200);
    assert.equal(patches.length, IDS.length, 'each was sent once');
    t.diagnostic(`${phaseMs} ms into a second: ${(time.nowMs() - START_MS - phaseMs) / 1_000} s`);
  }
});
