// The tenant's connections, and what each of them allows.
import type { JsonObject } from '../json';

export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  /** Only for a database; otherwise a `username` is refused. */
  readonly allowsUsername?: boolean;
}

const con = (serial: string, name: string, strategy: string, allowsUsername = false): Connection => ({
  id: `con_${serial}`,
  name,
  strategy,
  allowsUsername,
});

export const DEFAULT_CONNECTIONS: readonly Connection[] = [
  con('Xk4pQ0tD7uZr2LmA', 'Username-Password-Authentication', 'auth0', true),
  con('c9TqWb31HsVn5EyR', 'partners', 'auth0'),
  con('M2vLd8KpGx6JfU0o', 'google-oauth2', 'google-oauth2'),
  con('hB7rYz5NaQ1wSi3C', 'github', 'github'),
  con('E0jGu9XmTk4cVd6P', 'acme-saml', 'samlp'),
  con('w3FoLs8RbHn2ZqK7', 'contoso', 'waad'),
  con('pA6iCy1UvDx9MtJ5', 'sms', 'sms'),
  con('nS4eOg7WfBz0QhX8', 'email', 'email'),
];

const SOCIAL = new Set(['google-oauth2', 'github', 'facebook', 'twitter', 'linkedin', 'apple', 'windowslive']);

export function isDatabase(connection: Connection): boolean {
  return connection.strategy === 'auth0';
}

export function isSocial(strategy: string): boolean {
  return SOCIAL.has(strategy);
}

/** Whether the API can create users in the connection, and change their e-mail and names. */
export function isOwnStore(connection: Connection): boolean {
  return ['auth0', 'sms', 'email'].includes(connection.strategy);
}

/** A connection as `GET /connections` lists it, without `options`, which needs another scope. */
export function listedConnection(connection: Connection): JsonObject {
  const { id, name, strategy } = connection;
  return { id, strategy, name, is_domain_connection: false, realms: [name] };
}
