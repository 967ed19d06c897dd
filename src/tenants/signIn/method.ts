// The interface of a sign-in method. Each method has its own file, and an entry in methods.ts.
import type { Credentials, CredentialsKind } from '../../management/auth/credentials';
import type { TokenProblem } from '../../management/auth/tokenProblem';
import type { ManagementError } from '../../management/errors';
import type { Tenant } from '../../management/tenant';
import type { Question } from './question';

/** The scopes to ask for. A token may have fewer or more: what is offered depends on its scopes. */
export const WANTED_SCOPES = 'read:users update:users create:users read:connections';

export interface SignInMethod<Kind extends CredentialsKind = CredentialsKind> {
  readonly kind: Kind;
  /** In the order in which they are asked. After the last answer, the credentials are tried at once. */
  readonly questions: readonly Question[];
  /** How the method is described in the list of methods. */
  words(): { readonly label: string; readonly detail: string };
  read(answers: Answers, tenant: Tenant): AnswersRead;
  /** Says why Auth0 gives no token; undefined if the reason is not special to this method. */
  tokenRefusal?(error: ManagementError, domain: string): string | undefined;
  /** Says why users cannot be listed although there is a token: the service does not accept it. */
  listRefusal(domain: string): string;
}

/** By question name: as typed, or as passed by a caller. */
export type Answers = Readonly<Record<string, string | undefined>>;

/** `problem`: a token that the tenant cannot accept; undefined: answers that cannot be credentials at all. */
export type AnswersRead = { readonly credentials: Credentials } | { readonly problem: TokenProblem } | undefined;
