// Asks for new credentials while a save, or something that was to be read, waits for them.
import * as vscode from 'vscode';
import type { Credentials } from '../management/auth/credentials';
import type { Abilities } from '../management/auth/scopes';
import type { ManagementError } from '../management/errors';
import type { TenantDomain } from '../management/tenant';
import { describeError } from '../shell/errors';
import { tenantFirst } from '../shell/tenantWords';
import type { OpenAccess } from './openAccess';
import { credentialsKindOf } from './record';
import { askForTenant } from './signIn/addTenantSteps';
import type { Answers } from './signIn/method';
import type { TenantStore } from './tenantStore';

/** Something that is to be read, or a save, which needs the ability. */
type Waiting = 'read' | keyof Abilities;

/** What has happened to a tenant's credentials in this window, counted. */
interface History {
  readonly changes: number;
  /** Questions that were left without new credentials. */
  readonly declines: number;
}

const NOTHING: History = { changes: 0, declines: 0 };

/** The sign-in that documents ask for. Whether the tokens are good is for the service to say. */
export class Renewal implements vscode.Disposable {
  readonly #tenants: TenantStore;
  readonly #openAccess: OpenAccess;
  readonly #histories = new Map<TenantDomain, History>();
  readonly #closers = new Map<TenantDomain, AbortController>();
  readonly #subscription: vscode.Disposable;
  /** One box at a time: VS Code closes one to show another, and that would count as an answer. So all wait their turn. */
  #last: Promise<void> = Promise.resolve();

  constructor(tenants: TenantStore, openAccess: OpenAccess) {
    this.#tenants = tenants;
    this.#openAccess = openAccess;
    this.#subscription = tenants.onDidChange(({ domain, what }) => {
      // Another name is no other token.
      if (what === 'profile') return;
      this.#count(domain, 'changes');
      // Signed in somewhere else, perhaps in another window: there is nothing left to ask.
      this.#closers.get(domain)?.abort();
    });
  }

  /** See SignIn in saving. */
  attempt(domain: TenantDomain, waiting: Waiting): (refused: ManagementError) => Promise<boolean> {
    let begun = this.#historyOf(domain);
    return async refused => {
      if (this.#tenants.get(domain) === undefined) return false;
      if (this.#isUnchangedSince(domain, begun)) await this.#ask(domain, waiting, refused, begun);
      const now = this.#historyOf(domain);
      const isRenewed = now.changes > begun.changes && this.#tenants.get(domain) !== undefined;
      if (isRenewed) begun = now;
      return isRenewed;
    };
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const closer of this.#closers.values()) closer.abort();
  }

  #isUnchangedSince(domain: TenantDomain, { changes, declines }: History): boolean {
    const now = this.#historyOf(domain);
    return now.changes === changes && now.declines === declines;
  }

  /** Asks unless the question before it, or somebody elsewhere, has given the answer. */
  #ask(domain: TenantDomain, waiting: Waiting, refused: ManagementError, begun: History): Promise<void> {
    const turn = this.#last.then(async () => {
      if (this.#isUnchangedSince(domain, begun)) await this.#askNow(domain, waiting, refused);
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #askNow(domain: TenantDomain, waiting: Waiting, refused: ManagementError): Promise<void> {
    const record = this.#tenants.get(domain);
    if (record === undefined || record.kind === 'sample') return;
    const closer = new AbortController();
    this.#closers.set(domain, closer);
    try {
      const title =
        waiting === 'read'
          ? vscode.l10n.t('Sign In to {0}', domain)
          : vscode.l10n.t('A Save Waits: Sign In to {0}', domain);
      const known = { domain, origin: record.origin };
      const answered = await askForTenant(this.#openAccess, known, credentialsKindOf(record), {
        title: tenantFirst(record, title),
        reason: describeError(refused, domain).message,
        needs: waiting === 'read' ? undefined : waiting,
        typed: publicPart(await this.#tenants.credentials(record)),
        signal: closer.signal,
      });
      if (closer.signal.aborted) return;
      if (!answered) return this.#count(domain, 'declines');
      await this.#tenants.add(answered.tenant, answered.credentials);
    } finally {
      this.#closers.delete(domain);
    }
  }

  #historyOf(domain: TenantDomain): History {
    return this.#histories.get(domain) ?? NOTHING;
  }

  #count(domain: TenantDomain, what: keyof History): void {
    const history = this.#historyOf(domain);
    this.#histories.set(domain, { ...history, [what]: history[what] + 1 });
  }
}

/** What need not be typed again, and is no secret. */
function publicPart(credentials: Credentials | undefined): Answers {
  if (credentials === undefined || credentials.kind === 'token') return {};
  const { clientId, audience } = credentials;
  return { clientId, audience };
}
