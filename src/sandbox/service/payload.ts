// Checks the body of POST and PATCH /users with the service's schema and error messages.
import { type Answer, apiError, invalidBody, refuse } from '../answers';
import { findKey, isObject, type Json, type JsonObject, ownValue, parseJson, typeName } from '../json';

interface Rule {
  readonly type: 'string' | 'boolean' | 'object';
  readonly nullable?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: 'email' | 'strict-uri';
  /** The schema's description, which is part of the error text. */
  readonly about: string;
}

type Schema = Readonly<Record<string, Rule>>;

const text = (about: string, more: Omit<Rule, 'type' | 'about'> = {}): Rule => ({ type: 'string', about, ...more });
const flag = (about: string): Rule => ({ type: 'boolean', about });
const metadata = (about: string): Rule => ({ type: 'object', about });

const APP_METADATA = 'User metadata to which this user has read-only access';
const PHONE = '^\\+[0-9]{1,15}$';
const BLOCKED = 'Whether this user was blocked by an administrator (true) or not (false)';
const PHONE_VERIFIED = 'Whether this phone number has been verified (true) or not (false)';
const VERIFY_EMAIL =
  'Whether this user will receive a verification email after creation (true) or no email (false). Overrides behavior of `email_verified` parameter';

const CREATE: Schema = {
  email: text("The user's email", { format: 'email' }),
  phone_number: text("The user's phone number (following the E.164 recommendation)", { pattern: PHONE }),
  user_metadata: metadata("Data related to the user that does not affect the application's core functionality"),
  blocked: flag(BLOCKED),
  email_verified: flag(
    'Whether this email address is verified (true) or unverified (false). User will receive a verification email after creation if `email_verified` is false or not specified',
  ),
  phone_verified: flag(PHONE_VERIFIED),
  app_metadata: metadata("Data related to the user that does affect the application's core functionality"),
  given_name: text("The user's given name(s)", { minLength: 1, maxLength: 150 }),
  family_name: text("The user's family name(s)", { minLength: 1, maxLength: 150 }),
  name: text("The user's full name", { minLength: 1, maxLength: 300 }),
  nickname: text("The user's nickname", { minLength: 1, maxLength: 300 }),
  picture: text("A URI pointing to the user's picture", { format: 'strict-uri' }),
  user_id: text("The external user's id provided by the identity provider", { maxLength: 255, pattern: '^\\S*$' }),
  connection: text('Name of the connection this user should be created in', { minLength: 1 }),
  password: text('Initial password for this user. Only valid for auth0 connection strategy', { minLength: 1 }),
  verify_email: flag(VERIFY_EMAIL),
  username: text("The user's username. Only valid if the connection requires a username", {
    minLength: 1,
    maxLength: 128,
  }),
};

const UPDATE: Schema = {
  blocked: flag(BLOCKED),
  email_verified: flag(
    'Whether this email address is verified (true) or unverified (false). If set to false the user will not receive a verification email unless `verify_email` is set to true',
  ),
  email: text('Email address of this user', { nullable: true, format: 'email' }),
  phone_number: text("The user's phone number (following the E.164 recommendation)", {
    nullable: true,
    pattern: PHONE,
  }),
  phone_verified: flag(PHONE_VERIFIED),
  user_metadata: metadata('User metadata to which this user has read/write access'),
  app_metadata: metadata(APP_METADATA),
  given_name: text('Given name/first name/forename of this user', { nullable: true, minLength: 1, maxLength: 150 }),
  family_name: text('Family name/last name/surname of this user', { nullable: true, minLength: 1, maxLength: 150 }),
  name: text('Name of this user', { nullable: true, minLength: 1, maxLength: 300 }),
  nickname: text('Preferred nickname or alias of this user', { nullable: true, minLength: 1, maxLength: 300 }),
  picture: text('URL to picture, photo, or avatar of this user', { nullable: true, format: 'strict-uri' }),
  verify_email: flag(VERIFY_EMAIL),
  verify_phone_number: flag(
    'Whether this user will receive a text after changing the phone number (true) or no text (false). Only valid when changing phone number for SMS connections',
  ),
  password: text('New password for this user. Only valid for database connections', { nullable: true, minLength: 1 }),
  connection: text('Name of the connection to target for this user update', { minLength: 1 }),
  client_id: text('Auth0 client ID. Only valid when updating email address', { minLength: 1 }),
  username: text("The user's username. Only valid if the connection requires a username", {
    nullable: true,
    minLength: 1,
    maxLength: 128,
  }),
};

