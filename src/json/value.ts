// JSON values as a tree that keeps what `JSON.parse` drops: the order of keys, the text of numbers, the ranges.

interface JsonNode {
  /** Start in the source text, in UTF-16 code units; -1 for a value that was not read from a text. */
  readonly offset: number;
  /** End (exclusive) in the source text, in UTF-16 code units; -1 for a value that was not read from a text. */
  readonly end: number;
}

export interface JsonObject extends JsonNode {
  readonly type: 'object';
  /** In source order. Only invalid documents have duplicate keys: the last one wins, as in `JSON.parse`. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  readonly keyOffset: number;
  readonly keyEnd: number;
  readonly value: JsonValue;
}

export interface JsonArray extends JsonNode {
  readonly type: 'array';
  readonly items: readonly JsonValue[];
}

export interface JsonString extends JsonNode {
  readonly type: 'string';
  readonly value: string;
}

export interface JsonNumber extends JsonNode {
  readonly type: 'number';
  /** The literal as written: a double cannot distinguish `1.0` from `1`, or hold `12345678901234567890`. */
  readonly text: string;
}

export interface JsonBoolean extends JsonNode {
  readonly type: 'boolean';
  readonly value: boolean;
}

export interface JsonNull extends JsonNode {
  readonly type: 'null';
}

export type JsonValue = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull;

/** Keys and array indexes from the root down. */
export type JsonPath = readonly (string | number)[];

const SYNTHETIC = { offset: -1, end: -1 } as const;

export const JSON_NULL: JsonNull = { type: 'null', ...SYNTHETIC };

/** An object made of members that stand in other objects: they are not copied. Keys must be distinct. */
export function objectOf(members: readonly JsonMember[]): JsonObject {
  return { type: 'object', members, ...SYNTHETIC };
}

/** An object made of `entries`, in their order. Keys must be distinct. */
export function jsonObject(entries: Iterable<readonly [string, JsonValue]>): JsonObject {
  const members = Array.from(entries, ([key, value]) => ({ key, keyOffset: -1, keyEnd: -1, value }));
  return { type: 'object', members, ...SYNTHETIC };
}

/** Objects with more members are indexed by a map; for smaller ones, a linear search is faster than building it. */
const INDEX_FROM = 8;
const indexes = new WeakMap<JsonObject, Map<string, JsonMember>>();

/** The member named `key`; the last one if the text has duplicates. */
export function findMember(object: JsonObject, key: string): JsonMember | undefined {
  const { members } = object;
  if (members.length > INDEX_FROM) {
    let index = indexes.get(object);
    if (!index) {
      index = new Map(members.map(member => [member.key, member]));
      indexes.set(object, index);
    }
    return index.get(key);
  }
  for (let i = members.length - 1; i >= 0; i--) {
    const member = members[i];
    if (member?.key === key) return member;
  }
  return undefined;
}

/** The member named `key`. Tries `index` first: a key usually has the same index in both of two similar objects. */
export function memberAt(object: JsonObject, key: string, index: number): JsonMember | undefined {
  const member = object.members[index];
  return member?.key === key ? member : findMember(object, key);
}

/** The value of `key`, or undefined where the object has no such key. */
export function getMember(object: JsonObject, key: string): JsonValue | undefined {
  return findMember(object, key)?.value;
}

/** The value at `path` below `root`, or undefined where there is none. */
export function getAt(root: JsonValue, path: JsonPath): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of path) {
    if (value?.type === 'object' && typeof step === 'string') value = getMember(value, step);
    else if (value?.type === 'array' && typeof step === 'number') value = value.items[step];
    else return undefined;
  }
  return value;
}
