// The hover of a tenant's row, loaded when the first one is shown.
import * as vscode from 'vscode';
import { canWrite } from '../management/auth/scopes';
import { isLoopback } from '../management/tenant';
import { dotted, stateInWords, tenantInWords } from '../shell/tenantWords';
import { visibleText } from '../text/visibleText';
import type { TenantClients, TenantInfo } from './sources';
import { timeOf } from './treeItems';

/** For the moment when the mouse is over the row: what is known by then. */
export async function tenantTooltip(
  info: TenantInfo,
  access: Pick<TenantClients, 'knownClaims' | 'signedIn' | 'lockState' | 'limits'>,
): Promise<string> {
  const { kind, origin, domain } = info;
  const [signedIn, claims, lock] = [access.signedIn(domain), access.knownClaims(domain), access.lockState(domain)];
  const lines = [dotted(tenantInWords(info), stateInWords(kind, lock, canWrite(claims?.scopes)))];
  if (kind === 'sample') lines.push(vscode.l10n.t('A sample tenant inside VS Code. Nothing in it is real.'));
  else if (info.name !== domain) lines.push(domain);
  if (isLoopback(origin)) lines.push(origin);
  if (signedIn !== undefined) lines.push(signedIn);
  if (claims?.expiresAtMs !== undefined) lines.push(vscode.l10n.t('Token ends: {0}', timeOf(claims.expiresAtMs)));
  if (claims?.scopes) lines.push(vscode.l10n.t('Scopes: {0}', visibleText([...claims.scopes].join(' '), 1000)));
  const limits = new Set((await access.limits(domain)).map(({ limit }) => limit));
  if (limits.size > 0) {
    const numbers = [...limits].map(limit => limit.toLocaleString(vscode.env.language)).join(' / ');
    lines.push(vscode.l10n.t('Rate limit, as last seen: {0} requests at once', numbers));
  }
  return lines.join('\n');
}
