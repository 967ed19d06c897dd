// Says on a tenant's row how the user is signed in. Not in methods.ts, because the view needs it at startup.
import * as vscode from 'vscode';
import type { CredentialsKind } from '../../management/auth/credentials';

export function signedInWith(kind: CredentialsKind): string {
  return WORDS[kind]();
}

const WORDS: Readonly<Record<CredentialsKind, () => string>> = {
  token: () => vscode.l10n.t('Signed in with a pasted token'),
  client: () => vscode.l10n.t('Signed in with client credentials'),
  key: () => vscode.l10n.t('Signed in with a private key'),
};
