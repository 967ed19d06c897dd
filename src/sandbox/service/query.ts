// Checks the query strings of the GET routes, with the service's error messages.
import { apiError, invalidQuery, refuse, uriTooLong } from '../answers';
import type { Sort } from '../search/searchIndex';

export interface FieldSelection {
  readonly fields: readonly string[];
  readonly include: boolean;
}

export interface Page {
  readonly start: number;
  readonly limit: number;
  readonly includeTotals: boolean;
}

export interface ListQuery extends Page, FieldSelection {
  readonly q: string;
  readonly sort: Sort | undefined;
}

/** No query of users returns more than this, even without paging. */
export const MAX_RESULTS = 1_000;

/** Above this, the gateway answers 414. The real limit is not documented. */
const MAX_Q_LENGTH = 8_000;

const USER_FIELDS =
  'phone_number,email,email_verified,picture,username,user_id,name,nickname,created_at,identities,app_metadata,user_metadata,last_ip,last_login,logins_count,updated_at,blocked,family_name,given_name';
const CONNECTION_FIELDS = 'name,strategy,options,enabled_clients,id,realms,is_domain_connection,display_name,metadata';

const FIELDS_ABOUT =
  'Comma-separated list of fields to include or exclude (based on value provided for include_fields) in the result. Leave empty to retrieve all fields';
const SORT_PATTERN = /^[\w.-]+:-?1$/;

/** @throws Refusal 400 */
export function userFields(query: URLSearchParams, more: readonly string[] = []): FieldSelection {
  onlyKnown(query, ['fields', 'include_fields', ...more]);
  return fieldSelection(query, USER_FIELDS);
}

/** @throws Refusal 400, 414 */
export function listQuery(query: URLSearchParams): ListQuery {
  const paging = ['page', 'per_page', 'include_totals'];
  const selection = userFields(query, [...paging, 'sort', 'connection', 'q', 'search_engine', 'primary_order']);
  const engine = query.get('search_engine');
  if (engine !== null && !['v1', 'v2', 'v3'].includes(engine)) {
    refuseProperty(`No enum match for: ${engine}`, 'search_engine', 'The version of the search engine');
  }
  if (engine === 'v1') refuse(apiError(400, 'You are not allowed to use search_engine=v1.'));
  const q = query.get('q') ?? '';
  if (q.length > MAX_Q_LENGTH) refuse(uriTooLong());
  const page = pageOf(query, 50, 0);
  if (page.start >= MAX_RESULTS) {
    refuse(
      apiError(
        400,
        'You can only page through the first 1000 records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation',
        'invalid_paging',
      ),
    );
  }
  return { ...page, ...selection, q: q.trim(), sort: sortOf(query.get('sort')) };
}

/** @throws Refusal 400 */
export function connectionsQuery(query: URLSearchParams): Page & FieldSelection {
  const known = ['page', 'per_page', 'include_totals', 'from', 'take', 'strategy', 'name', 'fields', 'include_fields'];
  onlyKnown(query, known);
  return { ...pageOf(query, 100, 1), ...fieldSelection(query, CONNECTION_FIELDS) };
}

/** Which names `fields` may hold is not known: any. @throws Refusal 400 */
export function settingsFields(query: URLSearchParams): FieldSelection {
  onlyKnown(query, ['fields', 'include_fields']);
  return fieldSelection(query);
}

function pageOf(query: URLSearchParams, defaultPerPage: number, minimum: number): Page {
  const limit = integer(query, 'per_page', 'Number of results per page', defaultPerPage, minimum, 100);
  const page = integer(query, 'page', 'Page index of the results to return. First page is 0', 0, 0, undefined);
  const about =
    'Return results inside an object that contains the total result count (true) or as a direct array of results (false, default)';
  return { start: page * limit, limit, includeTotals: flag(query, 'include_totals', about, false) };
}

function fieldSelection(query: URLSearchParams, allowed?: string): FieldSelection {
  const text = query.get('fields') ?? '';
  const fields = text === '' ? [] : text.split(',');
  const names = allowed === undefined ? undefined : new Set(allowed.split(','));
  if (names && fields.some(field => !names.has(field))) {
    const rule = `String '${text}' does not match pattern. Must be a comma separated list of the following values: ${allowed}`;
    refuseProperty(rule, 'fields', FIELDS_ABOUT);
  }
  const about = 'Whether specified fields are to be included (true) or excluded (false)';
  return { fields, include: flag(query, 'include_fields', about, true) };
}

function sortOf(text: string | null): Sort | undefined {
  if (text === null || text === '') return undefined;
  const [field = '', order] = text.split(':');
  if (!SORT_PATTERN.test(text)) {
    const about =
      'Field to sort by. Use field:order where order is 1 for ascending and -1 for descending. e.g. created_at:1';
    refuseProperty(`String does not match pattern ${SORT_PATTERN.source}: ${text}`, 'sort', about);
  }
  if (/^(user|app)_metadata\b/.test(field)) {
    refuse(apiError(400, 'Sorting by app_metadata or user_metadata is not supported.', 'invalid_query_string'));
  }
  return { field, ascending: order === '1' };
}

function integer(
  query: URLSearchParams,
  name: string,
  about: string,
  absent: number,
  minimum: number,
  maximum: number | undefined,
): number {
  const text = query.get(name) ?? '';
  if (text === '') return absent;
  const value = Number(text);
  if (!/^-?\d+$/.test(text)) refuseProperty('Expected type integer but found type string', name, about);
  if (value < minimum) refuseProperty(`Value ${value} is less than minimum ${minimum}`, name, about);
  if (maximum !== undefined && value > maximum) {
    refuseProperty(`Value ${value} is greater than maximum ${maximum}`, name, about);
  }
  return value;
}

function flag(query: URLSearchParams, name: string, about: string, absent: boolean): boolean {
  const text = query.get(name) ?? '';
  if (text === '') return absent;
  if (text !== 'true' && text !== 'false') {
    refuseProperty('Expected type boolean but found type string', name, about);
  }
  return text === 'true';
}

function onlyKnown(query: URLSearchParams, known: readonly string[]): void {
  const unknown = [...new Set(query.keys())].filter(name => !known.includes(name));
  if (unknown.length > 0) {
    refuse(invalidQuery(`Additional properties not allowed: ${unknown.join(',')}`));
  }
}

function refuseProperty(rule: string, path: string, about: string): never {
  refuse(invalidQuery(rule, { path, about }));
}
