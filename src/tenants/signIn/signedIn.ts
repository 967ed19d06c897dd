// How one is signed in, as a tenant's row says it. Apart from methods.ts: the view needs it from the start.
import * as vscode from 'vscode';
import type { CredentialsKind } from '../../management/auth/credentials';

export function signedInWith(kind: CredentialsKind): string {
  return WORDS[kind]();
}

const WORDS: Readonly<Record<CredentialsKind, () => string>> = {
  token: () => vscode.l10n.t('Signed in with a pasted token'),
  client: () => vscode.l10n.t('Signed in with client credentials'),
};
