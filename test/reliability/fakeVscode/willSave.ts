// The will-save event: why a document is saved, and the edits that extensions ask for before it is.
import type { EventEmitter } from './events';
import type { Replacement } from './text';
import type { TextDocument } from './textDocument';
import type { SaveReason } from './textFile';

export interface WillSaveEvent {
  readonly document: TextDocument;
  readonly reason: SaveReason;
  waitUntil(edits: PromiseLike<unknown>): void;
}

/** Edits that were made against an older version are dropped, as are those of a listener that fails. */
export async function willSave(
  emitter: EventEmitter<WillSaveEvent>,
  document: TextDocument,
  reason: SaveReason,
): Promise<readonly Replacement[]> {
  const { version } = document;
  const waits: PromiseLike<unknown>[] = [];
  emitter.fire({ document, reason, waitUntil: edits => waits.push(edits) });
  const results = await Promise.all(waits.map(async wait => wait)).catch(() => []);
  if (document.version !== version) return [];
  return results.flatMap(result => (Array.isArray(result) ? result.filter(isReplacement) : []));
}

function isReplacement(value: unknown): value is Replacement {
  return typeof value === 'object' && value !== null && 'range' in value && 'text' in value;
}
