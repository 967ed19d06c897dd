// The interface of a sign-in method. Each method has its own file, and an entry in methods.ts.
import type { CredentialsKind, CredentialsOf } from '../../management/auth/credentials';
import type { ManagementError } from '../../management/errors';
import type { Tenant } from '../../management/tenant';
import type { Answerable, Question } from './question';

/** The scopes to ask for. A token may have fewer or more: what is offered depends on its scopes. */
export const WANTED_SCOPES = 'read:users update:users create:users read:connections';

export interface MethodFor<Kind extends CredentialsKind> {
  readonly kind: Kind;
  /** In the order in which they are asked. The last one asks for the secret; then the credentials are tried at once. */
  readonly questions: readonly Question[];
  /** What a caller may pass besides, and nobody is asked for. */
  readonly alsoPassed?: readonly Answerable[];
  /** How the method is described in the list of methods. */
  words(): { readonly label: string; readonly detail: string };
  /** The credentials in answers that `check` has accepted; undefined if one is missing. */
  read(answers: Answers): CredentialsOf<Kind> | undefined;
  /** Says why Auth0 gives no token; undefined if the reason is not special to this method. */
  tokenRefusal?(error: ManagementError, tenant: Tenant, credentials: CredentialsOf<Kind>): string | undefined;
  /** Says why users cannot be listed although there is a token: the service does not accept it. */
  listRefusal(domain: string): string;
}

export type Methods = { readonly [Kind in CredentialsKind]: MethodFor<Kind> };

export type SignInMethod = Methods[CredentialsKind];

/** By question name: as typed, or as passed by a caller. */
export type Answers = Readonly<Record<string, string | undefined>>;
