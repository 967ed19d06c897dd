// Parses the text of open documents, at most once for each version of a document.
import type { Node } from 'jsonc-parser';
import * as vscode from 'vscode';
import { locate, rangeOf, type TextRange, tolerantTree } from '../json/tolerant';
import { findMember, type JsonPath, type JsonValue } from '../json/value';
import { type ParsedDocument, parseDocument } from '../metadata/document';

const cache = new WeakMap<vscode.TextDocument, ParsedText>();

/** The parsed text of `document` as it is now. */
export function parsed(document: vscode.TextDocument): ParsedText {
  const known = cache.get(document);
  if (known?.version === document.version) return known;
  const text = new ParsedText(document);
  cache.set(document, text);
  return text;
}

/** One version of a document's text. Each tree is built on first use. */
export class ParsedText {
  readonly version: number;
  readonly #document: vscode.TextDocument;
  readonly #text: string;
  #exact: ParsedDocument | undefined;
  #tolerant: { readonly root: Node | undefined } | undefined;

  constructor(document: vscode.TextDocument) {
    this.version = document.version;
    this.#document = document;
    this.#text = document.getText();
  }

  get text(): string {
    return this.#text;
  }

  /** Parsed strictly, as a save parses it, with its problems. */
  get exact(): ParsedDocument {
    this.#exact ??= parseDocument(this.#text);
    return this.#exact;
  }

  /** The JSON path at `offset` (UTF-16 code units). Works in invalid text too. */
  locate(offset: number): JsonPath {
    const root = this.#root();
    return root ? locate(root, offset) : [];
  }

  /** The range of the key at `path`, or of its nearest existing ancestor. Works in invalid text too. */
  rangeOf(path: JsonPath): vscode.Range | undefined {
    const { value } = this.exact;
    const root = value ? undefined : this.#root();
    const range = value ? exactRange(value, path) : root && rangeOf(root, path);
    return range && new vscode.Range(this.#document.positionAt(range.offset), this.#document.positionAt(range.end));
  }

  #root(): Node | undefined {
    this.#tolerant ??= { root: tolerantTree(this.#text) };
    return this.#tolerant.root;
  }
}

function exactRange(root: JsonValue, path: JsonPath): TextRange | undefined {
  let at: JsonValue | undefined = root;
  let range: TextRange | undefined;
  for (const step of path) {
    if (at?.type === 'object') {
      const member: ReturnType<typeof findMember> = findMember(at, String(step));
      if (!member) break;
      range = { offset: member.keyOffset, end: member.keyEnd };
      at = member.value;
    } else {
      at = at?.type === 'array' ? at.items[Number(step)] : undefined;
      if (!at) break;
      range = at;
    }
  }
  return range;
}
