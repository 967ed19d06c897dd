// Shows the gestures that wait for the rate limit, in one item of the status bar; a click on it cancels them.
import * as vscode from 'vscode';
import type { TenantDomain } from '../management/tenant';
import { commandId } from './commandTable';
import { durationInWords } from './duration';
import { type Described, nameAndDomain, tenantInWords } from './tenantWords';

interface Waiting {
  abort(): void;
}

interface Wait {
  readonly untilMs: number;
  readonly tenant: TenantDomain | undefined;
}

/** The tenants that are connected. Where there is but one, nobody has to be told which one waits. */
export interface NamedTenants {
  all(): readonly (Described & { readonly domain: TenantDomain })[];
}

/** In UTF-16 code units: the status bar is narrow. */
const MAX_NAME = 40;

export class Waits implements vscode.Disposable {
  readonly #tenants: NamedTenants;
  readonly #waits = new Map<Waiting, Wait>();
  #item: vscode.StatusBarItem | undefined;
  #countdown: NodeJS.Timeout | undefined;

  constructor(tenants: NamedTenants = { all: () => [] }) {
    this.#tenants = tenants;
  }

  abortAll(): void {
    for (const waiting of [...this.#waits.keys()]) waiting.abort();
  }

  add(waiting: Waiting, delayMs: number, tenant?: TenantDomain): void {
    this.#waits.set(waiting, { untilMs: Date.now() + delayMs, tenant });
    this.#countdown ??= setInterval(() => this.#show(), 1_000);
    this.#show();
  }

  delete(waiting: Waiting): void {
    if (this.#waits.delete(waiting)) this.#show();
  }

  dispose(): void {
    this.#waits.clear();
    this.#show();
    this.#item?.dispose();
  }

  #show(): void {
    const count = this.#waits.size;
    if (count === 0) {
      clearInterval(this.#countdown);
      this.#countdown = undefined;
      this.#item?.hide();
      return;
    }
    this.#item ??= newItem();
    const leftMs = Math.max(...[...this.#waits.values()].map(({ untilMs }) => untilMs)) - Date.now();
    const waiting = this.#waitingTenants();
    const [first, ...others] = waiting.map(tenantInWords);
    const who = first !== undefined && first.length <= MAX_NAME && others.length === 0 ? first : 'Auth0';
    const time = durationInWords(Math.max(1, leftMs));
    this.#item.text = `$(watch) ${vscode.l10n.t('{0}: waiting {1}… $(close) Cancel', who, time)}`;
    this.#item.tooltip = tooltip(count, waiting.map(nameAndDomain));
    this.#item.show();
  }

  /** None if only one tenant is connected. */
  #waitingTenants(): ReturnType<NamedTenants['all']> {
    const tenants = this.#tenants.all();
    const waiting = new Set([...this.#waits.values()].map(({ tenant }) => tenant));
    return tenants.length > 1 ? tenants.filter(({ domain }) => waiting.has(domain)) : [];
  }
}

function newItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('auth0Metadata.waiting', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Wait for Auth0’s rate limit');
  item.command = commandId('cancelWaiting');
  return item;
}

function tooltip(count: number, tenants: readonly string[]): string {
  if (tenants.length === 0) {
    return count === 1
      ? vscode.l10n.t('Auth0’s rate limit is reached. Click to cancel.')
      : vscode.l10n.t('Auth0’s rate limit is reached. Click to cancel all {0} requests that wait.', count);
  }
  const names = new Intl.ListFormat(vscode.env.language, { type: 'conjunction' }).format(tenants);
  return count === 1
    ? vscode.l10n.t('The rate limit of {0} is reached. Click to cancel.', names)
    : vscode.l10n.t('The rate limit of {0} is reached. Click to cancel all {1} requests that wait.', names, count);
}
