// All sign-in methods. What is needed of them at startup is in signedIn.ts.
import type { CredentialsKind } from '../../management/auth/credentials';
import { clientMethod } from './clientMethod';
import type { SignInMethod } from './method';
import { tokenMethod } from './tokenMethod';

/** In the order in which they are offered. If a caller passes the answers of several methods, the first one is used. */
export const METHODS: { readonly [Kind in CredentialsKind]: SignInMethod<Kind> } = {
  token: tokenMethod,
  client: clientMethod,
};
