// The behaviour of the routes: answers a complete request, and changes the tenant.
import {
  type Answer,
  insufficientScope,
  internalError,
  NO_CONTENT,
  ok,
  Refusal,
  refuse,
  unknownRoute,
  unknownUser,
  unsupportedMediaType,
} from '../answers';
import type { User } from '../state/user';
import { createdUser } from './create';
import { connectionsAnswer, listAnswer, usersByEmailAnswer } from './lists';
import { createPayload, updatePayload } from './payload';
import { userFields } from './query';
import { decodeId, type Route, type RouteName } from './router';
import type { Tenant } from './tenant';
import { tenantSettingsAnswer } from './tenantSettings';
import { tokenAnswer } from './token';
import { updatedUser } from './update';

export interface Call {
  readonly route: Route | undefined;
  readonly query: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
  /** Changes what a POST or PATCH stores, as a rule or an Action would. */
  readonly beforeStore?: (user: User) => User;
}

/** Any one of these is enough for a route. The 403 lists them in this order. */
const SCOPES: Readonly<Record<Exclude<RouteName, 'token'>, readonly string[]>> = {
  list: ['read:users'],
  create: ['create:users'],
  get: ['read:users'],
  patch: ['update:users', 'update:users_app_metadata'],
  delete: ['delete:users'],
  byEmail: ['read:users'],
  connections: ['read:connections'],
  tenantSettings: ['read:tenant_settings'],
};

/** Never throws: errors become answers, as in the service. */
export function serve(tenant: Tenant, call: Call): Answer {
  try {
    return route(tenant, call);
  } catch (error) {
    return error instanceof Refusal ? error.answer : internalError();
  }
}

/** Decides by the headers alone, so that a body is read only from a client that may send it. */
export function refuseByHeaders(
  tenant: Tenant,
  route: Route | undefined,
  authorization: string | undefined,
): Answer | undefined {
  if (route === undefined) return unknownRoute();
  return route.name === 'token' ? undefined : tenant.tokens.refuse(authorization, SCOPES[route.name]);
}

function route(tenant: Tenant, call: Call): Answer {
  if (call.route === undefined) return unknownRoute();
  const { name, encodedId } = call.route;
  if (name === 'token') return tokenAnswer(tenant, call.contentType, call.body);
  const refused = tenant.tokens.refuse(call.authorization, SCOPES[name]);
  if (refused) return refused;
  switch (name) {
    case 'list':
      return listAnswer(tenant, call.query);
    case 'byEmail':
      return usersByEmailAnswer(tenant, call.query);
    case 'connections':
      return connectionsAnswer(tenant, call.query);
    case 'tenantSettings':
      return tenantSettingsAnswer(tenant, call.query);
    case 'create':
      return createUser(tenant, call);
    case 'get':
      return getUser(tenant, decodeId(encodedId), call.query);
    case 'patch':
      return patchUser(tenant, decodeId(encodedId), call);
    case 'delete':
      // 204 also for a user who is already gone (recorded).
      tenant.store.delete(decodeId(encodedId));
      return NO_CONTENT;
  }
}

function getUser(tenant: Tenant, id: string, query: string): Answer {
  const { projections } = tenant;
  const selection = query === '' ? undefined : userFields(new URLSearchParams(query));
  const user = tenant.store.get(id) ?? refuse(unknownUser());
  const projection = selection ? projections.of(selection.fields, selection.include) : projections.whole;
  return ok(projection.textOf(user));
}

function createUser(tenant: Tenant, call: Call): Answer {
  requireJson(call.contentType);
  const created = createdUser(createPayload(call.body), tenant.store, tenant.connections);
  return stored(tenant, created, call, 201);
}

function patchUser(tenant: Tenant, id: string, call: Call): Answer {
  requireJson(call.contentType);
  const payload = updatePayload(call.body);
  const touchesMore = Object.keys(payload).some(name => name !== 'app_metadata');
  if (touchesMore && !tenant.tokens.grants(call.authorization, 'update:users'))
    refuse(insufficientScope(['update:users']));
  const user = tenant.store.get(id) ?? refuse(unknownUser());
  return stored(tenant, updatedUser(user, payload, tenant.store, tenant.connections), call, 200);
}

/** Writes the answer first: a user that cannot be returned must not be stored. */
function stored(tenant: Tenant, user: User, call: Call, status: number): Answer {
  const final = call.beforeStore?.(user) ?? user;
  const body = tenant.projections.whole.textOf(final);
  tenant.store.put(final);
  return ok(body, status);
}

function requireJson(contentType: string | undefined): void {
  if (contentType !== undefined && !/^application\/json\b/i.test(contentType)) refuse(unsupportedMediaType());
}
