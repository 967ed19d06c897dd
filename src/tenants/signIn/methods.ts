// All sign-in methods. What is needed of them at startup is in signedIn.ts.
import { clientMethod } from './clientMethod';
import { keyMethod } from './keyMethod';
import type { Methods } from './method';
import { tokenMethod } from './tokenMethod';

/** In the order in which they are offered. If a caller passes the answers of several methods, the first one is used. */
export const METHODS: Methods = {
  token: tokenMethod,
  client: clientMethod,
  key: keyMethod,
};
