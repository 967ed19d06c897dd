// What each text question of *Add Tenant…* says, and what it complains about.
import * as vscode from 'vscode';
import { parseTenantDomain } from '../management/tenant';
import { readToken } from '../management/token';
import { toCredentials } from './addArgs';
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
export function complaintAbout(step: TextStepName, value: string): string | undefined {
  return CHECKS[step](value);
}

const CHECKS: Record<TextStepName, (value: string) => string | undefined> = {
  domain: value =>
    parseTenantDomain(value) === undefined
      ? vscode.l10n.t('This is not a tenant domain. It looks like acme.eu.auth0.com, without a port.')
      : undefined,
  token: value => {
    if (toCredentials(value, undefined, undefined, undefined) === undefined) {
      return vscode.l10n.t('This is not a token: it must be one line without spaces.');
    }
    const { expiresAtMs } = readToken(value);
    return expiresAtMs !== undefined && expiresAtMs <= Date.now()
      ? vscode.l10n.t(
          'This token expired on {0}. Get a new one.',
          new Date(expiresAtMs).toLocaleString(vscode.env.language),
        )
      : undefined;
  },
  clientId: required,
  clientSecret: required,
  audience: required,
};

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
