// Says in one sentence what is wrong with a token, and what to do.
import * as vscode from 'vscode';
import type { TokenProblem } from '../../management/auth/tokenProblem';
import { visibleText } from '../../text/visibleText';

export function wrongToken(problem: TokenProblem, domain: string): string {
  const date = (atMs: number) => new Date(atMs).toLocaleString(vscode.env.language);
  switch (problem.kind) {
    case 'idToken':
      return vscode.l10n.t(
        'This is an ID token: it says who somebody is and opens no API. Get an access token for the Management API.',
      );
    case 'otherApi':
      return vscode.l10n.t(
        'This token is for {0}, not for the Auth0 Management API. Get one for https://{1}/api/v2/.',
        visibleText(problem.audience, 100),
        domain,
      );
    case 'otherTenant':
      return vscode.l10n.t(
        'This token is for the tenant {0}, not for {1}. Get one from {1}, or change the domain.',
        visibleText(problem.host, 100),
        domain,
      );
    case 'expired':
      return vscode.l10n.t('This token expired on {0}. Get a new one.', date(problem.atMs));
    case 'notYetValid':
      return vscode.l10n.t(
        'This token is valid from {0} on. Check the clock of this computer, or get a new one.',
        date(problem.atMs),
      );
    case 'clientId':
      return vscode.l10n.t('This looks like a client ID, not like a token. To use it, go back to client credentials.');
    case 'clientSecret':
      return vscode.l10n.t(
        'This looks like a client secret, not like a token. To use it, go back to client credentials.',
      );
    case 'opaque':
      return vscode.l10n.t(
        'This token cannot be for the Management API: such a token begins with eyJ and has two dots in it.',
      );
    case 'incomplete':
      return vscode.l10n.t('This token is incomplete. Copy all of it: three parts with dots between them.');
  }
}
