// A user is created with one POST, and only where the last answer was about the tenant that it goes to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ManagementClient } from '../../../src/management/client';
import type { LockState } from '../../../src/management/environment';
import { ManagementError } from '../../../src/management/errors';
import type { ConfirmPolicy } from '../../../src/saving/confirmPolicy';
import { createUser } from '../../../src/saving/create';
import { user } from '../../support/json';
import { tenantDomain } from '../../support/management';
import { profileOf } from '../../support/userResource';

const FULL = new ManagementError('429', { kind: 'rateLimited', outcome: 'refused', status: 429, again: true });
const EXPIRED = new ManagementError('401', { kind: 'unauthorized', outcome: 'refused', status: 401, isAuth0s: true });

/** A tenant that may change while something waits. */
class Tenant {
  policy: ConfirmPolicy = 'never';
  about = 'development';
  lock: LockState = 'open';
  /** Of the POSTs to come, in their order. */
  readonly failures: ManagementError[] = [];
  readonly steps: string[] = [];
  /** Runs once, at the first of these. */
  during: { readonly step: 'question' | 'room' | 'POST'; change(tenant: Tenant): void } | undefined;
  isAllowed = true;

  async run() {
    const client = this.#client();
    let current = { about: this.about, client };
    const clientNow = () => {
      if (current.about !== this.about) current = { about: this.about, client: this.#client() };
      return current.client;
    };
    const answered = (what: string) => async () => {
      this.steps.push(what);
      this.lock = 'open';
      return true;
    };
    const request = { tenant: tenantDomain('acme.auth0.com'), body: '{}', policy: () => this.policy };
    const clients = {
      client: async () => clientNow(),
      lockState: () => this.lock,
    };
    const created = await createUser(request, clients, {
      about: () => this.about,
      confirm: async () => {
        this.steps.push(`${this.about}?`);
        this.#at('question');
        return this.isAllowed;
      },
      signIn: answered('sign in'),
      unlock: answered('unlock'),
    });
    return { created: created !== undefined, steps: this.steps };
  }

  #client(): ManagementClient {
    const { about } = this;
    const client: Partial<ManagementClient> = {
      ready: async () => {
        this.#at('room');
        return {} as never;
      },
      createUser: async (_body, _signal, options) => {
        assert(options?.ready, 'all waiting is done before');
        this.steps.push(`POST to ${about}`);
        this.#at('POST');
        const failure = this.failures.shift();
        if (failure) throw failure;
        return profileOf(user('{}'));
      },
    };
    return client as ManagementClient;
  }

  #at(step: 'question' | 'room' | 'POST'): void {
    const { during } = this;
    if (during?.step !== step) return;
    this.during = undefined;
    during.change(this);
  }
}

const toProduction = (tenant: Tenant) => Object.assign(tenant, { about: 'production', policy: 'always' });
const locked = (tenant: Tenant) => Object.assign(tenant, { lock: 'locked' });

const CASES: readonly (readonly [
  what: string,
  start: Partial<Tenant>,
  failures: ManagementError[],
  steps: string[],
])[] = [
  ['nothing is to be asked', {}, [], ['POST to development']],
  ['every save is to be confirmed', { policy: 'always' }, [], ['development?', 'POST to development']],
  [
    'it becomes production during the question',
    { policy: 'always', during: { step: 'question', change: toProduction } },
    [],
    ['development?', 'production?', 'POST to production'],
  ],
  [
    'it becomes production while the request waits for room',
    { during: { step: 'room', change: toProduction } },
    [],
    ['production?', 'POST to production'],
  ],
  [
    'it becomes production with a refusal by the rate limit',
    { during: { step: 'POST', change: toProduction } },
    [FULL],
    ['POST to development', 'production?', 'POST to production'],
  ],
  [
    'it moves during the question',
    { policy: 'always', during: { step: 'question', change: tenant => Object.assign(tenant, { about: 'elsewhere' }) } },
    [],
    ['development?', 'elsewhere?', 'POST to elsewhere'],
  ],
  [
    'every save is to be confirmed while the request waits for room',
    { during: { step: 'room', change: tenant => Object.assign(tenant, { policy: 'always' }) } },
    [],
    ['development?', 'POST to development'],
  ],
  [
    'it is locked during the question',
    { policy: 'always', during: { step: 'question', change: locked } },
    [],
    ['development?', 'unlock', 'POST to development'],
  ],
  [
    'the token has ended: the answer still counts',
    { policy: 'always' },
    [EXPIRED],
    ['development?', 'POST to development', 'sign in', 'POST to development'],
  ],
];

for (const [what, start, failures, steps] of CASES) {
  test(`a user is created, and ${what}`, async () => {
    const tenant = Object.assign(new Tenant(), start);
    tenant.failures.push(...failures);
    assert.deepEqual(await tenant.run(), { created: true, steps });
  });
}

test('no means no, and what fails for good is not sent again', async () => {
  const refused = Object.assign(new Tenant(), { policy: 'always', isAllowed: false });
  assert.deepEqual(await refused.run(), { created: false, steps: ['development?'] });
  const lost = new Tenant();
  lost.failures.push(new ManagementError('timeout', { kind: 'timeout', outcome: 'unknown' }));
  await assert.rejects(lost.run(), error => ManagementError.is(error, 'timeout'));
  assert.deepEqual(lost.steps, ['POST to development']);
});
