// Tries credentials before they are stored, and says in words what is wrong with them.
import * as vscode from 'vscode';
import type { Credentials } from '../../management/auth/credentials';
import { isFromBetween, ManagementError } from '../../management/errors';
import type { Tenant } from '../../management/tenant';
import { describeError, neededScopes } from '../../shell/errors';
import type { OpenAccess } from '../openAccess';

/** What the credentials are for. The rest is offered according to what they allow. */
export const WANTED_SCOPES = 'read:users update:users create:users read:connections';

/**
 * Resolves with undefined if a user can be listed, else with a sentence that says what to do.
 * One request, and for client credentials one for the token.
 */
export async function whyRefused(
  openAccess: OpenAccess,
  tenant: Tenant,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { tokens, client } = await openAccess(tenant, credentials);
  try {
    await tokens.getToken(signal);
  } catch (error) {
    return tokenRefusal(error, tenant);
  }
  try {
    await client.listUsers({ page: 0, perPage: 1 }, signal);
    return undefined;
  } catch (error) {
    return listRefusal(error, tenant, credentials.kind);
  }
}

/** POST /oauth/token: 401 for the secret, 403 for the grant or the audience. */
function tokenRefusal(error: unknown, { domain }: Tenant): string {
  const { l10n } = vscode;
  if (!ManagementError.is(error)) return describeError(error, domain).message;
  if (isFromBetween(error)) return reachability(error, domain);
  if (error.kind === 'notFound') return noTenant(domain);
  if (error.kind === 'unauthorized') {
    return l10n.t('{0} does not accept this client ID with this client secret. Check both.', domain);
  }
  if (error.kind !== 'forbidden') return reachability(error, domain);
  return error.errorCode === 'unauthorized_client'
    ? l10n.t('The application may not use the grant Client Credentials: allow it in its Advanced Settings in Auth0.')
    : l10n.t(
        'The application is not authorized for the Auth0 Management API of this tenant: authorize it in Auth0 under Applications › APIs, with the scopes {0}. For a custom domain, check the audience as well.',
        WANTED_SCOPES,
      );
}

function listRefusal(error: unknown, { domain }: Tenant, kind: Credentials['kind']): string {
  const { l10n } = vscode;
  if (!ManagementError.is(error)) return describeError(error, domain).message;
  if (isFromBetween(error)) return reachability(error, domain);
  if (error.kind === 'unauthorized') {
    return kind === 'token'
      ? l10n.t(
          '{0} does not accept this token: it has expired, is incomplete, or is for another tenant. Get a new one.',
          domain,
        )
      : l10n.t('{0} does not accept its own token for the Management API: check the audience.', domain);
  }
  if (error.kind === 'forbidden') {
    const needed = neededScopes(error)?.join(', ') ?? 'read:users';
    return l10n.t('Listing users needs the scope {0}. Get a token with {1}.', needed, WANTED_SCOPES);
  }
  return error.kind === 'notFound' ? noTenant(domain) : reachability(error, domain);
}

function noTenant(domain: string): string {
  return vscode.l10n.t('There is no Auth0 tenant at {0}. Check the domain.', domain);
}

function reachability(error: ManagementError, domain: string): string {
  const { message } = describeError(error, domain);
  return error.kind === 'network' || error.kind === 'timeout'
    ? vscode.l10n.t("{0} Check the domain, your connection, and VS Code's proxy settings.", message)
    : message;
}
