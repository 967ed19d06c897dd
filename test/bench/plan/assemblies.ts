// What one would assemble from libraries for the same duty: text → values, problems, duplicate keys, changed paths.
import { diff as deepDiff } from 'deep-diff';
import { compare } from 'fast-json-patch';
import { getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { parse as parseLossless } from 'lossless-json';
import microdiff from 'microdiff';
import { parseDocument } from '../../../src/metadata/document';
import { planPatch } from '../../../src/metadata/plan';

/** From both texts to the root keys that a PATCH has to send, found through the paths of all changes. */
export type PlanFrom = (base: string, edited: string) => Set<string>;

export const OURS = 'this project';
export const FLOOR = 'JSON.parse of both';

export function ours(base: string, edited: string): Set<string> {
  const before = parseDocument(base).metadata;
  const after = parseDocument(edited).metadata;
  if (!before || !after) throw new Error('the document has problems');
  const { body } = planPatch(before, after, before);
  const sections = body.members.map(({ key, value }) =>
    value.type === 'object' ? value.members.map(m => `${key}/${m.key}`) : [],
  );
  return new Set(sections.flat());
}

export function parseBoth(base: string, edited: string): unknown {
  return [JSON.parse(base), JSON.parse(edited)];
}

/** Each does a little less than ours: exact numbers or ranges of problems are missing where the libraries lack them. */
export async function assemblies(): Promise<ReadonlyMap<string, PlanFrom>> {
  const { create } = await import('jsondiffpatch');
  const patcher = create();
  const jsonc =
    (paths: (base: object, edited: object) => Iterable<string>): PlanFrom =>
    (base, edited) =>
      new Set(paths(withTree(base), withTree(edited)));
  const lossless =
    (paths: (base: object, edited: object) => Iterable<string>): PlanFrom =>
    (base, edited) =>
      new Set(paths(toObject(parseLossless(base)), toObject(parseLossless(edited))));
  return new Map([
    ['jsonc-parser + fast-json-patch', jsonc(patchPaths)],
    [
      'jsonc-parser + microdiff',
      jsonc((a, b) => microdiff(a, b, { cyclesFix: false }).map(({ path }) => rootOf(path))),
    ],
    ['jsonc-parser + jsondiffpatch', jsonc((a, b) => deltaPaths(patcher.diff(a, b)))],
    ['lossless-json + fast-json-patch', lossless(patchPaths)],
    ['lossless-json + deep-diff', lossless((a, b) => (deepDiff(a, b) ?? []).map(({ path }) => rootOf(path ?? [])))],
  ]);
}

function patchPaths(base: object, edited: object): string[] {
  return compare(base, edited).map(({ path }) => rootOf(path.split('/').slice(1)));
}

function deltaPaths(delta: unknown): string[] {
  return Object.entries(toObject(delta ?? {})).flatMap(([section, keys]) =>
    Object.keys(toObject(keys)).map(key => `${section}/${key}`),
  );
}

function rootOf(path: readonly (string | number)[]): string {
  return `${path[0]}/${path[1]}`;
}

/** jsonc-parser's tree gives the ranges; its problems come as a list, duplicate keys have to be looked for. */
function withTree(text: string): object {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (!root || errors.length > 0 || hasDuplicateKeys(root)) throw new Error('the document has problems');
  return toObject(getNodeValue(root));
}

function hasDuplicateKeys(node: Node): boolean {
  const keys = new Set<unknown>();
  for (const child of node.children ?? []) {
    if (node.type === 'object') {
      const key: unknown = child.children?.[0]?.value;
      if (keys.has(key)) return true;
      keys.add(key);
    }
    const value = node.type === 'object' ? child.children?.[1] : child;
    if (value?.children && hasDuplicateKeys(value)) return true;
  }
  return false;
}

function toObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new Error('the document is no object');
  return value;
}
