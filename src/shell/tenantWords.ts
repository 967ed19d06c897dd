// How a tenant is named and marked, the same everywhere: by its name, by what it is for, and whether it may be changed.
import * as vscode from 'vscode';
import type { Environment, LockState } from '../management/environment';

/** In a picture without colours, the letter and the icon still tell them apart. The colours are in package.json. */
const LOOKS: Readonly<Record<Environment, { readonly badge: string; readonly icon: string; readonly color: string }>> =
  {
    development: { badge: 'D', icon: 'tools', color: 'auth0Metadata.developmentForeground' },
    staging: { badge: 'S', icon: 'layers', color: 'auth0Metadata.stagingForeground' },
    production: { badge: 'P', icon: 'globe', color: 'auth0Metadata.productionForeground' },
  };

/** The letter on a tab or row. */
export function badgeOf(environment: Environment): string {
  return LOOKS[environment].badge;
}

export function iconOf(environment: Environment): string {
  return LOOKS[environment].icon;
}

export function colorOf(environment: Environment): vscode.ThemeColor {
  return new vscode.ThemeColor(LOOKS[environment].color);
}

export function environmentName(environment: Environment): string {
  switch (environment) {
    case 'development':
      return vscode.l10n.t('Development');
    case 'staging':
      return vscode.l10n.t('Staging');
    case 'production':
      return vscode.l10n.t('Production');
  }
}

export interface Described {
  readonly name: string;
  readonly environment: Environment;
}

/** `PRODUCTION · Acme` */
export function tenantInWords({ name, environment }: Described): string {
  return `${environmentInWords(environment)} · ${name}`;
}

/**
 * `PRODUCTION · Acme — Search Users`: every question about a tenant begins with it. Without a name that is only the domain,
 * where `question` says that already.
 *
 * @param tenant undefined for one that was not added: nothing is known of it
 */
export function tenantFirst(tenant: (Described & { readonly domain: string }) | undefined, question: string): string {
  if (!tenant) return question;
  const { name, domain, environment } = tenant;
  const isSaid = name === domain && question.includes(domain);
  return `${isSaid ? environmentInWords(environment) : tenantInWords(tenant)} — ${question}`;
}

/** Only production is in capitals: nobody may overlook it. */
function environmentInWords(environment: Environment): string {
  const word = environmentName(environment);
  return environment === 'production' ? word.toLocaleUpperCase(vscode.env.language) : word;
}

/** As `lockInWords`, but first of all whether anybody is signed in. */
export function stateInWords(kind: string | undefined, state: LockState, canWrite: boolean): string | undefined {
  if (kind !== 'signedOut') return lockInWords(state, canWrite);
  return dotted(vscode.l10n.t('not signed in'), state === 'readOnly' ? lockInWords(state, canWrite) : undefined);
}

/** `Production · locked · EU`, without what is not known. */
export function dotted(...texts: readonly (string | undefined)[]): string {
  return texts.filter(Boolean).join(' · ');
}

/** `Acme (acme.eu.auth0.com)`; the domain alone for a tenant without a name of its own. */
export function nameAndDomain({ name, domain }: { readonly name: string; readonly domain: string }): string {
  return name === domain ? domain : `${name} (${domain})`;
}

/**
 * Whether the tenant can be changed; undefined for one that is open anyway.
 *
 * @param canWrite false if its token is known to lack every scope to write: then unlocking makes no difference
 */
export function lockInWords(state: LockState, canWrite: boolean): string | undefined {
  if (state === 'readOnly' || !canWrite) return vscode.l10n.t('read-only');
  if (state === 'locked') return vscode.l10n.t('locked');
  return state === 'unlocked' ? vscode.l10n.t('unlocked') : undefined;
}
