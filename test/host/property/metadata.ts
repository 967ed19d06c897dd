// Metadata in an assertion: compared, and shown where it is not the same.
import assert from 'node:assert/strict';
import { type Metadata, sameMetadata } from '../../reliability/model/plain';

export function same(a: Metadata | undefined, b: Metadata | undefined, what: string): void {
  assert(a && b && sameMetadata(a, b), `${what}:\n${show(a)}\n${show(b)}`);
}

export function show(metadata: Metadata | undefined): string {
  return JSON.stringify(metadata);
}
