// Encodes and decodes what is stored of a tenant: its record in globalState, and its secret. Checks both on reading.
import { isRecord, parsePlain } from '../json/plain';
import {
  type Credentials,
  type CredentialsKind,
  decodeCredentials,
  isCredentialsKind,
} from '../management/auth/credentials';
import { type Environment, guessEnvironment, isEnvironment } from '../management/environment';
import { isLoopback, loopbackOrigin, parseTenantDomain, type Tenant, type TenantDomain } from '../management/tenant';
import { visibleText } from '../text/visibleText';

/** How the user signs in. The sample tenant needs no credentials; nobody has signed in to a `signedOut` one yet. */
export type TenantKind = CredentialsKind | 'sample' | 'signedOut';

/** The way in which the user has signed in; undefined for a tenant without credentials. */
export function credentialsKindOf({ kind }: Pick<TenantRecord, 'kind'>): CredentialsKind | undefined {
  return isCredentialsKind(kind) ? kind : undefined;
}

/** What the user says of a tenant, and what decides how carefully it is treated. */
export interface TenantProfile {
  /** Not empty; the domain if the user gave no name. */
  readonly name: string;
  readonly environment: Environment;
  /** Nothing may ever be changed from here, whatever the environment. */
  readonly readOnly: boolean;
}

export interface TenantRecord extends Tenant, TenantProfile {
  readonly kind: TenantKind;
}

type Place = Pick<TenantRecord, 'kind' | 'origin'>;

/** Whether both records mean the same server. The sample tenant is always the same one, whatever port it has now. */
export function isSamePlace(a: Place, b: Place): boolean {
  if (a.kind === 'sample' || b.kind === 'sample') return a.kind === b.kind;
  return a.origin === b.origin;
}

const MAX_NAME = 60;

/** A name as it is kept: in one line, nothing hidden in it; `domain` if nothing is left. */
export function tenantName(typed: string, domain: TenantDomain): string {
  return visibleText(typed.trim(), MAX_NAME).trim() || domain;
}

/** The profile of a tenant nobody has described: what runs on this machine is for development. */
export function guessedProfile({ domain, origin }: Tenant, friendlyName?: string): TenantProfile {
  const environment = isLoopback(origin) ? 'development' : guessEnvironment(domain, friendlyName);
  return { name: tenantName(friendlyName ?? '', domain), environment, readOnly: false };
}

/** The key of a tenant's secret in SecretStorage. */
export function secretKey(domain: TenantDomain): string {
  return SECRET_PREFIX + domain;
}

/** The tenant that a SecretStorage key belongs to; undefined for a key that is not ours. */
export function domainOfSecretKey(key: string): TenantDomain | undefined {
  return key.startsWith(SECRET_PREFIX) ? parseTenantDomain(key.slice(SECRET_PREFIX.length)) : undefined;
}

const SECRET_PREFIX = 'auth0Metadata.credentials:';

/** Reads the stored list. Anything that no version of this extension can have written is left out. */
export function decodeRecords(json: unknown): readonly TenantRecord[] {
  if (!Array.isArray(json)) return [];
  const rows: readonly unknown[] = json;
  return rows.map(decodeRecord).filter(record => record !== undefined);
}

function decodeRecord(json: unknown): TenantRecord | undefined {
  if (!isRecord(json)) return undefined;
  const { domain, origin, kind } = json;
  if (typeof domain !== 'string' || typeof origin !== 'string' || !isKind(kind)) return undefined;
  const parsed = parseTenantDomain(domain);
  if (parsed === undefined || parsed !== domain) return undefined;
  if (!isOriginOf(parsed, origin)) return undefined;
  const tenant = { domain: parsed, origin };
  return { ...tenant, kind, ...decodeProfile(json, guessedProfile(tenant)) };
}

/** Earlier versions stored no profile: what is missing is guessed. */
function decodeProfile({ name, environment, readOnly }: Readonly<Record<string, unknown>>, guess: TenantProfile) {
  return {
    name: typeof name === 'string' && name !== '' ? name : guess.name,
    environment: isEnvironment(environment) ? environment : guess.environment,
    readOnly: readOnly === true,
  };
}

function isOriginOf(domain: TenantDomain, origin: string): boolean {
  return origin === `https://${domain}` || origin === loopbackOrigin(origin);
}

function isKind(value: unknown): value is TenantKind {
  return value === 'sample' || value === 'signedOut' || isCredentialsKind(value);
}

/** The secret as JSON, with the origin it was entered for: it is never used for another one. */
export function encodeSecret(tenant: Tenant, credentials: Credentials): string {
  return JSON.stringify({ origin: tenant.origin, ...credentials });
}

/** The credentials of `tenant`; undefined if the text is not ours, or was entered for another origin. */
export function decodeSecret(text: string | undefined, tenant: Tenant): Credentials | undefined {
  const json = text === undefined ? undefined : parsePlain(text);
  return isRecord(json) && json.origin === tenant.origin ? decodeCredentials(json) : undefined;
}
