// Answers of the service: their shape, and the error bodies with the texts that Auth0 really sends.

export interface Answer {
  readonly status: number;
  /** The whole body; '' for none. */
  readonly body: string;
  /** Its length in UTF-8, if already known. */
  readonly bytes?: number;
  /** Lower-case names; these override the headers that the sandbox adds. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by the rules of a route: the request is answered with this, and nothing was applied. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/** @throws Refusal always */
export function refuse(answer: Answer): never {
  throw new Refusal(answer);
}

/** The status names of hapi, which the service is built on. Some of Node's are newer. */
const ERROR_NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

export function ok(body: string, status = 200): Answer {
  return { status, body };
}

export const NO_CONTENT: Answer = { status: 204, body: '' };

/** `{statusCode, error, message, errorCode?}`, the shape of all errors of the Management API. */
export function apiError(status: number, message: string, errorCode?: string): Answer {
  const error = ERROR_NAMES[status] ?? 'Error';
  return { status, body: JSON.stringify({ statusCode: status, error, message, errorCode }) };
}

export function invalidBody(rule: string, property?: { readonly path: string; readonly about: string }): Answer {
  const where = property === undefined ? '' : ` on property ${property.path} (${property.about})`;
  return apiError(400, `Payload validation error: '${rule}'${where}.`, 'invalid_body');
}

export function invalidQuery(rule: string, property?: { readonly path: string; readonly about: string }): Answer {
  const where = property === undefined ? '' : ` on property ${property.path} (${property.about})`;
  return apiError(400, `Query validation error: '${rule}'${where}.`, 'invalid_query_string');
}

export function unauthorized(message: string): Answer {
  const body = { statusCode: 401, error: 'Unauthorized', message, attributes: { error: message } };
  return { status: 401, body: JSON.stringify(body), headers: { 'www-authenticate': `Bearer error="${message}"` } };
}

export const missingAuthentication = (): Answer => unauthorized('Missing authentication');
export const malformedBearer = (): Answer => apiError(400, 'Bad HTTP authentication header format', 'Bearer');
export const invalidToken = (): Answer => unauthorized('Invalid token');
export const invalidSignature = (): Answer => unauthorized('Invalid signature received for JSON Web Token validation');
export const expiredToken = (): Answer => unauthorized('Expired token received for JSON Web Token validation');
export const insufficientScope = (anyOf: readonly string[]): Answer =>
  apiError(403, `Insufficient scope, expected any of: ${anyOf.join(',')}`, 'insufficient_scope');

export const unknownUser = (): Answer => apiError(404, 'The user does not exist.', 'inexistent_user');
export const unknownRoute = (): Answer => apiError(404, 'Not Found');
export const userExists = (): Answer => apiError(409, 'The user already exists.', 'auth0_idp_error');
export const weakPassword = (): Answer =>
  apiError(400, 'PasswordStrengthError: Password is too weak', 'auth0_idp_error');

export const tooLarge = (maximumBytes: number): Answer =>
  apiError(413, `Payload content length greater than maximum allowed: ${maximumBytes}`);
export const uriTooLong = (): Answer => apiError(414, 'Request-URI Too Large');
export const unsupportedMediaType = (): Answer => apiError(415, 'Unsupported Media Type');

/** Only in the sandbox: the service protects itself in other ways. */
export const foreignHost = (): Answer => apiError(421, 'The sandbox does not answer to this name');
export const foreignPage = (): Answer => apiError(403, 'The control is not for pages of other sites');

/** The message is the same with and without the headers (`x-ratelimit-*`, `retry-after`). */
export function tooManyRequests(headers: Readonly<Record<string, string>> = {}): Answer {
  return { ...apiError(429, 'Global limit has been reached', 'too_many_requests'), headers };
}

export const internalError = (): Answer => apiError(500, 'An internal server error occurred');
export const unavailable = (): Answer =>
  apiError(
    503,
    'The query exceeded the timeout. Please try refining your search criteria. See https://auth0.com/docs/best-practices/search-best-practices.',
  );

/** Gateways in front of the service answer with HTML, not JSON. */
export function gatewayHtml(status = 502): Answer {
  const title = `${status} ${ERROR_NAMES[status] ?? 'Error'}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`;
  return { status, body, headers: { 'content-type': 'text/html' } };
}
