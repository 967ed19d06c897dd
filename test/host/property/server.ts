// The user on the server: every state it has held, every request for it, and what somebody else writes meanwhile.
import type { RequestRecord } from '../../../src/sandbox/http/requestLog';
import { type Metadata, metadataIn, sameMetadata } from '../../reliability/model/plain';
import type { Bench } from '../support';

/** A request as it was on the wire. */
export interface Exchange {
  readonly method: string;
  readonly body: string;
  /** What the server held just before it was carried out. */
  readonly before: Metadata;
  /** What it held afterwards, and answered. */
  readonly answer: Metadata;
}

export type WireMoment = 'getSent' | 'getAnswered' | 'patchSent' | 'patchAnswered';

let users = 0;

export class Server {
  readonly userId = `auth0|${++users}x`;
  /** Oldest first. */
  readonly states: Metadata[] = [];
  /** Of the step that is played. */
  readonly exchanges: Exchange[] = [];
  readonly #bench: Bench;

  /** @param on is awaited: the request waits for what happens meanwhile */
  constructor(bench: Bench, start: Metadata, on: (moment: WireMoment) => Promise<void>) {
    this.#bench = bench;
    bench.sandbox.control.put({ user_id: this.userId, email: 'jane@example.com', ...start });
    this.#note();
    const sent = new WeakMap<RequestRecord, Metadata>();
    bench.sandbox.control.fail({
      path: `/api/v2/users/${encodeURIComponent(this.userId)}`,
      times: Number.POSITIVE_INFINITY,
      fault: {
        kind: 'hook',
        before: async request => {
          await on(request.method === 'PATCH' ? 'patchSent' : 'getSent');
          sent.set(request, this.held);
        },
        after: async request => {
          const { method, body } = request;
          this.#note();
          this.exchanges.push({ method, body, before: sent.get(request) ?? this.held, answer: this.held });
          await on(method === 'PATCH' ? 'patchAnswered' : 'getAnswered');
        },
      },
    });
  }

  get held(): Metadata {
    const held = metadataIn(JSON.stringify(this.#bench.sandbox.control.user(this.userId) ?? null));
    if (!held) throw new Error('the user is gone');
    return held;
  }

  get patches(): readonly Exchange[] {
    return this.exchanges.filter(({ method }) => method === 'PATCH');
  }

  /** Somebody else writes. */
  write(metadata: Metadata): void {
    this.#bench.sandbox.control.set(this.userId, { ...metadata });
    this.#note();
  }

  /** Whether the server has held `metadata` since it held its state number `from`. */
  hasHeld(metadata: Metadata, from: number): boolean {
    return this.states.slice(from).some(state => sameMetadata(state, metadata));
  }

  close(): void {
    this.#bench.sandbox.control.clearFaults();
    this.#bench.sandbox.control.delete(this.userId);
    this.#bench.sandbox.control.clearRequests();
  }

  #note(): void {
    const { held } = this;
    const last = this.states.at(-1);
    if (!last || !sameMetadata(last, held)) this.states.push(held);
  }
}
