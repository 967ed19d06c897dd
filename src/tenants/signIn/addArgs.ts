// Reads the argument of `auth0Metadata.addTenant`, which other extensions, keybindings and tests pass.
import * as vscode from 'vscode';
import { isRecord } from '../../json/plain';
import type { Credentials } from '../../management/auth/credentials';
import { loopbackOrigin, type Tenant, tenantOf } from '../../management/tenant';
import { saidOf } from '../../shell/quickSteps';
import { CallerError } from '../../shell/report';
import { domainIn, wrongDomain } from './domainQuestion';
import type { Answers, SignInMethod } from './method';
import { METHODS } from './methods';

export interface NewTenant {
  readonly tenant: Tenant;
  readonly credentials: Credentials;
  /** What the tenant calls itself, if that is known. */
  readonly friendlyName?: string | undefined;
}

const SANDBOX_DOMAIN = 'sample-tenant.localhost';

/**
 * Reads `{domain | url, token | clientId + (clientSecret | privateKey), audience?, algorithm?, keyId?}`. With both a URL
 * and a domain, the domain is the tenant's name; with several secrets, the token is used, then the client secret.
 *
 * @throws CallerError what is missing or wrong, in a sentence
 */
export function parseAddTenantArgs(args: unknown): NewTenant {
  const passed = isRecord(args) ? args : {};
  const tenant = tenantIn(passed);
  for (const method of Object.values(METHODS)) {
    const [secret] = method.questions.slice(-1);
    if (secret === undefined || text(passed[secret.name]) === undefined) continue;
    const credentials = method.read(answersTo(method, passed, tenant));
    if (credentials !== undefined) return { tenant, credentials };
  }
  throw refused(vscode.l10n.t('A `token`, or a `clientId` with a `clientSecret` or a `privateKey`, is needed.'));
}

function tenantIn({ domain, url }: Readonly<Record<string, unknown>>): Tenant {
  const named = text(domain) ?? (url === undefined ? undefined : SANDBOX_DOMAIN);
  if (named === undefined) throw refused(vscode.l10n.t('The `domain` of the tenant is needed.'));
  const parsed = domainIn(named);
  if (parsed === undefined) throw refused(saidOf(wrongDomain(named)));
  const sandboxOrigin = url === undefined ? undefined : loopbackOrigin(text(url) ?? '');
  if (url !== undefined && sandboxOrigin === undefined) {
    throw refused(vscode.l10n.t('`url` must be the http URL of a sandbox on this machine.'));
  }
  return tenantOf(parsed, sandboxOrigin);
}

function answersTo(method: SignInMethod, passed: Readonly<Record<string, unknown>>, tenant: Tenant): Answers {
  const answers: Record<string, string | undefined> = {};
  for (const { name, check } of [...method.questions, ...(method.alsoPassed ?? [])]) {
    const answer = text(passed[name]);
    const complaint = answer === undefined ? undefined : check(answer, tenant);
    if (complaint !== undefined) throw refused(saidOf(complaint));
    answers[name] = answer;
  }
  return answers;
}

/** An empty text counts as missing. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function refused(sentence: string): CallerError {
  return new CallerError(`addTenant: ${sentence}`);
}
