// Two windows with the same user, saving at the same time: every interleaving of their requests that fast-check draws.
// Without sockets, so that the scheduler alone decides the order and a seed repeats it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeProfile } from '../../src/management/resources/decode';
import type { UserProfile } from '../../src/management/resources/users';
import { seedUsers } from '../../src/sandbox/samples/seed';
import { decodeId, matchRoute } from '../../src/sandbox/service/router';
import { serve } from '../../src/sandbox/service/service';
import { createTenant, type Tenant } from '../../src/sandbox/service/tenant';
import type { SaveQuestions } from '../../src/saving/save';
import { DocumentSession } from '../../src/saving/session';
import { cases } from '../support/cases';
import { resourceOf } from '../support/userResource';
import { type Edit, edit, edited, metadata } from './model/edits';
import { judgeBody, mergeOf } from './model/oracle';
import { isObject, type Metadata, metadataIn, own, parse, patched, SECTIONS, sameMetadata } from './model/plain';

const ID = 'auth0|1';
const PATH = `/api/v2/users/${encodeURIComponent(ID)}`;

interface Exchange {
  readonly window: number;
  readonly method: 'GET' | 'PATCH';
  readonly body: string;
  readonly before: Metadata;
  readonly after: Metadata;
}

/** The service, asked when the scheduler says so; its answer arrives when the scheduler says so. */
class Service {
  readonly exchanges: Exchange[] = [];
  readonly #tenant: Tenant;
  readonly #token: string;
  readonly #scheduler: fc.Scheduler;

  constructor(start: Metadata, scheduler: fc.Scheduler) {
    this.#tenant = createTenant({
      domain: 'two-windows.localhost',
      users: seedUsers([{ user_id: ID, user_metadata: start.user_metadata, app_metadata: start.app_metadata }]),
    });
    this.#token = this.#tenant.tokens.mint();
    this.#scheduler = scheduler;
  }

  get held(): Metadata {
    const held = metadataIn(JSON.stringify(this.#tenant.store.get(decodeId(encodeURIComponent(ID)))));
    assert(held);
    return held;
  }

  open(window: number): DocumentSession {
    const user = resourceOf({
      get: () => this.#request(window, 'GET', ''),
      patch: body => this.#request(window, 'PATCH', body),
    });
    return new DocumentSession(user);
  }

  async #request(window: number, method: Exchange['method'], body: string): Promise<UserProfile> {
    await this.#scheduler.schedule(Promise.resolve(), `${method} of window ${window} is sent`);
    const before = this.held;
    const { body: text } = serve(this.#tenant, {
      route: matchRoute(method, PATH),
      query: '',
      authorization: `Bearer ${this.#token}`,
      contentType: 'application/json',
      body,
    });
    this.exchanges.push({ window, method, body, before, after: this.held });
    await this.#scheduler.schedule(Promise.resolve(), `${method} of window ${window} is answered`);
    const profile = decodeProfile(text);
    assert(profile, text);
    return profile;
  }
}

const YES: SaveQuestions = {
  confirm: async () => 'save',
  resolve: async () => 'overwrite',
  unlock: async () => assert.fail('nothing is locked'),
  signIn: async () => false,
};

async function load(session: DocumentSession, text: string): Promise<void> {
  const profile = decodeProfile(text);
  assert(profile);
  session.offer(profile);
  session.show(session.read() ?? '');
}

function textOf(document: Metadata): string {
  return JSON.stringify(document);
}

/** Saves every edit on top of what the window then shows; gives the documents that were saved, with their bases. */
async function work(session: DocumentSession, edits: readonly Edit[]): Promise<{ base: Metadata; typed: Metadata }[]> {
  const saves: { base: Metadata; typed: Metadata }[] = [];
  for (const change of edits) {
    const base = metadataIn(session.text ?? '');
    assert(base);
    const typed = edited(base, change);
    const outcome = await session.save(textOf(typed), () => 'replacements', YES);
    assert(outcome.kind !== 'invalid' && outcome.kind !== 'cancelled', outcome.kind);
    saves.push({ base, typed });
    session.settle();
    session.show(session.read() ?? '');
  }
  return saves;
}

const edits = fc.array(edit, { minLength: 1, maxLength: 3 });

test('whatever the order of the requests, no change is lost but by the last writer of the same root key', async () => {
  const holds = fc.asyncProperty(fc.scheduler(), metadata, edits, edits, async (scheduler, start, left, right) => {
    const service = new Service(start, scheduler);
    const sessions = [service.open(0), service.open(1)] as const;
    for (const session of sessions) await load(session, JSON.stringify({ user_id: ID, ...start }));
    const work0 = work(sessions[0], left);
    const work1 = work(sessions[1], right);
    const saves = await scheduler.waitFor(Promise.all([work0, work1]));
    service.exchanges.forEach((patch, at) => {
      if (patch.method !== 'PATCH') return;
      const earlier = service.exchanges.slice(0, at).filter(({ window }) => window === patch.window);
      const seen = earlier.at(-1)?.after;
      const body = parse(patch.body);
      assert(seen && isObject(body));
      const save = saves[patch.window]?.find(({ base, typed }) => {
        const { result } = mergeOf(base, typed, seen, 'mine');
        return sameMetadata(result, patched(seen, body)) && !judgeBody(body, base, typed, seen).length;
      });
      assert(save, `${patch.body} is what no save should have sent`);
      assert(sameMetadata(patch.after, patched(patch.before, body)));
      for (const section of SECTIONS) {
        for (const key of Object.keys(patch.before[section])) {
          const sent = own(body, section);
          if (isObject(sent) && Object.hasOwn(sent, key)) continue;
          assert.deepEqual(own(patch.after[section], key), own(patch.before[section], key), `${section}.${key}`);
        }
      }
    });
  });
  await fc.assert(holds, cases('sequence'));
});

test('saves of one window never overlap, and arrive in order', async () => {
  const holds = fc.asyncProperty(fc.scheduler(), metadata, edits, async (scheduler, start, changes) => {
    const service = new Service(start, scheduler);
    const session = service.open(0);
    await load(session, JSON.stringify({ user_id: ID, ...start }));
    let typed = start;
    const saves = changes.map(change => {
      typed = edited(typed, change);
      return session.save(textOf(typed), () => 'never', YES);
    });
    await scheduler.waitFor(Promise.all(saves));
    const order = service.exchanges.map(({ method }) => method).join(' ');
    assert.match(order, /^(GET PATCH ?)*$/);
    assert(sameMetadata(service.held, typed), `${textOf(service.held)} is not ${textOf(typed)}`);
  });
  await fc.assert(holds, cases('sequence'));
});
