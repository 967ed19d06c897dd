// Tries credentials before they are stored, and says what is wrong with them.
import * as vscode from 'vscode';
import type { Credentials, CredentialsKind, CredentialsOf } from '../../management/auth/credentials';
import { type Abilities, abilitiesOf, SCOPE_FOR } from '../../management/auth/scopes';
import type { ManagementClient } from '../../management/client';
import { isFromBetween, ManagementError } from '../../management/errors';
import type { Tenant } from '../../management/tenant';
import { describeError, neededScopes } from '../../shell/errors';
import type { OpenAccess } from '../openAccess';
import { WANTED_SCOPES } from './method';
import { METHODS } from './methods';

export interface Trial {
  /** Is told what the tenant calls itself, which may take one more request. */
  readonly onName?: ((friendlyName: string | undefined) => void) | undefined;
  /** What the credentials must allow besides. */
  readonly needs?: keyof Abilities | undefined;
}

/**
 * Resolves with undefined if a user can be listed, else with a sentence that says what to do.
 * One request, and for an application one for the token.
 */
export async function whyRefused(
  openAccess: OpenAccess,
  tenant: Tenant,
  credentials: Credentials,
  signal: AbortSignal,
  { onName, needs }: Trial = {},
): Promise<string | undefined> {
  const { domain } = tenant;
  const { kind } = credentials;
  const { tokens, client } = await openAccess(tenant, credentials);
  try {
    await tokens.getToken(signal);
  } catch (error) {
    return refusal(error, domain, refused => tokenRefusal(kind, refused, tenant, credentials));
  }
  try {
    await client.listUsers({ page: 0, perPage: 1 }, signal);
  } catch (error) {
    return refusal(error, domain, refused => listRefusal(refused, METHODS[kind].listRefusal(domain)));
  }
  const { scopes } = await tokens.getToken(signal);
  if (needs && !abilitiesOf(scopes)[needs]) {
    return vscode.l10n.t('The save that waits needs the scope {0}, which this does not give.', SCOPE_FOR[needs]);
  }
  onName?.(await friendlyName(client, scopes, signal));
  return undefined;
}

/** Only asked for where the token says that it may. A name is no reason to refuse anything. */
async function friendlyName(
  client: ManagementClient,
  scopes: ReadonlySet<string> | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!scopes?.has('read:tenant_settings')) return undefined;
  try {
    return await client.friendlyName(signal);
  } catch (error) {
    if (!ManagementError.is(error)) throw error;
    return undefined;
  }
}

/** @param fromAuth0 explains an error of Auth0 itself, if its meaning depends on the request */
function refusal(error: unknown, domain: string, fromAuth0: (error: ManagementError) => string | undefined): string {
  if (!ManagementError.is(error)) return describeError(error, domain).message;
  if (isFromBetween(error)) return reachability(error, domain);
  if (error.kind === 'notFound') return vscode.l10n.t('There is no Auth0 tenant at {0}. Check the domain.', domain);
  return fromAuth0(error) ?? reachability(error, domain);
}

function tokenRefusal<Kind extends CredentialsKind>(
  kind: Kind,
  error: ManagementError,
  tenant: Tenant,
  credentials: CredentialsOf<Kind>,
): string | undefined {
  return METHODS[kind].tokenRefusal?.(error, tenant, credentials);
}

function listRefusal(error: ManagementError, ofToken: string): string | undefined {
  if (error.kind === 'unauthorized') return ofToken;
  if (error.kind !== 'forbidden') return undefined;
  const needed = neededScopes(error)?.join(', ') ?? 'read:users';
  return vscode.l10n.t('Listing users needs the scope {0}. Get a token with {1}.', needed, WANTED_SCOPES);
}

function reachability(error: ManagementError, domain: string): string {
  const { message } = describeError(error, domain);
  return error.kind === 'network' || error.kind === 'timeout'
    ? vscode.l10n.t('{0} Check the domain, your network, and VS Code’s proxy settings.', message)
    : message;
}
