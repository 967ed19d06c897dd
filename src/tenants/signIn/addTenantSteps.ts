// Asks the questions of *Add Tenant…* and *Sign In Again*, one after another.
import * as vscode from 'vscode';
import type { CredentialsKind } from '../../management/auth/credentials';
import type { Abilities } from '../../management/auth/scopes';
import { type Tenant, type TenantDomain, tenantOf } from '../../management/tenant';
import { askInput, askPick, type StepExit, type StepPosition } from '../../shell/quickSteps';
import { tenantFirst } from '../../shell/tenantWords';
import type { OpenAccess } from '../openAccess';
import type { TenantRecord } from '../record';
import type { NewTenant } from './addArgs';
import { domainIn, domainQuestion } from './domainQuestion';
import type { Answers, SignInMethod } from './method';
import { METHODS } from './methods';
import type { Question } from './question';
import { whyRefused } from './verify';

/** What has been answered so far. */
interface Progress {
  tenant: Tenant | undefined;
  method: SignInMethod;
  /** By question name, for the questions of all methods. */
  readonly typed: Map<string, string>;
}

type Step = Question | 'method';

/** A sign-in that something waits for. It begins with the first question of the method; *Back* leads to the others. */
export interface WaitedFor {
  readonly title: string;
  /** Why it is needed, in front of what the first question says. */
  readonly reason: string;
  /** Answers to begin with, by question name. */
  readonly typed: Answers;
  /** What it must allow: credentials that do not are of no use here, and those that are there stay. */
  readonly needs: keyof Abilities | undefined;
  /** Ends the question as if the user had given up. */
  readonly signal: AbortSignal;
}

/**
 * Asks until the credentials work or the user gives up (undefined). Nothing is stored here.
 *
 * @param known the tenant to sign in to again; without it the domain is asked for first
 * @param waited only with `known`
 */
export async function askForTenant(
  openAccess: OpenAccess,
  known?: Tenant | TenantRecord,
  kind: CredentialsKind = 'token',
  waited?: WaitedFor,
): Promise<NewTenant | undefined> {
  const typed = Object.entries(waited?.typed ?? {}).flatMap(([name, text]) => (text ? [[name, text] as const] : []));
  const progress: Progress = {
    tenant: known && { domain: known.domain, origin: known.origin },
    method: METHODS[kind],
    typed: new Map(typed),
  };
  let accepted: NewTenant | undefined;
  const verify = async (signal: AbortSignal) => {
    const { tenant, method } = progress;
    const credentials = method.read(answersOf(progress));
    if (tenant === undefined || credentials === undefined) return vscode.l10n.t('Something is missing.');
    let friendlyName: string | undefined;
    const onName = known ? undefined : (name: string | undefined) => (friendlyName = name);
    const refusal = await whyRefused(openAccess, tenant, credentials, signal, { onName, needs: waited?.needs });
    if (refusal === undefined) accepted = { tenant, credentials, friendlyName };
    return refusal;
  };
  let at = waited ? 1 : 0;
  let reason = waited?.reason;
  for (let steps = stepsOf(progress, known); at >= 0 && at < steps.length; steps = stepsOf(progress, known)) {
    const step = steps[at];
    if (step === undefined || waited?.signal.aborted) break;
    const title = waited?.title ?? titleOf(known);
    const position = { title, step: at + 1, totalSteps: steps.length, signal: waited?.signal };
    const isLast = at === steps.length - 1;
    const exit = await (step === 'method'
      ? askMethod(progress, position)
      : askQuestion(step, progress, position, reason, isLast ? verify : undefined));
    reason = undefined;
    if (exit === 'cancelled') return undefined;
    at += exit === 'back' ? -1 : 1;
  }
  return accepted;
}

function titleOf(known: Tenant | TenantRecord | undefined): string {
  if (!known) return vscode.l10n.t('Add an Auth0 Tenant');
  return tenantFirst('name' in known ? known : undefined, vscode.l10n.t('Sign In to {0}', known.domain));
}

function stepsOf(progress: Progress, known: Tenant | undefined): readonly Step[] {
  return [...(known ? [] : [domainQuestion]), 'method', ...questionsOf(progress)];
}

function questionsOf({ method, tenant }: Progress): readonly Question[] {
  return method.questions.filter(question => question.isAsked?.(tenant) ?? true);
}

/** Leaves out what was typed for questions that are no longer asked, of another method or domain. */
function answersOf(progress: Progress): Answers {
  return Object.fromEntries(questionsOf(progress).map(({ name }) => [name, progress.typed.get(name)]));
}

type Exit = { readonly answer: string } | StepExit;

async function askMethod(progress: Progress, position: StepPosition): Promise<Exit> {
  const exit = await askPick<CredentialsKind>({
    ...position,
    placeholder: vscode.l10n.t('How do you sign in to {0}?', progress.tenant?.domain ?? 'Auth0'),
    active: progress.method.kind,
    items: Object.values(METHODS).map(({ kind, words }) => ({ answer: kind, ...words() })),
  });
  if (typeof exit === 'object') progress.method = METHODS[exit.answer];
  return exit;
}

function askQuestion(
  question: Question,
  progress: Progress,
  position: StepPosition,
  reason: string | undefined,
  verify: ((signal: AbortSignal) => Promise<string | undefined>) | undefined,
): Promise<Exit> {
  const { typed } = progress;
  const { name } = question;
  const words = question.words();
  return askInput({
    ...position,
    ...words,
    prompt: reason === undefined ? words.prompt : `${reason} ${words.prompt}`,
    value: typed.get(name) || (question.suggestion ?? ''),
    check: answer => question.check(answer, progress.tenant),
    accept: async (answer, signal) => {
      typed.set(name, answer);
      const domain = question === domainQuestion ? domainIn(answer) : undefined;
      if (domain !== undefined) setDomain(progress, domain);
      return verify?.(signal);
    },
    keep: text => {
      typed.set(name, text);
    },
  });
}

function setDomain(progress: Progress, domain: TenantDomain): void {
  if (progress.tenant?.domain === domain) return;
  progress.tenant = tenantOf(domain);
  // A token or a secret stays: the user decides whether it fits.
  for (const { questions } of Object.values(METHODS)) {
    for (const { name, isOfTenant } of questions) if (isOfTenant) progress.typed.delete(name);
  }
}
