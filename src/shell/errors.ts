// The only place that turns an error into a sentence and, if the user can do something about it, an action.
import * as vscode from 'vscode';
import { isFromBetween, ManagementError } from '../management/errors';
import { commandId } from './commandTable';
import { durationInWords } from './duration';
import { LoadError } from './loading';
import { noteUnexpected } from './unexpected';

export interface ErrorAction {
  /** A verb, for a button. */
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

export interface ErrorDescription {
  /** A few words, for a narrow row. */
  readonly title: string;
  /** What the title leaves out: a code or a status. */
  readonly detail: string;
  /** One sentence. It quotes nothing from a body, a token or metadata. */
  readonly message: string;
  /** What the user can do about it, the most useful first. */
  readonly actions: readonly ErrorAction[];
}

/** @param tenant the tenant's domain; without it, the sentence names Auth0 and does not offer to sign in */
export function describeError(error: unknown, tenant?: string): ErrorDescription {
  if (LoadError.is(error)) return describeLoadError(error);
  if (!ManagementError.is(error)) {
    noteUnexpected(error);
    const action = { title: vscode.l10n.t('Show Log'), command: commandId('showLog'), arguments: [] };
    const message = vscode.l10n.t('Something unexpected went wrong. The log says more.');
    return { title: vscode.l10n.t('Something went wrong'), detail: '', message, actions: [action] };
  }
  return {
    title: title(error),
    detail: detail(error),
    message: sentence(error, tenant ?? 'Auth0'),
    actions: tenant === undefined || isFromBetween(error) ? [] : actionsFor(error, tenant),
  };
}

function unlock(tenant: string): ErrorAction {
  return {
    title: vscode.l10n.t('Unlock for This Session…'),
    command: commandId('unlockTenant'),
    arguments: [{ tenant }],
  };
}

function describeLoadError(error: unknown): ErrorDescription {
  noteUnexpected(error);
  return {
    title: vscode.l10n.t('Cannot be loaded'),
    detail: '',
    message: vscode.l10n.t(
      'A part of the extension cannot be loaded. Reload the window; if that does not help, install the extension again.',
    ),
    actions: [{ title: vscode.l10n.t('Reload Window'), command: 'workbench.action.reloadWindow', arguments: [] }],
  };
}

function actionsFor(error: ManagementError, tenant: string): readonly ErrorAction[] {
  switch (error.kind) {
    case 'unauthorized':
      return [signInAgain(tenant)];
    case 'forbidden': {
      const scopes = neededScopes(error);
      return [signInAgain(tenant), ...(scopes ? scopeActions(tenant, scopes) : [])];
    }
    case 'locked':
      return [unlock(tenant)];
    case 'readOnly':
      return [{ title: vscode.l10n.t('Edit Tenant…'), command: commandId('editTenant'), arguments: [{ tenant }] }];
    default:
      return [];
  }
}

/** Help with getting a token that has any one of `scopes`. */
export function scopeActions(tenant: string, scopes: readonly string[]): readonly [ErrorAction, ErrorAction] {
  return [
    { title: vscode.l10n.t('Copy Scopes'), command: commandId('copyScopes'), arguments: [{ tenant, scopes }] },
    {
      title: vscode.l10n.t('Open the Dashboard’s Page'),
      command: commandId('openDashboard'),
      arguments: [{ tenant }],
    },
  ];
}

export function signInAgain(tenant: string): ErrorAction {
  return {
    title: vscode.l10n.t('Sign In Again…'),
    command: commandId('updateCredentials'),
    arguments: [{ tenant }],
  };
}

function sentence(error: ManagementError, tenant: string): string {
  if (isFromBetween(error)) return sentenceOfBetween(error, tenant);
  switch (error.kind) {
    case 'unauthorized':
      if (error.status === undefined) return vscode.l10n.t('You are not signed in to {0}.', tenant);
      // The request was not sent, so the status comes from the token request before it.
      return error.outcome === 'notSent'
        ? vscode.l10n.t('{0} does not accept the client ID with its secret or key.', tenant)
        : vscode.l10n.t('The token for {0} has expired or is not accepted.', tenant);
    case 'forbidden': {
      const scopes = neededScopes(error);
      return scopes === undefined
        ? vscode.l10n.t('{0} does not allow this with the present credentials.', tenant)
        : vscode.l10n.t('The token for {0} lacks a scope: {1}.', tenant, anyOf(scopes));
    }
    case 'notFound':
      return isMissingUser(error)
        ? vscode.l10n.t('There is no such user in {0}.', tenant)
        : vscode.l10n.t('{0} has nothing at this address (404). Check the domain.', tenant);
    case 'conflict':
      return error.serviceMessage === undefined
        ? vscode.l10n.t('{0} says that this conflicts with what it holds (409).', tenant)
        : vscode.l10n.t('This user exists already in {0}.', tenant);
    case 'rateLimited':
      return error.retryAfterMs === undefined
        ? vscode.l10n.t('The rate limit of {0} is reached. Try again in a moment.', tenant)
        : vscode.l10n.t(
            'The rate limit of {0} is reached. Try again in {1}.',
            tenant,
            durationInWords(error.retryAfterMs),
          );
    case 'invalid':
      return error.serviceMessage === undefined
        ? vscode.l10n.t('{0} refused the request ({1}).', tenant, error.status ?? 400)
        : vscode.l10n.t('{0} refused the request: {1}', tenant, error.serviceMessage);
    case 'network':
      return vscode.l10n.t('{0} cannot be reached ({1}).', tenant, codeOf(error));
    case 'timeout':
      return vscode.l10n.t('{0} did not answer in time.', tenant);
    case 'server':
      return isUnreadable(error)
        ? vscode.l10n.t(
            '{0} gave an answer that cannot be read. A proxy or a gateway may have answered in its place.',
            tenant,
          )
        : vscode.l10n.t('{0} has a problem of its own ({1}). Try again later.', tenant, error.status ?? codeOf(error));
    case 'cancelled':
      return vscode.l10n.t('Cancelled.');
    case 'locked':
      return vscode.l10n.t('{0} is locked in this window. Nothing was sent: unlock it first.', tenant);
    case 'readOnly':
      return vscode.l10n.t('You have made {0} read-only. Nothing was sent: Edit Tenant… changes that.', tenant);
  }
}

function sentenceOfBetween({ status = 0 }: ManagementError, tenant: string): string {
  if (status < 400) {
    return vscode.l10n.t(
      'Something between VS Code and {0} answered with a redirect ({1}): a captive portal or a proxy. Sign in to the network in a browser, then try again.',
      tenant,
      status,
    );
  }
  if (status === 404) {
    return vscode.l10n.t(
      '{0} has nothing at this address (404), and it is not Auth0 that says so. Check the domain.',
      tenant,
    );
  }
  return vscode.l10n.t(
    'Something between VS Code and {0} answered in its place ({1}): a firewall, a proxy or a gateway.',
    tenant,
    status,
  );
}

function title(error: ManagementError): string {
  if (isFromBetween(error)) return vscode.l10n.t('Not Auth0’s answer');
  switch (error.kind) {
    case 'unauthorized':
      return error.status === undefined ? vscode.l10n.t('Not signed in') : vscode.l10n.t('Token not accepted');
    case 'forbidden': {
      const scopes = neededScopes(error);
      return scopes ? vscode.l10n.t('The token lacks {0}', anyOf(scopes)) : vscode.l10n.t('Not allowed');
    }
    case 'notFound':
      return vscode.l10n.t('Not found');
    case 'conflict':
      return error.serviceMessage === undefined ? vscode.l10n.t('Conflict') : vscode.l10n.t('Exists already');
    case 'rateLimited':
      return vscode.l10n.t('Rate limit reached');
    case 'invalid':
      return vscode.l10n.t('Request refused');
    case 'network':
      return vscode.l10n.t('Cannot be reached');
    case 'timeout':
      return vscode.l10n.t('No answer in time');
    case 'server':
      return isUnreadable(error) ? vscode.l10n.t('Answer cannot be read') : vscode.l10n.t('Server problem');
    case 'cancelled':
      return vscode.l10n.t('Cancelled');
    case 'locked':
      return vscode.l10n.t('Locked');
    case 'readOnly':
      return vscode.l10n.t('Read-only');
  }
}

function detail(error: ManagementError): string {
  if (error.kind === 'network') return codeOf(error);
  if (isUnreadable(error)) return '';
  if (isFromBetween(error)) return String(error.status);
  if (neededScopes(error)) return '';
  return error.serviceMessage ?? String(error.status ?? '');
}

/** Checks Auth0's code: a 404 from elsewhere (a gateway, a domain without a tenant) says nothing about the user. */
export function isMissingUser(error: unknown): boolean {
  return ManagementError.is(error, 'notFound') && error.errorCode === 'inexistent_user';
}

/** Whether the status says success, but the body is not an answer of the service. */
function isUnreadable({ kind, status = 500 }: ManagementError): boolean {
  return kind === 'server' && status < 300;
}

/** Read from "Insufficient scope, expected any of: read:users,…"; undefined if a 403 has another reason. */
export function neededScopes(error: ManagementError): readonly string[] | undefined {
  const scopes = (error.isAuth0s ? error.serviceMessage : undefined)?.match(/\b[a-z]+:[a-z_]+\b/g);
  return scopes && scopes.length > 0 ? scopes : undefined;
}

function anyOf(scopes: readonly string[]): string {
  return new Intl.ListFormat(vscode.env.language, { type: 'disjunction' }).format(scopes);
}

function codeOf(error: ManagementError): string {
  return error.cause instanceof Error ? error.cause.message : error.kind;
}
