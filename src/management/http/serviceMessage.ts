// Extracts the parts of an error answer that are safe to show. Auth0's messages can quote the request (an e-mail, a
// password, a value), and a gateway can answer anything. So only known sentences pass; nothing is cleaned by replacing.
import { isRecord, numberOf, parsePlain, stringOf } from '../../json/plain';

export interface ServiceError {
  readonly errorCode: string | undefined;
  readonly serviceMessage: string | undefined;
  readonly path: readonly string[] | undefined;
  /** The body has the shape of an Auth0 error, so it is not from a gateway, firewall or captive portal. */
  readonly isAuth0s: boolean;
}

const NOTHING: ServiceError = { errorCode: undefined, serviceMessage: undefined, path: undefined, isAuth0s: false };

/** Reads `{statusCode, error, message, errorCode?}` and `/oauth/token`'s `{error, error_description}`, nothing else. */
export function readServiceError(text: string): ServiceError {
  const body = parsePlain(text);
  if (!isRecord(body)) return NOTHING;
  const description = stringOf(body, 'error_description');
  // Only /oauth/token puts a code into `error`; elsewhere it is the status in words.
  const oauth = description !== undefined || !('message' in body || 'statusCode' in body);
  const code = stringOf(body, oauth ? 'error' : 'errorCode');
  const message = (oauth ? description : stringOf(body, 'message'))?.slice(0, MAX_MESSAGE) ?? '';
  const { serviceMessage, path } = readValidationError(message) ?? {
    serviceMessage: firstMatch(SENTENCES, message),
    path: undefined,
  };
  const isAuth0s = stringOf(body, 'error') !== undefined && (description !== undefined || isApiError(body));
  return { errorCode: code !== undefined && CODE.test(code) ? code : undefined, serviceMessage, path, isAuth0s };
}

function isApiError(body: Readonly<Record<string, unknown>>): boolean {
  return numberOf(body, 'statusCode') !== undefined && stringOf(body, 'message') !== undefined;
}

/** The longest known message lists all properties. A longer one would only slow down the patterns. */
const MAX_MESSAGE = 4000;

/** Auth0's codes are words in lower case. The length limit excludes text that only looks like a code. */
const CODE = /^(?=.{1,40}$)(?:Bearer|[a-z][a-z0-9]*(?:_[a-z0-9]+)*)$/;

/** Each matches from the start. The matched part is shown, the rest is dropped. */
const SENTENCES: readonly RegExp[] = [
  /^The user (?:does not exist|already exists)\.?/,
  /^The specified new (?:email|username|phone[_ ]number) already exists\.?/,
  /^(?:The )?[Cc]onnection (?:does not exist|is disabled|must be enabled)\.?/,
  /^Insufficient scope, expected any of: [a-z]+:[a-z_]+(?:, ?[a-z]+:[a-z_]+)*/,
  /^Global limit has been reached/,
  /^Too many requests/i,
  /^(?:Expired|Invalid|Malformed|Bad) (?:token|signature|audience|issuer)(?: received for JSON Web Token validation)?/,
  /^Bad HTTP authentication header format/,
  /^Missing authentication/,
  /^Fields with "\." are not allowed/,
  /^Fields starting with "\$" are not allowed/,
  /^Invalid request payload JSON format/,
  /^Payload content length greater than maximum allowed: \d+/,
  /^The query exceeded the timeout/,
  /^Failed to parse query/,
  /^You can only page through the first \d+ records\.?/,
  /^PasswordStrengthError: Password is too weak/,
  /^PasswordDictionaryError: Password is too common/,
  /^PasswordNoUserInfoError: Password contains user information/,
  /^PasswordHistoryError: Password has previously been used/,
  /^Client is not authorized to access/,
  /^Service not enabled within domain/,
  /^Grant type '[a-z_:-]+' not allowed for the client\.?/,
  /^Unauthorized$/,
  /^Forbidden$/,
];

/** Rules of the service's validator that a body can break. Names in them come from the schema, numbers are sizes. */
const RULES: readonly RegExp[] = [
  /^Expected type [a-z]+(?:, ?[a-z]+)* but found type [a-z]+/,
  /^Missing required property: \w+/,
  /^Additional properties not allowed/,
  /^String is too (?:short|long) \(\d+ chars\), (?:minimum|maximum) \d+/,
  /^Array is too (?:short|long) \(\d+\), (?:minimum|maximum) \d+/,
  /^Too (?:many|few) properties defined \(\d+\), (?:minimum|maximum) \d+/,
  /^Object didn't pass validation for format [\w-]+/,
  /^String does not match pattern/,
  /^No enum match/,
];

/** Reads `Payload validation error: '<rule>'[ on property <path>][ (<description>)].`, or the same with `Query`. */
function readValidationError(message: string): Pick<ServiceError, 'serviceMessage' | 'path'> | undefined {
  const match = VALIDATION.exec(message);
  if (match === null) return undefined;
  const [, subject, rule = '', property] = match;
  const parent = property?.split('.') ?? [];
  const [, additional] = /^Additional properties not allowed: ([^,(]+)/.exec(rule) ?? [];
  const path = additional === undefined ? parent : [...parent, additional.trim()];
  const ofBody = subject === 'Payload' && path.length > 0;
  return { serviceMessage: firstMatch(RULES, rule), path: ofBody ? path : undefined };
}

const VALIDATION = /^(Payload|Query) validation error: '(.*?)'(?: on property (.+?))?(?: \(.*)?\.?$/s;

function firstMatch(patterns: readonly RegExp[], text: string): string | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return match[0];
  }
  return undefined;
}
