// What each text question of *Add Tenant…* says, and what it complains about.
import * as vscode from 'vscode';
import { readClaims } from '../../management/auth/token';
import type { TokenProblem } from '../../management/auth/tokenProblem';
import { httpDomain, parseTenantDomain, type Tenant } from '../../management/tenant';
import { visibleText } from '../../text/visibleText';
import { credentialsProblem, toCredentials } from './addArgs';
import { WANTED_SCOPES } from './verify';

export type TextStepName = 'domain' | 'token' | 'clientId' | 'audience' | 'clientSecret';

export interface StepWords {
  readonly placeholder: string;
  readonly prompt: string;
  readonly password?: boolean;
  readonly help?: { readonly tooltip: string; readonly url: string };
}

const TOKEN_HELP = 'https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens';
const CLIENT_HELP = 'https://auth0.com/docs/get-started/auth0-overview/create-applications/machine-to-machine-apps';

export function wordsOf(step: TextStepName): StepWords {
  return WORDS[step]();
}

/** What is wrong with an answer, before anything is sent; undefined if nothing is. */
export function complaintAbout(step: TextStepName, value: string, tenant: Tenant | undefined): string | undefined {
  return CHECKS[step](value, tenant);
}

/** One sentence that says what a token is, and what to do. */
export function wrongToken(problem: TokenProblem, domain: string): string {
  const { l10n } = vscode;
  const date = (atMs: number) => new Date(atMs).toLocaleString(vscode.env.language);
  switch (problem.kind) {
    case 'idToken':
      return l10n.t(
        'This is an ID token: it says who somebody is and opens no API. Get an access token for the Management API.',
      );
    case 'otherApi':
      return l10n.t(
        'This token is for {0}, not for the Auth0 Management API. Get one for https://{1}/api/v2/.',
        visibleText(problem.audience, 100),
        domain,
      );
    case 'otherTenant':
      return l10n.t(
        'This token is for the tenant {0}, not for {1}. Get one from {1}, or change the domain.',
        visibleText(problem.host, 100),
        domain,
      );
    case 'expired':
      return l10n.t('This token expired on {0}. Get a new one.', date(problem.atMs));
    case 'notYetValid':
      return l10n.t(
        'This token is valid from {0} on. Check the clock of this computer, or get a new one.',
        date(problem.atMs),
      );
    case 'clientId':
      return l10n.t('This looks like a client ID, not like a token. To use it, go back to client credentials.');
    case 'clientSecret':
      return l10n.t('This looks like a client secret, not like a token. To use it, go back to client credentials.');
    case 'opaque':
      return l10n.t(
        'This token cannot be for the Management API: such a token begins with eyJ and has two dots in it.',
      );
    case 'incomplete':
      return l10n.t('This token is incomplete. Copy all of it: three parts with dots between them.');
  }
}

/** @param domain what an `http://` URL names */
export function httpComplaint(domain: string): string {
  return vscode.l10n.t('A tenant is only reached over https. Write {0}, without http://.', domain);
}

const CHECKS: Record<TextStepName, (value: string, tenant: Tenant | undefined) => string | undefined> = {
  domain: value => {
    if (parseTenantDomain(value) !== undefined) return undefined;
    const http = httpDomain(value);
    return http === undefined
      ? vscode.l10n.t('This is not a tenant domain. It looks like acme.eu.auth0.com, without a port.')
      : httpComplaint(http);
  },
  token: (value, tenant) => {
    const credentials = toCredentials(value, undefined, undefined, undefined);
    if (credentials === undefined) return vscode.l10n.t('This is not a token: it must be one line without spaces.');
    const problem = tenant && credentialsProblem(tenant, credentials, Date.now());
    return problem && wrongToken(problem, tenant.domain);
  },
  clientId: key,
  clientSecret: key,
  audience: required,
};

function key(value: string): string | undefined {
  return readClaims(value) === undefined
    ? required(value)
    : vscode.l10n.t('This is a token. To use it, go back to Paste a token.');
}

function required(value: string): string | undefined {
  return value === '' ? vscode.l10n.t('This is needed.') : undefined;
}

const WORDS: Record<TextStepName, () => StepWords> = {
  domain: () => ({
    placeholder: 'acme.eu.auth0.com',
    prompt: vscode.l10n.t(
      'The domain of the tenant, as the Auth0 dashboard shows it in the settings of each application.',
    ),
  }),
  token: () => ({
    placeholder: 'eyJ…',
    prompt: vscode.l10n.t(
      'A [Management API token]({0}) with the scopes {1}. It is kept in the secret storage of VS Code.',
      TOKEN_HELP,
      WANTED_SCOPES,
    ),
    password: true,
    help: { tooltip: vscode.l10n.t('Where a Token Comes From'), url: TOKEN_HELP },
  }),
  clientId: () => ({
    placeholder: vscode.l10n.t('Client ID'),
    prompt: vscode.l10n.t(
      'Of a [machine-to-machine application]({0}) that is authorized for the Auth0 Management API with the scopes {1}.',
      CLIENT_HELP,
      WANTED_SCOPES,
    ),
    help: { tooltip: vscode.l10n.t('How to Create the Application'), url: CLIENT_HELP },
  }),
  audience: () => ({
    placeholder: 'https://acme.eu.auth0.com/api/v2/',
    prompt: vscode.l10n.t(
      'The audience of the Management API. For a custom domain it names the tenant’s own domain, with the slash at the end.',
    ),
  }),
  clientSecret: () => ({
    placeholder: vscode.l10n.t('Client secret'),
    prompt: vscode.l10n.t('The secret of the application. It is kept in the secret storage of VS Code.'),
    password: true,
    help: { tooltip: vscode.l10n.t('How to Create the Application'), url: CLIENT_HELP },
  }),
};
