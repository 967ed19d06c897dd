// Short ways to write JSON values in tests.
import assert from 'node:assert/strict';
import { parseJson } from '../../src/json/parse';
import type { JsonValue } from '../../src/json/value';
import { writeJson } from '../../src/json/write';
import { metadataOf, type Sections } from '../../src/metadata/document';

/** The value of a JSON text that must be one. */
export function json(text: string): JsonValue {
  const { value } = parseJson(text);
  assert(value, `not JSON: ${text}`);
  return value;
}

/** A plain value as a JsonValue. Not for numbers whose text matters: use `json` there. */
export function toJson(value: unknown): JsonValue {
  return json(JSON.stringify(value));
}

/** Metadata from a plain object with one or both sections. */
export function metadata(value: { user_metadata?: object; app_metadata?: object }): Sections {
  const profile = toJson(value);
  assert(profile.type === 'object');
  return metadataOf(profile);
}

/** Only `user_metadata`, from JSON text. */
export function user(text: string): Sections {
  const profile = json(`{"user_metadata":${text}}`);
  assert(profile.type === 'object');
  return metadataOf(profile);
}

export function plain(value: JsonValue): unknown {
  return JSON.parse(writeJson(value));
}
