// Plain JSON values, as JSON.parse gives them. The model knows nothing of src/json: what both get wrong is not found.

export type Plain = null | boolean | number | string | readonly Plain[] | PlainObject;

/** Own keys only, `__proto__` among them: read through `own`, written through `Object.fromEntries`. */
export interface PlainObject {
  readonly [key: string]: Plain;
}

/** What a document holds. */
export interface Metadata {
  readonly user_metadata: PlainObject;
  readonly app_metadata: PlainObject;
}

export const SECTIONS = ['user_metadata', 'app_metadata'] as const;

export function isObject(value: Plain | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

/** Undefined where there is no such key, whatever the prototype has. */
export function own(object: PlainObject, key: string): Plain | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Undefined means "not there", and equals only itself. */
export function equal(a: Plain | undefined, b: Plain | undefined): boolean {
  if (a === b) return true;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

export function parse(text: string): Plain {
  const value: Plain = JSON.parse(text);
  return value;
}

/** The metadata in a document's or a profile's text; undefined where it is no text of one. */
export function metadataIn(text: string): Metadata | undefined {
  try {
    const value = parse(text);
    if (!isObject(value)) return undefined;
    const { user_metadata = {}, app_metadata = {} } = value;
    return isObject(user_metadata) && isObject(app_metadata) ? { user_metadata, app_metadata } : undefined;
  } catch {
    return undefined;
  }
}

export function sameMetadata(a: Metadata, b: Metadata): boolean {
  return SECTIONS.every(section => equal(a[section], b[section]));
}

/** `object` with `key` set, or removed. */
export function withKey(object: PlainObject, key: string, value: Plain | undefined): PlainObject {
  const entries = Object.entries(object).filter(([other]) => other !== key);
  return Object.fromEntries(value === undefined ? entries : [...entries, [key, value] as const]);
}

/** What the documented service makes of a PATCH: root keys merge, null deletes, the rest is replaced whole. */
export function patched(server: Metadata, body: PlainObject): Metadata {
  const section = (name: (typeof SECTIONS)[number]): PlainObject => {
    const sent = own(body, name);
    if (!isObject(sent)) return server[name];
    if (!Object.keys(sent).length) return {};
    return Object.entries(sent).reduce(
      (now, [key, value]) => withKey(now, key, value === null ? undefined : value),
      server[name],
    );
  };
  return { user_metadata: section('user_metadata'), app_metadata: section('app_metadata') };
}
