// A text question of *Add Tenant…*, and the first one, the domain, which all methods share.
import * as vscode from 'vscode';
import { httpDomain, parseTenantDomain, type Tenant } from '../../management/tenant';

export interface Question {
  /** Also the name of its property in the argument of `auth0Metadata.addTenant`. */
  readonly name: string;
  words(): QuestionWords;
  /** What is wrong with an answer, before anything is sent; undefined if nothing is. */
  check(answer: string, tenant: Tenant | undefined): string | undefined;
  /** Whether it is asked for this tenant. Without this function, it always is. */
  isAsked?(tenant: Tenant | undefined): boolean;
  /** The initial text of the box. The answer counts for this tenant only. */
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
