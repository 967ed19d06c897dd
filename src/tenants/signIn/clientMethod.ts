// Signing in with client credentials: the ID and the secret of a machine-to-machine application.
import * as vscode from 'vscode';
import { cleanKey } from '../../management/auth/pasted';
import { readClaims } from '../../management/auth/token';
import { audienceOf } from '../../management/tenant';
import { type SignInMethod, WANTED_SCOPES } from './method';
import { required } from './question';

const HELP = 'https://auth0.com/docs/get-started/auth0-overview/create-applications/machine-to-machine-apps';
const help = () => ({ tooltip: vscode.l10n.t('How to Create the Application'), url: HELP });

export const clientMethod: SignInMethod<'client'> = {
  kind: 'client',
  words: () => ({
    label: vscode.l10n.t('$(server) Use client credentials'),
    detail: vscode.l10n.t(
      'Client ID and secret of a machine-to-machine application. Tokens are renewed by themselves.',
    ),
  }),
  questions: [
    {
      name: 'clientId',
      words: () => ({
        placeholder: vscode.l10n.t('Client ID'),
        prompt: vscode.l10n.t(
          'Of a [machine-to-machine application]({0}) that is authorized for the Auth0 Management API with the scopes {1}.',
          HELP,
          WANTED_SCOPES,
        ),
        help: help(),
      }),
      check: checkKey,
    },
    {
      name: 'audience',
      words: () => ({
        placeholder: 'https://acme.eu.auth0.com/api/v2/',
        prompt: vscode.l10n.t(
          'The audience of the Management API. For a custom domain it names the tenant’s own domain, with the slash at the end.',
        ),
      }),
      check: required,
      // The audience of a custom domain contains the tenant's own domain, which only its owner knows.
      isAsked: tenant =>
        tenant !== undefined && !tenant.domain.endsWith('.auth0.com') && tenant.origin === `https://${tenant.domain}`,
      suggestion: audienceOf,
    },
    {
      name: 'clientSecret',
      words: () => ({
        placeholder: vscode.l10n.t('Client secret'),
        prompt: vscode.l10n.t('The secret of the application. It is kept in the secret storage of VS Code.'),
        password: true,
        help: help(),
      }),
      check: checkKey,
    },
  ],
  read(answers) {
    const [clientId, clientSecret] = [cleanKey(answers.clientId ?? ''), cleanKey(answers.clientSecret ?? '')];
    if (clientId === '' || clientSecret === '') return undefined;
    const pair = { kind: 'client', clientId, clientSecret } as const;
    const audience = answers.audience?.trim();
    return { credentials: audience ? { ...pair, audience } : pair };
  },
  // POST /oauth/token: 401 for the secret, 403 for the grant or the audience.
  tokenRefusal({ kind, errorCode }, domain) {
    if (kind === 'unauthorized') {
      return vscode.l10n.t('{0} does not accept this client ID with this client secret. Check both.', domain);
    }
    if (kind !== 'forbidden') return undefined;
    return errorCode === 'unauthorized_client'
      ? vscode.l10n.t(
          'The application may not use the grant Client Credentials: allow it in its Advanced Settings in Auth0.',
        )
      : vscode.l10n.t(
          'The application is not authorized for the Auth0 Management API of this tenant: authorize it in Auth0 under Applications › APIs, with the scopes {0}. For a custom domain, check the audience as well.',
          WANTED_SCOPES,
        );
  },
  listRefusal: domain =>
    vscode.l10n.t('{0} does not accept its own token for the Management API: check the audience.', domain),
};

function checkKey(answer: string): string | undefined {
  return readClaims(answer) === undefined
    ? required(answer)
    : vscode.l10n.t('This is a token. To use it, go back to Paste a token.');
}
