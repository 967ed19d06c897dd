// How long extensions took to load and to activate, as VS Code's own marks in the extension host have it.
import * as vscode from 'vscode';
import type { Samples } from '../samples';

const OURS = 'auth0-metadata-editor.auth0-metadata-editor';
const TIMEOUT_MS = 5_000;

/** Activates ours and the extensions that ship with VS Code, one after the other; ms of each by its id. */
export async function activationTimes(): Promise<Samples> {
  const shipped = vscode.extensions.all.filter(({ id, packageJSON }) => id.startsWith('vscode.') && packageJSON.main);
  const ours = vscode.extensions.getExtension(OURS);
  if (!ours) throw new Error('the extension is not installed');
  for (const extension of [...shipped, ours]) await activated(extension);
  const marks = marksOfHost();
  const times = [...shipped, ours].flatMap(({ id }) => {
    const [load, loaded, activate, done] = MARKS.map(name => marks.get(`code/extHost/${name}/${id}`));
    if (load === undefined || loaded === undefined || activate === undefined || done === undefined) return [];
    return [[id === OURS ? 'ours' : id, [loaded - load + (done - activate)]] as const];
  });
  return Object.fromEntries(times);
}

const MARKS = ['willLoadExtensionCode', 'didLoadExtensionCode', 'willActivateExtension', 'didActivateExtension'];

/** Some wait for a person or a workspace that is not there: they are left behind. */
async function activated(extension: vscode.Extension<unknown>): Promise<void> {
  const timeout = new Promise(resolve => setTimeout(resolve, TIMEOUT_MS));
  await Promise.race([Promise.resolve(extension.activate()).catch(() => undefined), timeout]);
}

/** VS Code keeps them beside the performance entries of Node.js. Time of each mark in ms. */
function marksOfHost(): ReadonlyMap<string, number> {
  const holder: unknown = Reflect.get(globalThis, 'MonacoPerformanceMarks');
  const getMarks: unknown = typeof holder === 'object' && holder !== null ? Reflect.get(holder, 'getMarks') : undefined;
  const marks: unknown = typeof getMarks === 'function' ? getMarks() : [];
  const list: readonly unknown[] = Array.isArray(marks) ? marks : [];
  return new Map(list.flatMap(mark => (isMark(mark) ? [[mark.name, mark.startTime] as const] : [])));
}

function isMark(mark: unknown): mark is { readonly name: string; readonly startTime: number } {
  if (typeof mark !== 'object' || mark === null || !('name' in mark && 'startTime' in mark)) return false;
  return typeof mark.name === 'string' && typeof mark.startTime === 'number';
}
