// Whatever could come between the plan of a save and its PATCH, each with somebody else who writes just then.
import { mock } from 'node:test';
import { toUri } from '../../../src/documents/uris';
import { tokenProviderOf } from '../../../src/management/auth/tokenProvider';
import { RequestQueue } from '../../../src/management/budget/requestQueue';
import { createManagementClient } from '../../../src/management/client';
import type { HttpResult, Transport } from '../../../src/management/http/transport';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { ofUser } from '../../../src/management/resourceId';
import { expiredToken, tooManyRequests } from '../../../src/sandbox/answers';
import type { Fault } from '../../../src/sandbox/http/faults';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { isObject, type JsonObject } from '../../../src/sandbox/json';
import type { Question } from '../../../src/shell/dialogs';
import { documentsIn } from '../../support/documents';
import { IdleTime } from '../../support/idleTime';
import { tenantAt, userId } from '../../support/management';
import { shown } from '../../support/vscode/window';

export interface Wait {
  readonly name: string;
  /** Answers the PATCH, once. */
  readonly patch?: Fault;
  /** Signs in with client credentials instead of a pasted token. */
  readonly renewable?: boolean;
  /** Where the wait is, and so when the other writes. */
  readonly at: 'rateLimit' | 'token' | 'signIn' | 'question' | 'afterGet' | 'patchNotStarted';
  /** The answer before the save tells of room for one more request. */
  readonly fewLeft?: boolean;
}

const answer = (given: Extract<Fault, { kind: 'answer' }>['answer']): Fault => ({
  kind: 'answer',
  answer: given,
  bare: true,
});

export const WAITS: readonly Wait[] = [
  { name: '429, with a time', patch: answer(tooManyRequests({ 'retry-after': '0' })), at: 'rateLimit' },
  { name: '429, without headers', patch: answer(tooManyRequests()), at: 'rateLimit' },
  { name: '401, and a token that takes its time', patch: answer(expiredToken()), renewable: true, at: 'token' },
  { name: '401, and a person who signs in again', patch: answer(expiredToken()), at: 'signIn' },
  { name: 'room for one request left', fewLeft: true, at: 'rateLimit' },
  { name: 'a question', at: 'question' },
  { name: 'signed in anew after the GET', at: 'afterGet' },
  { name: 'no connection for the PATCH', at: 'patchNotStarted' },
];

export const WRITES = {
  'beside it': { theme: 'dark', consent: true },
  'the same path': { theme: 'dark', lang: 'fr' },
} as const;
export type Write = keyof typeof WRITES;

export interface WaitObserved {
  /** GET, PATCH and token requests of the save, as the server saw them. */
  readonly requests: string;
  readonly asked: string;
  /** `user_metadata.prefs` of the server. */
  readonly server: string;
  readonly shows: string;
}

const ID = userId('auth0|5f7c8ec7c33c6c004bbafe82');
const BEFORE = { theme: 'dark' };
const START_MS = Date.UTC(2026, 0, 1);

/** The person has typed `lang: "en"`; the other writes once. Overwriting is cancelled, all else is confirmed. */
export async function observeWait(wait: Wait, write: Write): Promise<WaitObserved> {
  // No request takes too long for its timers, however slow the machine.
  mock.timers.enable({ apis: ['setTimeout'] });
  const time = new IdleTime(START_MS);
  const sandbox = await startSandbox({
    now: () => time.nowMs(),
    domain: 'acme.eu.auth0.com',
    users: [{ user_id: ID, email: 'jane@example.com', user_metadata: { prefs: BEFORE } }],
  });
  const real = createUndiciTransport();
  try {
    return await time.passDuring(play({ sandbox, real, time }, wait, write));
  } finally {
    await sandbox.close();
    await real.close();
    mock.timers.reset();
  }
}

interface Service {
  readonly sandbox: Sandbox;
  readonly real: Transport;
  readonly time: IdleTime;
}

async function play({ sandbox, real, time }: Service, wait: Wait, write: Write): Promise<WaitObserved> {
  const { control } = sandbox;
  const tenant = tenantAt(sandbox.url, sandbox.domain);
  const due = new Set<Wait['at']>();
  const now = (moment: Wait['at']): boolean => {
    if (!due.delete(moment)) return false;
    control.set(ID, { user_metadata: { prefs: WRITES[write] } });
    return true;
  };
  const connect = () => {
    const { token, clientId, clientSecret } = sandbox;
    const credentials = wait.renewable
      ? ({ kind: 'client', clientId, clientSecret } as const)
      : ({ kind: 'token', token } as const);
    const tokens = tokenProviderOf(credentials, { tenant, transport });
    const observer = { onWait: () => void now('rateLimit') };
    return createManagementClient({ tenant, tokens, transport, observer, queue: new RequestQueue({ clock: time }) });
  };
  const held = time.holdBy(real);
  const transport: Transport = {
    close: () => real.close(),
    async request(request, signal): Promise<HttpResult> {
      if (request.url.endsWith('/oauth/token')) now('token');
      if (request.method === 'PATCH' && now('patchNotStarted')) {
        return { failure: 'network', sent: false, code: 'NO_CONNECTION' };
      }
      const result = await held.request(request, signal);
      if (request.method === 'GET' && now('afterGet')) client = connect();
      return result;
    },
  };
  let client = connect();
  const asked: string[] = [];
  const ask = async ({ buttons }: Question) => {
    now('question');
    const [first = ''] = buttons;
    asked.push(first);
    return first === 'Save' ? first : undefined;
  };

  shown.clear();
  if (wait.at === 'question') shown.settings.set('auth0Metadata.confirmSave', 'always');
  const signIn = async () => {
    client = connect();
    return now('signIn');
  };
  documentsIn(() => client, ask, { signIn: { attempt: () => signIn } });
  const file = await shown.open(toUri(ofUser(tenant.domain, ID), 'jane@example.com'));
  if (wait.fewLeft) {
    control.fail({ route: 'get', fault: answer(oneLeft(sandbox, time)) });
    await client.getUser(ID);
  }
  control.clearRequests();
  if (wait.patch) control.fail({ route: 'patch', fault: wait.patch });
  due.add(wait.at);
  file.type(file.document.text.replace('"theme": "dark"', '"theme": "dark", "lang": "en"'));
  await file.save();
  await shown.settled();
  if (due.size) throw new Error(`the save has not waited for ${wait.name}`);
  const requests = control.requests.map(({ method, path }) => (path === '/oauth/token' ? 'token' : method)).join(' ');
  const server = prefsIn(control.user(ID)?.user_metadata);
  const shows = `${prefsIn(JSON.parse(file.document.text).user_metadata)}, ${file.isDirty ? 'unsaved' : 'saved'}`;
  return { requests, asked: asked.join(', '), server, shows };
}

/** The user, and that one more request is left in this second. */
function oneLeft({ control }: Sandbox, time: IdleTime) {
  return {
    status: 200,
    body: JSON.stringify(control.user(ID)),
    headers: {
      date: new Date(time.nowMs()).toUTCString(),
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': String(Math.floor(time.nowMs() / 1000) + 1),
    },
  };
}

function prefsIn(metadata: JsonObject[string] | undefined): string {
  return JSON.stringify(isObject(metadata) ? metadata.prefs : undefined);
}
