// The questions of *Add Tenant…* and *Sign In Again*.
import * as vscode from 'vscode';
import { parseTenantDomain, type Tenant, type TenantDomain, tenantOf } from '../../management/tenant';
import { askInput, askPick, type StepExit } from '../../shell/quickSteps';
import type { OpenAccess } from '../openAccess';
import { type NewTenant, toCredentials } from './addArgs';
import { complaintAbout, type TextStepName, wordsOf } from './addTenantWords';
import { whyRefused } from './verify';

type Way = 'token' | 'client';

/** Everything typed so far, whichever way the user went. */
interface Draft {
  tenant: Tenant | undefined;
  domain: string;
  way: Way;
  token: string;
  clientId: string;
  clientSecret: string;
  audience: string;
}

type StepName = 'way' | TextStepName;

/**
 * Asks until the credentials work or the user gives up (undefined). Nothing is stored here.
 *
 * @param known the tenant to sign in to again; without it the domain is asked for first
 */
export async function askForTenant(
  openAccess: OpenAccess,
  known?: Tenant,
  way: Way = 'token',
): Promise<NewTenant | undefined> {
  const draft: Draft = { tenant: known, domain: '', way, token: '', clientId: '', clientSecret: '', audience: '' };
  let accepted: NewTenant | undefined;
  const verify = async (signal: AbortSignal) => {
    const candidate = toNewTenant(draft);
    if (candidate === undefined) return vscode.l10n.t('Something is missing.');
    const refusal = await whyRefused(openAccess, candidate.tenant, candidate.credentials, signal);
    if (refusal === undefined) accepted = candidate;
    return refusal;
  };
  let at = 0;
  for (let steps = stepsOf(draft, known); at >= 0 && at < steps.length; steps = stepsOf(draft, known)) {
    const name = steps[at];
    if (name === undefined) break;
    const asker = new StepAsker(draft, { title: titleOf(known), step: at + 1, totalSteps: steps.length });
    const exit = await asker.ask(name, at === steps.length - 1 ? verify : undefined);
    if (exit === 'cancelled') return undefined;
    at += exit === 'back' ? -1 : 1;
  }
  return accepted;
}

function titleOf(known: Tenant | undefined): string {
  return known ? vscode.l10n.t('Sign In to {0}', known.domain) : vscode.l10n.t('Add an Auth0 Tenant');
}

function stepsOf(draft: Draft, known: Tenant | undefined): readonly StepName[] {
  const first: readonly StepName[] = known ? ['way'] : ['domain', 'way'];
  if (draft.way === 'token') return [...first, 'token'];
  return needsAudience(draft.tenant)
    ? [...first, 'clientId', 'audience', 'clientSecret']
    : [...first, 'clientId', 'clientSecret'];
}

/** The audience of a custom domain is that of its canonical domain, which only its owner knows. */
function needsAudience(tenant: Tenant | undefined): boolean {
  return tenant !== undefined && !tenant.domain.endsWith('.auth0.com') && tenant.origin === `https://${tenant.domain}`;
}

function toNewTenant({ tenant, way, token, clientId, clientSecret, audience }: Draft): NewTenant | undefined {
  const credentials = toCredentials(
    way === 'token' ? token : undefined,
    clientId,
    clientSecret,
    needsAudience(tenant) ? audience : undefined,
  );
  return tenant && credentials ? { tenant, credentials } : undefined;
}

type Accept = (signal: AbortSignal) => Promise<string | undefined>;

class StepAsker {
  readonly #draft: Draft;
  readonly #place: { readonly title: string; readonly step: number; readonly totalSteps: number };

  constructor(draft: Draft, place: { readonly title: string; readonly step: number; readonly totalSteps: number }) {
    this.#draft = draft;
    this.#place = place;
  }

  async ask(name: StepName, verify: Accept | undefined): Promise<StepExit | 'answered'> {
    const exit = await (name === 'way' ? this.#askWay() : this.#askText(name, verify));
    return typeof exit === 'string' ? exit : 'answered';
  }

  async #askWay(): Promise<{ readonly answer: Way } | StepExit> {
    const { l10n } = vscode;
    const exit = await askPick<Way>({
      ...this.#place,
      placeholder: l10n.t('How do you sign in to {0}?', this.#draft.tenant?.domain ?? 'Auth0'),
      active: this.#draft.way,
      items: [
        {
          answer: 'token',
          label: l10n.t('$(key) Paste a token'),
          detail: l10n.t('From the Auth0 Management API Explorer. The quickest way; it expires, usually after a day.'),
        },
        {
          answer: 'client',
          label: l10n.t('$(server) Use client credentials'),
          detail: l10n.t('Client ID and secret of a machine-to-machine application. Tokens are renewed by themselves.'),
        },
      ],
    });
    if (typeof exit === 'object') this.#draft.way = exit.answer;
    return exit;
  }

  #askText(name: TextStepName, verify: Accept | undefined) {
    const draft = this.#draft;
    return askInput({
      ...this.#place,
      ...wordsOf(name),
      value: draft[name] || (name === 'audience' ? `https://${draft.tenant?.domain}/api/v2/` : ''),
      check: value => complaintAbout(name, value, draft.tenant),
      accept: async (value, signal) => {
        draft[name] = value;
        const domain = name === 'domain' ? parseTenantDomain(value) : undefined;
        if (domain !== undefined) this.#setDomain(domain);
        return verify?.(signal);
      },
      keep: value => {
        draft[name] = value;
      },
    });
  }

  #setDomain(domain: TenantDomain): void {
    if (this.#draft.tenant?.domain === domain) return;
    this.#draft.tenant = tenantOf(domain);
    // It belongs to the domain; a token or a secret is the user's to judge.
    this.#draft.audience = '';
  }
}
