// Parses JSON that may be broken, for features that work while the user types. parse.ts parses the text that is sent.
import { findNodeAtOffset, getNodePath, type Node, parseTree } from 'jsonc-parser';
import type { JsonPath } from './value';

/** A range of a text, in UTF-16 code units; the end is exclusive. */
export interface TextRange {
  readonly offset: number;
  readonly end: number;
}

/** Parses as much of `text` as possible. Undefined if nothing can be parsed, or if the nesting is too deep. */
export function tolerantTree(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch (error) {
    // The parser recurses. Only it knows how deep: brackets in strings and in broken places do not count as they look.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The path of the key or value at `offset`; empty directly inside the root or outside of it. */
export function locate(root: Node, offset: number): JsonPath {
  const node = findNodeAtOffset(root, offset, true);
  return node ? getNodePath(node) : [];
}

/** The range of the key or array item at `path`; if it is missing, of its nearest ancestor that exists. */
export function rangeOf(root: Node, path: JsonPath): TextRange | undefined {
  let at: Node | undefined = root;
  let found: Node | undefined;
  for (const step of path) {
    if (at?.type === 'object') {
      // A key without a value yet is found too.
      const [key, value]: readonly Node[] =
        at.children?.findLast(({ children }) => children?.[0]?.value === step)?.children ?? [];
      [found, at] = [key ?? found, key && value];
    } else {
      at = at?.type === 'array' ? at.children?.[Number(step)] : undefined;
      found = at ?? found;
    }
    if (!at) break;
  }
  return found && { offset: found.offset, end: found.offset + found.length };
}
