// Finds the route for a method and a path. Fault rules select routes by their names.
import { apiError, refuse } from '../answers';

export const ROUTES = [
  'list',
  'create',
  'get',
  'patch',
  'delete',
  'byEmail',
  'connections',
  'tenantSettings',
  'token',
] as const;
export type RouteName = (typeof ROUTES)[number];

export interface Route {
  readonly name: RouteName;
  /** Still encoded: one path segment; '' for routes without one. */
  readonly encodedId: string;
}

const USERS = '/api/v2/users';

const FIXED: Readonly<Record<string, RouteName>> = {
  [`GET ${USERS}`]: 'list',
  [`POST ${USERS}`]: 'create',
  'GET /api/v2/users-by-email': 'byEmail',
  'GET /api/v2/connections': 'connections',
  'GET /api/v2/tenants/settings': 'tenantSettings',
  'POST /oauth/token': 'token',
};

const ONE_USER: Readonly<Record<string, RouteName>> = { GET: 'get', PATCH: 'patch', DELETE: 'delete' };

/** An id with an unencoded `/` is two segments, which is not a route. */
export function matchRoute(method: string, path: string): Route | undefined {
  if (path.startsWith(`${USERS}/`)) {
    const encodedId = path.slice(USERS.length + 1);
    const name = ONE_USER[method];
    return name === undefined || encodedId === '' || encodedId.includes('/') ? undefined : { name, encodedId };
  }
  const name = FIXED[`${method} ${path}`];
  return name === undefined ? undefined : { name, encodedId: '' };
}

/** Decoded exactly once. @throws Refusal 400 for a broken escape. */
export function decodeId(encodedId: string): string {
  try {
    return decodeURIComponent(encodedId);
  } catch {
    return refuse(apiError(400, 'Invalid request URI', 'invalid_uri'));
  }
}