/** Names that the service keeps for itself in `app_metadata`. */
const RESERVED_IN_APP_METADATA = new Set(
  '__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id identities lastIP lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at user_id'.split(
    ' ',
  ),
);

/** @throws Refusal 400 */
export function createPayload(body: string): JsonObject {
  const payload = checked(body, CREATE);
  if (payload.connection === undefined) refuse(missing('connection'));
  return payload;
}

/** @throws Refusal 400 */
export function updatePayload(body: string): JsonObject {
  const payload = checked(body, UPDATE);
  // An empty body matches none of the alternatives, and the answer lists them all.
  if (Object.keys(payload).length === 0) {
    const inner = Object.keys(UPDATE).map(name => `Payload validation error: 'Missing required property: ${name}'.`);
    refuse(
      apiError(
        400,
        `Payload validation error: 'None of the valid schemas were met'. Inner errors: [ ${inner.join(' (also) ')} ]`,
        'invalid_body',
      ),
    );
  }
  return payload;
}

export function missing(property: string): Answer {
  return invalidBody(`Missing required property: ${property}`);
}

function checked(body: string, schema: Schema): JsonObject {
  const payload = parsedBody(body);
  if (!isObject(payload)) refuse(invalidBody(`Expected type object but found type ${typeName(payload)}`));
  const unknown = Object.keys(payload).filter(name => !Object.hasOwn(schema, name));
  if (unknown.length > 0) {
    refuse(
      invalidBody(
        `Additional properties not allowed: ${unknown.join(',')} (consider storing them in app_metadata or user_metadata. See "Users Metadata" in https://auth0.com/docs/api/v2/changes for more details)`,
      ),
    );
  }
  for (const [name, value] of Object.entries(payload)) {
    const rule = schema[name];
    const broken = rule && brokenRule(value, rule);
    if (rule && broken !== undefined) refuse(invalidBody(broken, { path: name, about: rule.about }));
  }
  checkKeys(payload);
  return payload;
}

function parsedBody(body: string): Json {
  try {
    return parseJson(body);
  } catch {
    return refuse(apiError(400, 'Invalid request payload JSON format'));
  }
}

function brokenRule(value: Json, rule: Rule): string | undefined {
  if (value === null && rule.nullable) return undefined;
  const type = typeName(value);
  if (type !== rule.type) return `Expected type ${rule.type} but found type ${type}`;
  if (typeof value !== 'string') return undefined;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = rule;
  if (value.length < minLength) return `String is too short (${value.length} chars), minimum ${minLength}`;
  if (value.length > maxLength) return `String is too long (${value.length} chars), maximum ${maxLength}`;
  if (rule.pattern !== undefined && !new RegExp(rule.pattern).test(value)) {
    return `String does not match pattern ${rule.pattern}: ${value}`;
  }
  if (rule.format !== undefined && !FORMATS[rule.format](value)) {
    return `Object didn't pass validation for format ${rule.format}: ${value}`;
  }
  return undefined;
}

const FORMATS: Readonly<Record<'email' | 'strict-uri', (value: string) => boolean>> = {
  email: value => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value),
  'strict-uri': value => URL.canParse(value),
};

/** Metadata keys: no `.` and no leading `$` at any depth; nothing reserved at the root of `app_metadata`. */
function checkKeys(payload: JsonObject): void {
  for (const name of ['user_metadata', 'app_metadata']) {
    const value = ownValue(payload, name);
    if (!isObject(value)) continue;
    const dotted = findKey(value, key => key.includes('.'));
    if (dotted !== undefined) {
      refuse(apiError(400, `Fields with "." are not allowed, please remove all dotted fields.\nExample: "${dotted}".`));
    }
    const dollar = findKey(value, key => key.startsWith('$'));
    if (dollar !== undefined) {
      refuse(apiError(400, `Fields starting with "$" are not allowed.\nExample: "${dollar}".`));
    }
  }
  const app = payload.app_metadata;
  const reserved = isObject(app) ? Object.keys(app).filter(key => RESERVED_IN_APP_METADATA.has(key)) : [];
  if (reserved.length > 0) {
    refuse(
      invalidBody(`Additional properties not allowed: ${reserved.join(',')}`, {
        path: 'app_metadata',
        about: APP_METADATA,
      }),
    );
  }
}
