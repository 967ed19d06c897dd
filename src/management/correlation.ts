// Correlation IDs: the tenant's log shows one beside each request that carries it, and so which save it was of.
import { randomUUID } from 'node:crypto';

/** One for each save. Random, so that it says nothing about anybody; far below the 128 characters that Auth0 takes. */
export function newCorrelationId(): string {
  return randomUUID();
}

/** Whether the text can have been made by `newCorrelationId`, or by a later version of it. */
export function isCorrelationId(text: string): boolean {
  return /^[\w.:-]{1,128}$/.test(text);
}
