// One cell of the matrix: a fresh sandbox, a client on real sockets, the editor and the list, one fault, one operation.
import { mock } from 'node:test';
import type { Documents } from '../../../src/documents/documents';
import { toUri } from '../../../src/documents/uris';
import { tokenProviderOf } from '../../../src/management/auth/tokenProvider';
import { RequestQueue } from '../../../src/management/budget/requestQueue';
import { createManagementClient } from '../../../src/management/client';
import type { ManagementError } from '../../../src/management/errors';
import { DEFAULT_TIMEOUT_MS, type Transport } from '../../../src/management/http/transport';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { fetchUsers } from '../../../src/management/listing/fetchUsers';
import { ofUser, type ResourceId } from '../../../src/management/resourceId';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { isObject } from '../../../src/sandbox/json';
import type { RouteName } from '../../../src/sandbox/service/router';
import { describeError } from '../../../src/shell/errors';
import { listRows } from '../../../src/tree/model/listRows';
import { UserList } from '../../../src/tree/model/userList';
import { rowItem } from '../../../src/tree/treeItems';
import { documentsIn } from '../../support/documents';
import { IdleTime } from '../../support/idleTime';
import { tenantAt, userId } from '../../support/management';
import type { TextFile } from '../../support/vscode/textFile';
import { shown } from '../../support/vscode/window';
import type { FaultRow } from './rows';

export const OPERATIONS = ['list', 'open', 'save: GET', 'save: PATCH', 'token'] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface Observed {
  /** What the person reads: of an error the sentence, of a save the status bar; '' where there is nothing to say. */
  readonly told: string;
  /** `user_metadata.hobby` of the server: `surfing` before, `sailing` after the change. */
  readonly server: string;
  /** Of the document, or of the list. */
  readonly shows: string;
}

const ID = userId('auth0|5f7c8ec7c33c6c004bbafe82');
const ROUTE: Readonly<Record<Operation, RouteName>> = {
  list: 'list',
  open: 'get',
  'save: GET': 'get',
  'save: PATCH': 'patch',
  token: 'token',
};

const START_MS = Date.UTC(2026, 0, 1);

/** All time is virtual: a stalled request is timed out once it is stalled, and no other one is, however slow the machine. */
export async function observe(row: FaultRow, operation: Operation): Promise<Observed> {
  mock.timers.enable({ apis: ['setTimeout'] });
  const time = new IdleTime(START_MS);
  const sandbox = await startSandbox({
    now: () => time.nowMs(),
    domain: 'acme.eu.auth0.com',
    users: [{ user_id: ID, email: 'jane@example.com', user_metadata: { hobby: 'surfing' } }],
  });
  const transport = createUndiciTransport();
  try {
    return await time.passDuring(new Cell(sandbox, time, transport, row, operation).run());
  } finally {
    await sandbox.close();
    await transport.close();
    mock.timers.reset();
  }
}

class Cell {
  readonly #sandbox: Sandbox;
  readonly #row: FaultRow;
  readonly #operation: Operation;
  readonly #identity: ResourceId;
  readonly #client: ReturnType<typeof createManagementClient>;
  readonly #documents: Documents;
  readonly #uri: ReturnType<typeof toUri>;
  #refusal: ManagementError | undefined;

