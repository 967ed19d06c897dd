// What a person gives us to get into a tenant. Lives in SecretStorage and in memory, nowhere else.

export interface TokenCredentials {
  readonly kind: 'token';
  readonly token: string;
}

export interface ClientCredentials {
  readonly kind: 'client';
  readonly clientId: string;
  readonly clientSecret: string;
  /** For a custom domain, whose audience is that of the canonical one; else it follows from the tenant. */
  readonly audience?: string;
}

export type Credentials = TokenCredentials | ClientCredentials;

/** A pasted token without the spaces, line ends and `Bearer` that come along; undefined if it cannot be a token. */
export function cleanToken(input: string): string | undefined {
  const token = input.trim().replace(/^bearer(?:\s+|$)/i, '');
  // Anything else would not survive as a header, and a transport's complaint would quote it.
  return /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}
