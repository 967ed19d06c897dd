// An edit of any documents, open or not: `workspace.applyEdit`.
import { hop } from './fileProvider';
import { applyReplacements, type Range, type Replacement } from './text';
import type { TextDocument } from './textDocument';
import type { TextFiles } from './textFiles';
import type { UriLike } from './uri';

export type Edits = ReadonlyMap<string, { readonly uri: UriLike; readonly replacements: readonly Replacement[] }>;

export class WorkspaceEdit {
  readonly edits = new Map<string, { uri: UriLike; replacements: Replacement[] }>();

  replace(uri: UriLike, range: Range, text: string): void {
    const entry = this.edits.get(uri.toString()) ?? { uri, replacements: [] };
    entry.replacements.push({ range, text });
    this.edits.set(uri.toString(), entry);
  }
}

/** False where a document was changed while the edit was on its way. */
export async function applyEdits(
  files: TextFiles,
  edits: Edits,
  isInFront: (document: TextDocument) => boolean,
): Promise<boolean> {
  const changes = Array.from(edits.values(), ({ uri, replacements }) => {
    return { uri, replacements, version: files.all.get(uri.toString())?.document.version };
  });
  await hop();
  const acquired = await Promise.all(
    changes.map(async change => ({ ...change, reference: await files.acquire(change.uri) })),
  );
  try {
    for (const { reference, version = reference.file.document.version } of acquired) {
      if (version !== reference.file.document.version) return false;
    }
    for (const { reference, replacements } of acquired) {
      const { file } = reference;
      const text = applyReplacements(file.document.text, replacements);
      // Nothing for nothing is no edit; in the editor in front, neither is the same again.
      if (text !== file.document.text || (text !== '' && !isInFront(file.document))) file.type(text);
    }
    return true;
  } finally {
    for (const { reference } of acquired) reference.dispose();
  }
}
