// The file of *Export Tenants…* and *Import Tenants…*: what the user says of each tenant, and nothing secret.
import { parseJson } from '../../json/parse';
import { isRecord, parsePlain } from '../../json/plain';
import type { JsonProblemCode } from '../../json/problems';
import { type Environment, isEnvironment } from '../../management/environment';
import { isLoopback, parseTenantDomain, type TenantDomain } from '../../management/tenant';
import { type TenantRecord, tenantName } from '../record';

export const FILE_VERSION = 1;

/** In bytes. Some thousands of tenants fit. */
export const MAX_FILE_BYTES = 512 * 1024;

/** A tenant as a file describes it. What the file leaves out is undefined. */
export interface FileTenant {
  readonly domain: TenantDomain;
  /** The domain as the file writes it. It may differ: in capitals, or in characters beyond ASCII. */
  readonly written: string;
  /** In one line, nothing hidden in it; the domain if the file gives none. */
  readonly name: string;
  readonly environment: Environment | undefined;
  readonly readOnly: boolean;
}

/** What is wrong with a file. `number` counts its tenants from 1; `text` is the file's own, not made safe to show. */
export type FileProblem =
  | { readonly kind: 'tooLarge' | 'notText' | 'notJson' | 'notTenants' | 'noTenants' }
  /** Not JSON from this place on; both count from 1, the column in UTF-16 code units. */
  | { readonly kind: 'syntax'; readonly code: JsonProblemCode; readonly line: number; readonly column: number }
  | { readonly kind: 'version'; readonly text: string }
  | { readonly kind: 'noDomain'; readonly number: number }
  | {
      readonly kind: 'domain' | 'thisMachine' | 'twice' | 'name' | 'environment' | 'readOnly';
      readonly number: number;
      readonly text: string;
    };

/** Whether a tenant makes sense on another machine: the sample tenant and sandboxes do not. */
export function isMovable({ kind, origin }: TenantRecord): boolean {
  return kind !== 'sample' && !isLoopback(origin);
}

/** The text of a file with these tenants. It picks each member, so that nothing else of a record gets in. */
export function encodeTenants(records: readonly TenantRecord[]): string {
  const tenants = records.map(({ domain, name, environment, readOnly }) => ({ domain, name, environment, readOnly }));
  return `${JSON.stringify({ version: FILE_VERSION, tenants }, null, 2)}\n`;
}

/** All tenants of a file, or the first problem: a file that is wrong in one place is not imported in part. */
export function decodeTenants(bytes: Uint8Array): readonly FileTenant[] | FileProblem {
  if (bytes.byteLength > MAX_FILE_BYTES) return { kind: 'tooLarge' };
  const text = utf8(bytes);
  if (text === undefined) return { kind: 'notText' };
  const json = parsePlain(text);
  if (json === undefined) return syntaxProblemOf(text);
  if (!isRecord(json) || json.version === undefined) return { kind: 'notTenants' };
  if (json.version !== FILE_VERSION) return { kind: 'version', text: inFile(json.version) };
  if (!Array.isArray(json.tenants)) return { kind: 'notTenants' };
  const rows: readonly unknown[] = json.tenants;
  if (rows.length === 0) return { kind: 'noTenants' };
  const tenants = new Map<TenantDomain, FileTenant>();
  for (const [index, row] of rows.entries()) {
    const tenant = decodeTenant(row, index + 1);
    if ('kind' in tenant) return tenant;
    if (tenants.has(tenant.domain)) return { kind: 'twice', number: index + 1, text: tenant.domain };
    tenants.set(tenant.domain, tenant);
  }
  return [...tenants.values()];
}

/** Text that does not even begin as an object was never meant to be one. */
function syntaxProblemOf(text: string): FileProblem {
  const problem = parseJson(text).problems.at(-1);
  if (problem === undefined || !text.trimStart().startsWith('{')) return { kind: 'notJson' };
  const lines = text.slice(0, problem.offset).split(/\r\n|\r|\n/);
  return { kind: 'syntax', code: problem.code, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

function decodeTenant(json: unknown, number: number): FileTenant | FileProblem {
  if (!isRecord(json) || json.domain === undefined) return { kind: 'noDomain', number };
  const { domain: written, name, environment, readOnly = false } = json;
  const domain = typeof written === 'string' ? parseTenantDomain(written) : undefined;
  if (typeof written !== 'string' || domain === undefined) return { kind: 'domain', number, text: inFile(written) };
  if (domain.endsWith('.localhost')) return { kind: 'thisMachine', number, text: domain };
  if (name !== undefined && typeof name !== 'string') return { kind: 'name', number, text: inFile(name) };
  if (environment !== undefined && !isEnvironment(environment)) {
    return { kind: 'environment', number, text: inFile(environment) };
  }
  if (typeof readOnly !== 'boolean') return { kind: 'readOnly', number, text: inFile(readOnly) };
  return { domain, written, name: tenantName(name ?? '', domain), environment, readOnly };
}

/** A value of the file as a person finds it there. */
function inFile(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Undefined if the bytes are not UTF-8. A byte order mark is dropped: editors of Windows write one. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
