// The first question of *Add Tenant…*, the domain: what is wrong with an answer, and which domain was probably meant.
import * as vscode from 'vscode';
import { cleanKey, cleanToken, shapeOf } from '../../management/auth/pasted';
import { readClaims } from '../../management/auth/token';
import { httpDomain, loopbackOrigin, parseTenantDomain, type TenantDomain } from '../../management/tenant';
import type { Complaint } from '../../shell/quickSteps';
import { visibleText } from '../../text/visibleText';
import { type Question, required } from './question';

export const domainQuestion: Question = {
  name: 'domain',
  words: () => ({
    placeholder: 'acme.eu.auth0.com',
    prompt: vscode.l10n.t(
      'The domain of the tenant, as the Auth0 dashboard shows it in the settings of each application.',
    ),
  }),
  check: answer => (domainIn(answer) === undefined ? wrongDomain(answer) : undefined),
};

export function domainIn(answer: string): TenantDomain | undefined {
  return parseTenantDomain(cleanKey(answer));
}

/** Says what a text is that is not a tenant's domain. */
export function wrongDomain(answer: string): Complaint {
  const text = cleanKey(answer);
  return required(text) ?? wrongShape(text) ?? wrongAddress(text) ?? wrongName(text);
}

/** Something else that Auth0 gives. It is not repeated: it may be a secret. */
function wrongShape(text: string): Complaint | undefined {
  switch (shapeOf(text)) {
    case 'token': {
      const audiences = [readClaims(cleanToken(text) ?? '')?.aud].flat();
      const [offers] = audiences.flatMap(audience =>
        typeof audience === 'string' && audience.endsWith('/api/v2/') ? (parseTenantDomain(audience) ?? []) : [],
      );
      return offers === undefined
        ? vscode.l10n.t('This is a token. First comes the domain of the tenant.')
        : {
            says: vscode.l10n.t('This is a token. First comes the domain of the tenant: the token is for {0}.', offers),
            offers,
          };
    }
    case 'key':
      return vscode.l10n.t('This is a key. First comes the domain of the tenant.');
    case 'clientId':
      return vscode.l10n.t('This looks like a client ID. First comes the domain of the tenant.');
    case 'clientSecret':
      return vscode.l10n.t('This looks like a client secret. First comes the domain of the tenant.');
    case undefined:
      return undefined;
  }
}

/** The regions of Auth0's public cloud: there the dashboard's address has region and name of the tenant. */
const DASHBOARD = /^(?:https?:\/\/)?manage\.auth0\.com(?:\/dashboard\/(us|eu|au|jp|uk|ca)\/([a-z\d-]+))?(?=[/?#]|$)/i;

function wrongAddress(text: string): Complaint | undefined {
  const dashboard = DASHBOARD.exec(text);
  if (dashboard !== null) return wrongDashboard(dashboard[1], dashboard[2]);
  if (/^(?:https?:\/\/)?(?:www\.)?auth0\.com(?=[/?#]|$)/i.test(text)) {
    return vscode.l10n.t('This is Auth0’s own site. The domain of a tenant looks like acme.eu.auth0.com.');
  }
  if (/^[^\s@/:]+@[^\s@/:]+$/.test(text)) {
    return vscode.l10n.t('This is an e-mail address. The domain of a tenant looks like acme.eu.auth0.com.');
  }
  if (loopbackOrigin(/^https?:/i.test(text) ? text : `http://${text}`) !== undefined) {
    return vscode.l10n.t('A sandbox on this machine is connected with the argument `url` of auth0Metadata.addTenant.');
  }
  const http = httpDomain(text);
  if (http !== undefined) {
    return {
      says: vscode.l10n.t('A tenant is only reached over https. Write {0}, without http://.', http),
      offers: http,
    };
  }
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1];
  if (scheme !== undefined && !/^https?$/i.test(scheme)) {
    return vscode.l10n.t('A tenant is only reached over https, not over {0}.', visibleText(scheme, 40));
  }
  if (/^(?:https?:\/\/)?[^/?#]*@/i.test(text)) {
    return vscode.l10n.t('A user name or password does not belong in the address. Write the domain alone.');
  }
  const port = /^(?:https?:\/\/)?([^/?#:]+):(\d+)(?=[/?#]|$)/i.exec(text);
  const offers = port?.[1] && parseTenantDomain(port[1]);
  return port?.[2] !== undefined && offers
    ? { says: vscode.l10n.t('A tenant has no port of its own. Write {0}, without :{1}.', offers, port[2]), offers }
    : undefined;
}

function wrongDashboard(region: string | undefined, name: string | undefined): Complaint {
  const offers = region && name && parseTenantDomain(`${name}.${region}.auth0.com`);
  return offers
    ? { says: vscode.l10n.t('This is the address of the dashboard. The domain is probably {0}.', offers), offers }
    : vscode.l10n.t(
        'This is the address of the dashboard, not of a tenant. The dashboard shows the domain in the settings of each application.',
      );
}

function wrongName(text: string): string {
  const host = text.replace(/^https?:\/\//i, '').replace(/[/?#].*$/s, '');
  const shown = visibleText(host, 60);
  if (/\s/.test(host)) return vscode.l10n.t('A domain has no spaces in it. It looks like acme.eu.auth0.com.');
  if (/^[\d.]+$|^\[/.test(host)) {
    return vscode.l10n.t('{0} is an IP address. A tenant has a domain, such as acme.eu.auth0.com.', shown);
  }
  if (/^[\w-]+$/.test(host)) {
    return vscode.l10n.t('{0} is only the name of a tenant. Write its whole domain, such as acme.eu.auth0.com.', shown);
  }
  return vscode.l10n.t('{0} is not a domain. The domain of a tenant looks like acme.eu.auth0.com.', shown);
}