  constructor(sandbox: Sandbox, time: IdleTime, real: Transport, row: FaultRow, operation: Operation) {
    this.#sandbox = sandbox;
    this.#row = row;
    this.#operation = operation;
    const tenant = tenantAt(sandbox.url, sandbox.domain);
    this.#identity = ofUser(tenant.domain, ID);
    const held = time.holdBy(real);
    const transport: Transport = {
      close: () => real.close(),
      request: async (request, signal) => {
        const breaks = row.fault === 'offline' && operation === 'save: PATCH' && request.method === 'PATCH';
        if (breaks) await sandbox.control.goOffline();
        return held.request(request, signal);
      },
    };
    const { token, clientId, clientSecret } = sandbox;
    const credentials =
      row.renewable || operation === 'token'
        ? ({ kind: 'client', clientId, clientSecret } as const)
        : ({ kind: 'token', token } as const);
    // A pause begins right after it was announced.
    const observer = { onWait: (delayMs: number) => queueMicrotask(() => mock.timers.tick(delayMs)) };
    const tokens = tokenProviderOf(credentials, { tenant, transport, observer });
    const queue = new RequestQueue({ clock: time });
    this.#client = createManagementClient({ tenant, tokens, transport, observer, queue });
    shown.clear();
    this.#documents = documentsIn(() => this.#client, never);
    this.#documents.files.onDidFail(({ error }) => {
      this.#refusal = error;
    });
    this.#uri = toUri(this.#identity, 'jane@example.com');
  }

  async run(): Promise<Observed> {
    switch (this.#operation) {
      case 'list':
        return this.#list();
      case 'open':
      case 'token':
        return this.#open();
      default:
        return this.#save();
    }
  }

  async #list(): Promise<Observed> {
    await this.#arm();
    const fetch: ConstructorParameters<typeof UserList>[1]['fetch'] = (request, signal) =>
      fetchUsers(this.#client, request, signal);
    const { tenant } = this.#identity;
    const list = new UserList(tenant, { fetch, pageSize: () => 50 });
    await list.ensureLoaded();
    const rows = listRows({ type: 'tenant', tenant }, list);
    const [first] = rows;
    const item = first?.type === 'row' ? rowItem(first, undefined) : undefined;
    const told = item ? `${[item.label, item.description].filter(Boolean).join(' · ')} (${lines(item.tooltip)})` : '';
    return { told: withoutCodes(told), server: this.#held(), shows: list.users.length ? 'the users' : 'one row' };
  }

  async #open(): Promise<Observed> {
    await this.#arm();
    try {
      const profile = await this.#client.getUser(ID);
      this.#documents.updates.receive(this.#uri, this.#identity, profile);
      const file = await shown.open(this.#uri);
      return { told: '', server: this.#held(), shows: showsOf(file) };
    } catch (error) {
      const { message } = describeError(error, this.#identity.tenant);
      return { told: withoutCodes(message), server: this.#held(), shows: 'no document' };
    }
  }

  async #save(): Promise<Observed> {
    const file = await shown.open(this.#uri);
    file.type(file.document.text.replace('surfing', 'sailing'));
    if (this.#operation === 'save: GET' || this.#row.fault !== 'offline') await this.#arm();
    const ok = await file.save();
    await shown.settled();
    const path = this.#refusal?.path?.join('.');
    const status = shown.messages.map(({ text }) => text.replace('$(check) ', '')).join(' ');
    const told = ok ? status : sentenceOf(file.error) + (path === undefined ? '' : ` [at ${path}]`);
    return { told, server: this.#held(), shows: showsOf(file) };
  }

  async #arm(): Promise<void> {
    const { times = Number.POSITIVE_INFINITY, renewable, tokenFault } = this.#row;
    const fault = (this.#operation === 'token' ? tokenFault : undefined) ?? this.#row.fault;
    // A token that was good until now.
    if (renewable && this.#operation !== 'token') await this.#client.getUser(ID);
    if (fault === 'offline') return this.#sandbox.control.goOffline();
    const stalls = fault.kind === 'stallHeaders' || fault.kind === 'stallBody';
    const stalled = () => mock.timers.tick(DEFAULT_TIMEOUT_MS);
    this.#sandbox.control.fail({
      route: ROUTE[this.#operation],
      fault: stalls ? { ...fault, stalled } : fault,
      times,
    });
  }

  #held(): string {
    const metadata = this.#sandbox.control.user(ID)?.user_metadata;
    return isObject(metadata) ? String(metadata.hobby) : 'nothing';
  }
}

function showsOf({ isDirty, document }: TextFile): string {
  const hobby = /"hobby": "(\w+)"/.exec(document.text)?.[1] ?? 'nothing';
  return `${hobby}, ${isDirty ? 'unsaved' : 'saved'}`;
}

function sentenceOf(error: unknown): string {
  return withoutCodes(error instanceof Error ? error.message : String(error));
}

/** Codes of the socket differ by platform and by the turn in which it breaks. */
function withoutCodes(text: string): string {
  return text.replaceAll(/\b(E[A-Z]{3,}|UND_ERR_\w+)\b/g, '…');
}

function lines(text: unknown): string {
  return String(text).replaceAll('\n', ' ');
}

async function never(): Promise<never> {
  throw new Error('nothing is asked here');
}
