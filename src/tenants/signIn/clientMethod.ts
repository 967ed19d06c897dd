// Signing in with client credentials: the ID and the secret of a machine-to-machine application.
import * as vscode from 'vscode';
import { cleanKey, shapeOf } from '../../management/auth/pasted';
import { readPrivateKey } from '../../management/auth/privateKey';
import {
  applicationHelp,
  audienceIn,
  audienceQuestion,
  clientIdQuestion,
  grantRefusal,
  isToken,
} from './applicationQuestions';
import { copyScopes } from './copyScopes';
import type { MethodFor } from './method';
import { type Question, required } from './question';
import { wrongKey } from './wrongKey';

const secretQuestion: Question = {
  name: 'clientSecret',
  words: () => ({
    placeholder: vscode.l10n.t('Client secret'),
    prompt: vscode.l10n.t('The secret of the application. It is kept in the secret storage of VS Code.'),
    password: true,
    copy: copyScopes(),
    help: applicationHelp(),
  }),
  check(answer) {
    const shape = shapeOf(answer);
    if (shape === 'token') return isToken();
    if (shape !== 'key') return required(cleanKey(answer));
    const key = readPrivateKey(answer);
    return 'kind' in key
      ? wrongKey(key)
      : vscode.l10n.t('This is a private key, not a secret. To use it, go back to Use a private key.');
  },
};

export const clientMethod: MethodFor<'client'> = {
  kind: 'client',
  words: () => ({
    label: vscode.l10n.t('$(server) Use client credentials'),
    detail: vscode.l10n.t('Client ID and secret of an application. Tokens are renewed by themselves.'),
  }),
  questions: [clientIdQuestion, audienceQuestion, secretQuestion],
  read(answers) {
    const [clientId, clientSecret] = [cleanKey(answers.clientId ?? ''), cleanKey(answers.clientSecret ?? '')];
    if (clientId === '' || clientSecret === '') return undefined;
    const audience = audienceIn(answers.audience ?? '');
    return { kind: 'client', clientId, clientSecret, ...(audience === undefined ? {} : { audience }) };
  },
  // POST /oauth/token: 401 for the secret, 403 for the grant or the audience.
  tokenRefusal(error, tenant, { clientSecret, audience }) {
    if (error.kind === 'forbidden') return grantRefusal(error, tenant, audience);
    if (error.kind !== 'unauthorized') return undefined;
    return shapeOf(clientSecret) === 'clientId'
      ? vscode.l10n.t('{0} does not accept this secret, which looks like a client ID. Check both.', tenant.domain)
      : vscode.l10n.t('{0} does not accept this client ID with this client secret. Check both.', tenant.domain);
  },
  listRefusal: domain =>
    vscode.l10n.t('{0} does not accept its own token for the Management API: check the tenant’s own domain.', domain),
};
