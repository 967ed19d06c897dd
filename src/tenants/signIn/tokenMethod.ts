// Signing in with a token that the user got elsewhere and pastes.
import * as vscode from 'vscode';
import { cleanToken, shapeOf } from '../../management/auth/pasted';
import { type TokenProblem, tokenProblem } from '../../management/auth/tokenProblem';
import { isLoopback, type Tenant } from '../../management/tenant';
import { copyScopes } from './copyScopes';
import { type MethodFor, WANTED_SCOPES } from './method';
import { required } from './question';
import { wrongToken } from './wrongToken';

const HELP = 'https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens';

export const tokenMethod: MethodFor<'token'> = {
  kind: 'token',
  words: () => ({
    label: vscode.l10n.t('$(key) Paste a token'),
    detail: vscode.l10n.t('From the Management API Explorer. Quickest; usually ends after a day.'),
  }),
  questions: [
    {
      name: 'token',
      words: () => ({
        placeholder: 'eyJ…',
        prompt: vscode.l10n.t(
          'A [Management API token]({0}) with the scopes {1}. It is kept in the secret storage of VS Code.',
          HELP,
          WANTED_SCOPES,
        ),
        password: true,
        copy: copyScopes(),
        help: { tooltip: vscode.l10n.t('Where a Token Comes From'), url: HELP },
      }),
      check(answer, tenant) {
        if (shapeOf(answer) === 'key') {
          return vscode.l10n.t('This is a key, not a token. To use it, go back to Use a private key.');
        }
        const token = cleanToken(answer);
        if (token === undefined) {
          return required(answer) ?? vscode.l10n.t('This is not a token: it must be one line without spaces.');
        }
        const problem = tenant && problemOf(token, tenant);
        return problem && wrongToken(problem, tenant.domain);
      },
    },
  ],
  read({ token: answer = '' }) {
    const token = cleanToken(answer);
    return token === undefined ? undefined : { kind: 'token', token };
  },
  listRefusal: domain =>
    vscode.l10n.t(
      '{0} does not accept this token: it has expired, is incomplete, or is for another tenant. Get a new one.',
      domain,
    ),
};

/** Finds what can be known before anything is sent. A sandbox on this machine decides itself what it accepts. */
function problemOf(token: string, { domain, origin }: Tenant): TokenProblem | undefined {
  return isLoopback(origin) ? undefined : tokenProblem(token, domain, Date.now());
}
