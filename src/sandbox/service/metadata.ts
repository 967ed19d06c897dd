// The most important rule of the service: how a sent metadata object is merged into the stored one.
import { isObject, type Json, type JsonObject, ownValue } from '../json';

export const METADATA = ['user_metadata', 'app_metadata'] as const;

/**
 * Root keys merge, everything below is replaced as a whole; `null` at the root deletes a key; `{}` clears everything.
 * A `null` below the root is stored as it is.
 */
export function mergeMetadata(stored: Json | undefined, sent: JsonObject): JsonObject {
  const keys = Object.keys(sent);
  if (keys.length === 0) return {};
  const deleted = new Set(keys.filter(key => ownValue(sent, key) === null));
  const merged: JsonObject = { ...(isObject(stored) ? stored : {}), ...sent };
  return Object.fromEntries(Object.entries(merged).filter(([key]) => !deleted.has(key)));
}

/** Empty `app_metadata` is omitted from a user, empty `user_metadata` is returned (recorded). */
export function isStored(name: (typeof METADATA)[number], value: JsonObject): boolean {
  return name === 'user_metadata' || Object.keys(value).length > 0;
}
