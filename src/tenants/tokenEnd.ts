// Says in the status bar that a pasted token ends soon, or has ended. Nothing can renew such a token.
import * as vscode from 'vscode';
import type { TokenClaims } from '../management/auth/token';
import type { TenantDomain } from '../management/tenant';
import { commandId } from '../shell/commandTable';

/** The tenants that are connected, and how: only a `token` was pasted, all others are renewed. */
export interface ConnectedTenants {
  all(): readonly { readonly domain: TenantDomain; readonly kind: string }[];
}

/** Claims are known of tenants that were used in this window. */
export interface KnownTokens {
  knownClaims(domain: TenantDomain): TokenClaims | undefined;
  readonly onDidChange: vscode.Event<unknown>;
}

export interface End {
  readonly domain: TenantDomain;
  readonly atMs: number;
}

const MINUTE_MS = 60_000;
const SHOWN_BEFORE_MS = 10 * MINUTE_MS;

export class TokenEnd implements vscode.Disposable {
  readonly #tenants: ConnectedTenants;
  readonly #tokens: KnownTokens;
  readonly #item = vscode.window.createStatusBarItem('auth0Metadata.tokenEnd', vscode.StatusBarAlignment.Left);
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(tenants: ConnectedTenants, tokens: KnownTokens) {
    this.#tenants = tenants;
    this.#tokens = tokens;
    this.#item.name = vscode.l10n.t('End of the token');
    this.#subscription = vscode.Disposable.from(
      this.#item,
      tokens.onDidChange(() => this.#update()),
    );
    this.#update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  #update(): void {
    clearTimeout(this.#timer);
    const nowMs = Date.now();
    const end = firstEnd(this.#tenants, this.#tokens);
    if (end === undefined) {
      this.#item.hide();
      return;
    }
    this.#timer = setTimeout(() => this.#update(), nextLookMs(end.atMs, nowMs));
    if (end.atMs - nowMs > SHOWN_BEFORE_MS) this.#item.hide();
    else this.#show(end, nowMs);
  }

  #show({ domain, atMs }: End, nowMs: number): void {
    const hasEnded = atMs <= nowMs;
    const time = new Date(atMs).toLocaleTimeString(vscode.env.language);
    this.#item.text = `$(key) ${endInWords(domain, atMs - nowMs)}`;
    this.#item.tooltip = hasEnded
      ? vscode.l10n.t(
          'The pasted token for {0} ended at {1}. Click to sign in again; a save asks for it, too.',
          domain,
          time,
        )
      : vscode.l10n.t(
          'The pasted token for {0} ends at {1}. Click to sign in again; a save asks for it, too.',
          domain,
          time,
        );
    this.#item.backgroundColor = hasEnded ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.command = { title: '', command: commandId('updateCredentials'), arguments: [{ tenant: domain }] };
    this.#item.show();
  }
}

/** The pasted token that ends first, or has ended first. */
export function firstEnd(tenants: ConnectedTenants, tokens: Pick<KnownTokens, 'knownClaims'>): End | undefined {
  const ends = tenants.all().flatMap(({ domain, kind }) => {
    const atMs = kind === 'token' ? tokens.knownClaims(domain)?.expiresAtMs : undefined;
    return atMs === undefined ? [] : [{ domain, atMs }];
  });
  return ends.sort((a, b) => a.atMs - b.atMs)[0];
}

/**
 * When the words change, but in a minute at the latest: a clock that jumps, a computer that slept and an end too far away
 * for a timer are noticed then.
 */
export function nextLookMs(endAtMs: number, nowMs: number): number {
  const leftMs = endAtMs - nowMs;
  return leftMs > 0 ? ((leftMs - 1) % MINUTE_MS) + 1 : MINUTE_MS;
}

function endInWords(domain: string, leftMs: number): string {
  if (leftMs <= 0) return vscode.l10n.t('{0}: token ended', domain);
  const minutes = Math.ceil(leftMs / MINUTE_MS);
  return minutes === 1
    ? vscode.l10n.t('{0}: token ends in 1 minute', domain)
    : vscode.l10n.t('{0}: token ends in {1} minutes', domain, minutes);
}
