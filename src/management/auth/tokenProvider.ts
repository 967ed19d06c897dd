// Creates the token provider for credentials of any kind.
import { clientCredentials, type TokenOptions } from './clientCredentials';
import type { Credentials } from './credentials';
import { staticToken, type TokenProvider } from './token';

/** Makes no request. */
export function tokenProviderOf(credentials: Credentials, options: TokenOptions): TokenProvider {
  switch (credentials.kind) {
    case 'token':
      return staticToken(credentials.token);
    case 'client':
    case 'key':
      return clientCredentials(credentials, options);
  }
}
