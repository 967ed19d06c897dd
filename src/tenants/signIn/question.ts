// A text question of *Add Tenant…*, and the one that comes before every method of signing in.
import * as vscode from 'vscode';
import { httpDomain, parseTenantDomain, type Tenant } from '../../management/tenant';

export interface Question {
  /** Also that of the value in the argument of `auth0Metadata.addTenant`. */
  readonly name: string;
  words(): QuestionWords;
  /** What is wrong with an answer, before anything is sent; undefined if nothing is. */
  check(answer: string, tenant: Tenant | undefined): string | undefined;
  /** Where it is not asked for every tenant. */
  isAsked?(tenant: Tenant | undefined): boolean;
  /** What the box holds at first. What was answered counts for this tenant only. */
  suggestion?(tenant: Tenant): string;
}

export interface QuestionWords {
  readonly placeholder: string;
  readonly prompt: string;
  readonly password?: boolean;
  readonly help?: { readonly tooltip: string; readonly url: string };
}

export const domainQuestion: Question = {
  name: 'domain',
  words: () => ({
    placeholder: 'acme.eu.auth0.com',
    prompt: vscode.l10n.t(
      'The domain of the tenant, as the Auth0 dashboard shows it in the settings of each application.',
    ),
  }),
  check(answer) {
    if (parseTenantDomain(answer) !== undefined) return undefined;
    const domain = httpDomain(answer);
    return domain === undefined
      ? vscode.l10n.t('This is not a tenant domain. It looks like acme.eu.auth0.com, without a port.')
      : vscode.l10n.t('A tenant is only reached over https. Write {0}, without http://.', domain);
  },
};

export function required(answer: string): string | undefined {
  return answer === '' ? vscode.l10n.t('Required.') : undefined;
}
