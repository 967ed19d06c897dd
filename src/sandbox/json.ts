// JSON as the service stores it: JavaScript values, doubles for numbers. Separate from src/json on purpose.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** Keys are user data, even `__proto__`: read with `Object.hasOwn`, write only with spread or `Object.fromEntries`. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** @throws SyntaxError */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The own value of a key, even of `__proto__`; never an inherited one. */
export function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** JSON Schema's name of a value's type, as in the service's messages. */
export function typeName(value: Json): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** The first key at any depth that `wanted` accepts. No recursion, because documents may be nested very deep. */
export function findKey(value: Json, wanted: (key: string) => boolean): string | undefined {
  const pending: Json[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isArray(next)) {
      for (const item of next) if (typeof item === 'object') pending.push(item);
    } else if (isObject(next)) {
      for (const [key, child] of Object.entries(next)) {
        if (wanted(key)) return key;
        if (typeof child === 'object') pending.push(child);
      }
    }
  }
  return undefined;
}
