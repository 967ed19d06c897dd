// The log: one line per request, without secrets and without anything that identifies a user.
import * as vscode from 'vscode';
import type { RequestObserver } from '../management/http/send';
import type { TenantDomain } from '../management/tenant';
import type { RequestScope } from './requestScope';

export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Metadata Editor for Auth0', { log: true });
}

/**
 * @param requests shows the waits to the user
 * @param tenant whose requests are observed
 */
export function observeRequests(
  log: vscode.LogOutputChannel,
  requests?: Pick<RequestScope, 'waiting' | 'blocked' | 'sent' | 'answered'>,
  tenant?: TenantDomain,
): RequestObserver {
  return {
    onWait: (delayMs, attempt, signal) => {
      log.info(`rate limit: waiting ${Math.round(delayMs)} ms before attempt ${attempt + 1}`);
      requests?.waiting(delayMs, signal, tenant);
    },
    onBlocked: signal => {
      log.info('waiting for earlier answers');
      requests?.blocked(signal);
    },
    onStart: signal => requests?.sent(signal),
    onEnd: signal => requests?.answered(signal),
    onRequest: ({ method, route, status, errorKind, ms }) => {
      log.info(`${method} ${route} ${status ?? errorKind ?? ''} ${Math.round(ms)} ms`);
    },
  };
}
