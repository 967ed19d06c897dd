// What signing in for an application has in common, by secret and by key: its questions, and why it gets no token.
import * as vscode from 'vscode';
import { cleanKey, shapeOf } from '../../management/auth/pasted';
import type { ManagementError } from '../../management/errors';
import { audienceOf, parseTenantDomain, type Tenant, tenantOf } from '../../management/tenant';
import type { Complaint } from '../../shell/quickSteps';
import { copyScopes } from './copyScopes';
import { domainIn, wrongDomain } from './domainQuestion';
import { WANTED_SCOPES } from './method';
import { type Question, required } from './question';

const HELP = 'https://auth0.com/docs/get-started/auth0-overview/create-applications/machine-to-machine-apps';

export const applicationHelp = () => ({ tooltip: vscode.l10n.t('How to Create the Application'), url: HELP });

/** What Auth0 allows for the claim `iss`. */
const MAX_CLIENT_ID = 64;

export const clientIdQuestion: Question = {
  name: 'clientId',
  words: () => ({
    placeholder: vscode.l10n.t('Client ID'),
    prompt: vscode.l10n.t(
      'Of a [machine-to-machine application]({0}) that is authorized for the Auth0 Management API with the scopes {1}.',
      HELP,
      WANTED_SCOPES,
    ),
    copy: copyScopes(),
    help: applicationHelp(),
  }),
  check(answer) {
    const text = cleanKey(answer);
    switch (shapeOf(text)) {
      case 'token':
        return isToken();
      case 'key':
        return vscode.l10n.t('This is a key. The client ID comes first, the key after it.');
      case 'clientSecret':
        return vscode.l10n.t('This looks like a client secret. The client ID comes first, the secret after it.');
      default:
        return required(text) ?? (isWord(text) ? undefined : notClientId(text));
    }
  },
};

function isWord(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text) && text.length <= MAX_CLIENT_ID && domainIn(text) === undefined;
}

function notClientId(text: string): string {
  return domainIn(text) === undefined
    ? vscode.l10n.t('This is not a client ID, which is one word of 32 letters and digits.')
    : vscode.l10n.t('This is a domain. The client ID is one word of 32 letters and digits.');
}

export function isToken(): string {
  return vscode.l10n.t('This is a token. To use it, go back to Paste a token.');
}

/** A custom domain's Management API has the tenant's own domain in its audience, which only its owner knows. */
export const audienceQuestion: Question = {
  name: 'audience',
  words: () => ({
    placeholder: 'acme.eu.auth0.com',
    prompt: vscode.l10n.t(
      'The tenant’s own domain: behind a custom domain, too, the Management API is named after it. It usually ends with auth0.com.',
    ),
  }),
  check: answer => (audienceIn(answer) === undefined ? wrongAudience(answer) : undefined),
  isAsked: tenant =>
    tenant !== undefined && !tenant.domain.endsWith('.auth0.com') && tenant.origin === `https://${tenant.domain}`,
  isOfTenant: true,
};

/** The audience of the Management API, from the tenant's own domain or from the audience with or without its slash. */
export function audienceIn(answer: string): string | undefined {
  const named = /^(?:https:\/\/)?([^/?#]+)(?:\/(?:api\/v2\/?)?)?$/i.exec(cleanKey(answer))?.[1];
  const domain = named === undefined ? undefined : parseTenantDomain(named);
  return domain && audienceOf(tenantOf(domain));
}

function wrongAudience(answer: string): Complaint {
  const domain = domainIn(answer);
  if (domain === undefined) return wrongDomain(answer);
  if (!domain.endsWith('.auth0.com')) {
    return vscode.l10n.t('This names another API. Write the tenant’s own domain, such as acme.eu.auth0.com.');
  }
  return { says: vscode.l10n.t('Only the domain is needed here: {0}.', domain), offers: domain };
}

/** Says what a 403 of POST /oauth/token means. Auth0 gives the same code for an unknown audience as for a missing grant. */
export function grantRefusal(error: ManagementError, { domain }: Tenant, audience: string | undefined): string {
  if (error.errorCode === 'unauthorized_client') {
    return vscode.l10n.t(
      'The application may not use the grant Client Credentials: allow it in its Advanced Settings in Auth0.',
    );
  }
  const own = audience && parseTenantDomain(audience);
  const sentence =
    own && own !== domain
      ? vscode.l10n.t(
          'Auth0 gives no token for {0}: either {1} is not the domain of the tenant behind {2}, or the application is not authorized for its Management API (Applications › APIs, with the scopes {3}).',
          audience,
          own,
          domain,
          WANTED_SCOPES,
        )
      : vscode.l10n.t(
          'The application is not authorized for the Auth0 Management API of this tenant: authorize it in Auth0 under Applications › APIs, with the scopes {0}.',
          WANTED_SCOPES,
        );
  return error.serviceMessage === undefined
    ? sentence
    : vscode.l10n.t('{0} Auth0 says: “{1}…”', sentence, error.serviceMessage);
}
