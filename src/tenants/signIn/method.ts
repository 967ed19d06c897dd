// What a method of signing in says of itself. Each has a file, and its entry in methods.ts.
import type { Credentials, CredentialsKind } from '../../management/auth/credentials';
import type { TokenProblem } from '../../management/auth/tokenProblem';
import type { ManagementError } from '../../management/errors';
import type { Tenant } from '../../management/tenant';
import type { Question } from './question';

/** What the credentials are for. The rest is offered according to what they allow. */
export const WANTED_SCOPES = 'read:users update:users create:users read:connections';

export interface SignInMethod<Kind extends CredentialsKind = CredentialsKind> {
  readonly kind: Kind;
  /** In the order in which they are asked. The answer to the last one is tried at once. */
  readonly questions: readonly Question[];
  /** As it is offered beside the others. */
  words(): { readonly label: string; readonly detail: string };
  read(answers: Answers, tenant: Tenant): AnswersRead;
  /** Why no token is given out; undefined for what is no peculiarity of this method. */
  tokenRefusal?(error: ManagementError, domain: string): string | undefined;
  /** Why users cannot be listed, although there is a token: the service does not accept it. */
  listRefusal(domain: string): string;
}

/** By the names of the questions: as typed, or as a caller has passed them. */
export type Answers = Readonly<Record<string, string | undefined>>;

/** `problem`: a token that the tenant cannot accept; undefined: answers that cannot be credentials at all. */
export type AnswersRead = { readonly credentials: Credentials } | { readonly problem: TokenProblem } | undefined;
