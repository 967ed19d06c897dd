// A text question of *Add Tenant…*. The questions of each method are in its file.
import * as vscode from 'vscode';
import type { Tenant } from '../../management/tenant';
import type { Complaint, InputStep } from '../../shell/quickSteps';

export interface Answerable {
  /** Also the name of the property in the argument of `auth0Metadata.addTenant`. */
  readonly name: string;
  /** What is wrong with an answer, before anything is sent; undefined if nothing is. */
  check(answer: string, tenant: Tenant | undefined): Complaint | undefined;
}

export interface Question extends Answerable {
  words(): QuestionWords;
  /** Whether it is asked for this tenant. Without this function, it always is. */
  isAsked?(tenant: Tenant | undefined): boolean;
  /** The initial text of the box. */
  readonly suggestion?: string;
  /** The answer counts for one tenant only. */
  readonly isOfTenant?: boolean;
}

export type QuestionWords = Pick<InputStep, 'placeholder' | 'prompt' | 'password' | 'copy' | 'help' | 'file'>;

export function required(answer: string): string | undefined {
  return answer === '' ? vscode.l10n.t('Required.') : undefined;
}
