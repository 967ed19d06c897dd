// The log: one line a request, nothing in it that identifies a user or could be a secret.
import * as vscode from 'vscode';
import type { RequestObserver } from '../management/send';

export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Metadata Editor for Auth0', { log: true });
}

/** @param waiting called before a pause for a rate limit */
export function observeRequests(log: vscode.LogOutputChannel, waiting: (delayMs: number) => void): RequestObserver {
  return {
    onWait: (delayMs, attempt) => {
      log.info(`rate limit: waiting ${Math.round(delayMs)} ms before attempt ${attempt + 1}`);
      waiting(delayMs);
    },
    onRequest: ({ method, route, status, errorKind, ms }) => {
      log.info(`${method} ${route} ${status ?? errorKind ?? ''} ${Math.round(ms)} ms`);
    },
  };
}
