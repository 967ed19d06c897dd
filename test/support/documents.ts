// The documents of a window as the extension wires them, over the stand-in for VS Code.
import assert from 'node:assert/strict';
import { type DocumentOptions, type Documents, startDocuments } from '../../src/documents/documents';
import { USER_SCHEME } from '../../src/documents/uris';
import type { ManagementClient } from '../../src/management/client';
import type { Dialogs } from '../../src/shell/dialogs';
import { RequestScope } from '../../src/shell/requestScope';
import { settings } from '../../src/shell/settings';
import { nobody } from './signIn';
import { shown } from './vscode/window';

/**
 * @param client is asked for at each request, as the one of a tenant is: signing in anew makes another one
 * @param more what is not as it usually is; by default nobody signs in again
 */
export function documentsIn(
  client: () => ManagementClient,
  ask: Dialogs['ask'],
  more: Partial<Pick<DocumentOptions, 'signIn' | 'undoingMs'>> = {},
): Documents {
  const documents = startDocuments({
    clients: {
      client: async () => client(),
      knownClaims: () => undefined,
      learnClaims: async () => undefined,
      lockState: () => 'open',
    },
    dialogs: { ask },
    signIn: nobody,
    requests: new RequestScope(),
    policyOf: () => settings.confirmSave(),
    identityOf: () => '',
    unlock: async () => assert.fail('nothing is locked'),
    checkOnFocus: () => false,
    ...more,
  });
  const registration = shown.registerProvider(USER_SCHEME, documents.files);
  return {
    ...documents,
    dispose: () => {
      documents.dispose();
      registration.dispose();
    },
  };
}
