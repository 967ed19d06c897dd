// The methods of signing in. What the start needs of them is in signedIn.ts.
import type { CredentialsKind } from '../../management/auth/credentials';
import { clientMethod } from './clientMethod';
import type { SignInMethod } from './method';
import { tokenMethod } from './tokenMethod';

/** In the order in which they are offered. A caller who passes the answers of several signs in with the first. */
export const METHODS: { readonly [Kind in CredentialsKind]: SignInMethod<Kind> } = {
  token: tokenMethod,
  client: clientMethod,
};
