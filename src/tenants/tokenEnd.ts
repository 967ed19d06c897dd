// Says in the status bar that a pasted token ends soon, or works no more. Nothing can renew such a token.
import * as vscode from 'vscode';
import type { TokenClaims } from '../management/auth/token';
import type { TenantDomain } from '../management/tenant';
import { commandId } from '../shell/commandTable';
import { type Described, tenantInWords } from '../shell/tenantWords';

/** The tenants that are connected, and how: only a `token` was pasted, all others are renewed. */
export interface ConnectedTenants {
  all(): readonly (Described & { readonly domain: TenantDomain; readonly kind: string })[];
}

/** Both are known of tenants that were used in this window. */
export interface KnownTokens {
  knownClaims(domain: TenantDomain): TokenClaims | undefined;
  /** Whether the service has said so, whatever the claims say. */
  isTokenRefused(domain: TenantDomain): boolean;
  readonly onDidChange: vscode.Event<unknown>;
}

/** A token that ends at a time, or that the service accepts no more. */
export type End = Described & { readonly domain: TenantDomain } & (
    | { readonly kind: 'ends'; readonly atMs: number }
    | { readonly kind: 'refused' }
  );

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
    if (end?.kind === 'ends') this.#timer = setTimeout(() => this.#update(), nextLookMs(end.atMs, nowMs));
    if (end === undefined || (end.kind === 'ends' && end.atMs - nowMs > SHOWN_BEFORE_MS)) this.#item.hide();
    else this.#show(end, nowMs);
  }

  #show(end: End, nowMs: number): void {
    const { domain } = end;
    const { text, tooltip, isOver } = endInWords(end, nowMs);
    this.#item.text = `$(key) ${text}`;
    this.#item.tooltip = tooltip;
    this.#item.backgroundColor = isOver ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.command = { title: '', command: commandId('updateCredentials'), arguments: [{ tenant: domain }] };
    this.#item.show();
  }
}

/** The pasted token that works no more; if all do, the one that ends first. */
export function firstEnd(tenants: ConnectedTenants, tokens: Omit<KnownTokens, 'onDidChange'>): End | undefined {
  const ends = tenants.all().flatMap(({ domain, kind, name, environment }): readonly End[] => {
    const tenant = { domain, name, environment };
    if (kind !== 'token') return [];
    if (tokens.isTokenRefused(domain)) return [{ ...tenant, kind: 'refused' }];
    const atMs = tokens.knownClaims(domain)?.expiresAtMs;
    return atMs === undefined ? [] : [{ ...tenant, kind: 'ends', atMs }];
  });
  const atMs = (end: End) => (end.kind === 'ends' ? end.atMs : 0);
  return ends.sort((a, b) => atMs(a) - atMs(b))[0];
}

/**
 * When the words change, but in a minute at the latest: a clock that jumps, a computer that slept and an end too far away
 * for a timer are noticed then.
 */
export function nextLookMs(endAtMs: number, nowMs: number): number {
  const leftMs = endAtMs - nowMs;
  return leftMs > 0 ? (leftMs % MINUTE_MS) + 1 : MINUTE_MS;
}

interface EndInWords {
  readonly text: string;
  readonly tooltip: string;
  /** The token works no more. */
  readonly isOver: boolean;
}

export function endInWords(end: End, nowMs: number): EndInWords {
  const { domain } = end;
  const who = tenantInWords(end);
  if (end.kind === 'refused') {
    return {
      text: vscode.l10n.t('{0}: token not accepted any more', who),
      tooltip: vscode.l10n.t(
        '{0} does not accept the pasted token any more. Click to sign in again; a save asks for it, too.',
        domain,
      ),
      isOver: true,
    };
  }
  const leftMs = end.atMs - nowMs;
  const time = new Date(end.atMs).toLocaleTimeString(vscode.env.language);
  if (leftMs <= 0) {
    return {
      text: vscode.l10n.t('{0}: token ended', who),
      tooltip: vscode.l10n.t(
        'The pasted token for {0} ended at {1}. Click to sign in again; a save asks for it, too.',
        domain,
        time,
      ),
      isOver: true,
    };
  }
  const minutes = Math.floor(leftMs / MINUTE_MS);
  return {
    text:
      minutes < 2
        ? vscode.l10n.t('{0}: token ends in less than 2 minutes', who)
        : vscode.l10n.t('{0}: token ends in {1} minutes', who, minutes),
    tooltip: vscode.l10n.t(
      'The pasted token for {0} ends at {1}. Click to sign in again; a save asks for it, too.',
      domain,
      time,
    ),
    isOver: false,
  };
}
