// Says in one sentence what is wrong with a private key, and what to do.
import * as vscode from 'vscode';
import { ASSERTION_ALGORITHMS } from '../../management/auth/credentials';
import type { KeyProblem } from '../../management/auth/privateKey';
import { visibleText } from '../../text/visibleText';

export function wrongKey(problem: KeyProblem): string {
  switch (problem.kind) {
    case 'publicKey':
      return vscode.l10n.t(
        'This is a public key, which is for Auth0. Here the private key is needed that belongs to it.',
      );
    case 'certificate':
      return vscode.l10n.t(
        'This is a certificate, which is for Auth0. Here the private key is needed that belongs to it.',
      );
    case 'encrypted':
      return vscode.l10n.t(
        'This key is protected by a passphrase. `openssl pkey -in FILE` asks for the passphrase and prints the key without it: paste that.',
      );
    case 'ssh':
      return vscode.l10n.t('This is an SSH key. Auth0 takes keys in PEM, such as `openssl genrsa 2048` makes.');
    case 'symmetric':
      return vscode.l10n.t('This key is a shared secret. Here the private half of an RSA key pair is needed.');
    case 'several':
      return vscode.l10n.t('There are several private keys in this set. Paste the one that is registered in Auth0.');
    case 'incomplete':
      return vscode.l10n.t('This key is incomplete or damaged. Copy all of it, from its first line to its last.');
    case 'notRsa':
      return vscode.l10n.t(
        'This is a key of the type {0}. For signing in, Auth0 takes RSA keys only ({1}).',
        visibleText(problem.type, 20),
        ASSERTION_ALGORITHMS.join(', '),
      );
    case 'size':
      return vscode.l10n.t('This RSA key has {0} bits. Auth0 takes 2048 to 4096.', problem.bits);
    case 'algorithm':
      return vscode.l10n.t(
        'Auth0 does not take {0} for signing in, but {1}.',
        visibleText(problem.algorithm, 20),
        ASSERTION_ALGORITHMS.join(', '),
      );
    case 'token':
      return vscode.l10n.t('This is a token, not a private key. To use it, go back to Paste a token.');
    case 'clientId':
      return vscode.l10n.t('This looks like a client ID. It was asked for before; here the private key is needed.');
    case 'clientSecret':
      return vscode.l10n.t(
        'This looks like a client secret, not like a private key. To use it, go back to Use client credentials.',
      );
    case 'noKey':
      return vscode.l10n.t(
        'This is not a private key: it begins with -----BEGIN PRIVATE KEY----- (PEM), or is a JSON object (JWK).',
      );
  }
}
