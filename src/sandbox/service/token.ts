// POST /oauth/token: client credentials, with a secret or with private key JWT. Its errors have OAuth's shape, not the Management API's.
import { type Answer, ok } from '../answers';
import { isObject, parseJson } from '../json';
import { TOKEN_LIFETIME_S } from '../state/tokens';
import { ASSERTION_TYPE, assertionProblem } from './clientAssertion';
import type { Tenant } from './tenant';

type Parameters = (name: string) => string | undefined;

export function tokenAnswer(tenant: Tenant, contentType: string | undefined, body: string): Answer {
  const parameter = parametersOf(contentType, body);
  if (parameter === undefined) return oauthError(400, 'invalid_request', 'The body could not be parsed');
  const assertion = parameter('client_assertion');
  // An assertion names the client itself.
  for (const name of assertion === undefined ? ['grant_type', 'client_id'] : ['grant_type']) {
    if (parameter(name) === undefined) return oauthError(403, 'invalid_request', `Missing required parameter: ${name}`);
  }
  const grant = parameter('grant_type');
  if (grant !== 'client_credentials') {
    return oauthError(403, 'unsupported_grant_type', `Unsupported grant type: ${grant}`);
  }
  const refused =
    assertion === undefined ? refuseSecret(tenant, parameter) : refuseAssertion(tenant, parameter, assertion);
  if (refused) return refused;
  const audience = parameter('audience');
  if (audience !== tenant.tokens.audience) {
    return oauthError(403, 'access_denied', `Service not enabled within domain: ${audience ?? ''}`);
  }
  return ok(
    JSON.stringify({
      access_token: tenant.tokens.mint(),
      scope: tenant.tokens.scope,
      expires_in: TOKEN_LIFETIME_S,
      token_type: 'Bearer',
    }),
  );
}

function refuseSecret(tenant: Tenant, parameter: Parameters): Answer | undefined {
  const isClient = parameter('client_id') === tenant.clientId && parameter('client_secret') === tenant.clientSecret;
  return isClient ? undefined : oauthError(401, 'access_denied', 'Unauthorized');
}

/** The service tells only its own log what is wrong. Known is the code; the text is the one of that log. */
function refuseAssertion(tenant: Tenant, parameter: Parameters, assertion: string): Answer | undefined {
  const isClient =
    parameter('client_assertion_type') === ASSERTION_TYPE &&
    [undefined, tenant.clientId].includes(parameter('client_id')) &&
    assertionProblem(assertion, tenant) === undefined;
  return isClient ? undefined : oauthError(401, 'invalid_client', 'Failed client authentication');
}

export function oauthError(status: number, error: string, description: string): Answer {
  return { status, body: JSON.stringify({ error, error_description: description }) };
}

function parametersOf(contentType: string | undefined, body: string): Parameters | undefined {
  if (contentType !== undefined && /^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    const form = new URLSearchParams(body);
    return name => form.get(name) ?? undefined;
  }
  try {
    const json = parseJson(body);
    if (!isObject(json)) return undefined;
    return name => {
      const value = json[name];
      return typeof value === 'string' ? value : undefined;
    };
  } catch {
    return undefined;
  }
}
