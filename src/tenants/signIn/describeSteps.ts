// Asks what a tenant is called and what it is for: at the end of *Add Tenant…*, and in *Edit Tenant…*.
import * as vscode from 'vscode';
import { ENVIRONMENTS, type Environment } from '../../management/environment';
import type { TenantDomain } from '../../management/tenant';
import { askInput, askPick } from '../../shell/quickSteps';
import { settings } from '../../shell/settings';
import { environmentName, iconOf } from '../../shell/tenantWords';
import { type TenantProfile, tenantName } from '../record';

export interface DescribeOptions {
  readonly title: string;
  readonly domain: TenantDomain;
  readonly initial: TenantProfile;
  /** What is said of it now. Then it is asked for `readOnly` as well. */
  readonly known?: TenantProfile;
}

/** Undefined if the user cancelled. Asks nothing of the service. */
export async function askForProfile(options: DescribeOptions): Promise<TenantProfile | undefined> {
  const steps = [askName, askEnvironment, ...(options.known ? [askReadOnly] : [])];
  let profile = options.initial;
  let at = 0;
  for (;;) {
    const step = steps[at];
    if (step === undefined) return profile;
    const position = { title: options.title, step: at + 1, totalSteps: steps.length };
    const next = await step(profile, position, options);
    if (next === 'cancelled') return undefined;
    if (next === 'back') at--;
    else {
      profile = next;
      at++;
    }
  }
}

type Position = { readonly title: string; readonly step: number; readonly totalSteps: number };
type Next = TenantProfile | 'back' | 'cancelled';

async function askName(profile: TenantProfile, position: Position, { domain }: DescribeOptions): Promise<Next> {
  const exit = await askInput({
    ...position,
    value: profile.name,
    placeholder: domain,
    prompt: vscode.l10n.t('What do you call {0}? The name is shown wherever the tenant is.', domain),
    check: () => undefined,
    keep: () => undefined,
  });
  return typeof exit === 'object' ? { ...profile, name: tenantName(exit.answer, domain) } : exit;
}

async function askEnvironment(
  profile: TenantProfile,
  position: Position,
  { domain, known }: DescribeOptions,
): Promise<Next> {
  const exit = await askPick<Environment>({
    ...position,
    placeholder: vscode.l10n.t('What is {0} for? Auth0 does not say: it is your word that counts.', domain),
    active: profile.environment,
    items: ENVIRONMENTS.map(environment => ({
      answer: environment,
      label: `$(${iconOf(environment)}) ${environmentName(environment)}`,
      description: environment === known?.environment ? vscode.l10n.t('now') : '',
      detail: consequence(environment),
    })),
  });
  return typeof exit === 'object' ? { ...profile, environment: exit.answer } : exit;
}

/** As the settings say now. */
function consequence(environment: Environment): string {
  const isAsking = settings.confirmSaveIn(environment) === 'always';
  if (settings.isLocked(environment)) {
    return isAsking
      ? vscode.l10n.t('Read-only until you unlock it for a session, and every save asks.')
      : vscode.l10n.t('Read-only until you unlock it for a session.');
  }
  return isAsking
    ? vscode.l10n.t('Documents can be edited at once, and every save asks.')
    : vscode.l10n.t('Documents can be edited at once.');
}

async function askReadOnly(profile: TenantProfile, position: Position, { domain }: DescribeOptions): Promise<Next> {
  const exit = await askPick<'environment' | 'readOnly'>({
    ...position,
    placeholder: vscode.l10n.t('May {0} be changed from here?', domain),
    active: profile.readOnly ? 'readOnly' : 'environment',
    items: [
      {
        answer: 'environment',
        label: vscode.l10n.t('$(edit) As its environment allows'),
        detail: consequence(profile.environment),
      },
      {
        answer: 'readOnly',
        label: vscode.l10n.t('$(lock) Never: read-only for good'),
        detail: vscode.l10n.t('No request that changes anything is sent, and it cannot be unlocked.'),
      },
    ],
  });
  return typeof exit === 'object' ? { ...profile, readOnly: exit.answer === 'readOnly' } : exit;
}
