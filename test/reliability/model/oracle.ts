// The promise of a save, apart from the code that keeps it: given what everybody saw and wrote, what must come of it.
import { equal, isArray, isObject, type Metadata, own, type Plain, type PlainObject, SECTIONS, withKey } from './plain';

export type Path = readonly (string | number)[];

export type Side = 'mine' | 'theirs';

export interface Merged {
  readonly result: Metadata;
  /** Paths that both sides changed, to different values. */
  readonly clashes: readonly Path[];
}

/**
 * What must come of a merge: where only one side changed a path, its value stands; where both did, the chosen one.
 *
 * @param base what the person's text grew from
 * @param mine what the person has typed
 * @param theirs what the server held when it was looked at
 */
export function mergeOf(base: Metadata, mine: Metadata, theirs: Metadata, chosen: Side): Merged {
  const clashes: Path[] = [];
  const merge = (path: Path, b?: Plain, m?: Plain, t?: Plain): Plain | undefined => {
    if (equal(b, m)) return t;
    if (equal(b, t) || equal(m, t)) return m;
    if (isObject(b) && isObject(m) && isObject(t)) return mergeKeys(path, b, m, t);
    clashes.push(path);
    return chosen === 'mine' ? m : t;
  };
  const mergeKeys = (path: Path, b: PlainObject, m: PlainObject, t: PlainObject): PlainObject => {
    const entries = [...keys(b, m, t)].flatMap(key => {
      const value = merge([...path, key], own(b, key), own(m, key), own(t, key));
      return value === undefined ? [] : [[key, value] as const];
    });
    return Object.fromEntries(entries);
  };
  const section = (name: keyof Metadata) => mergeKeys([name], base[name], mine[name], theirs[name]);
  return { result: { user_metadata: section('user_metadata'), app_metadata: section('app_metadata') }, clashes };
}

/** A path whose value on the server is taken away by a PATCH; `removed`: nothing comes in its place. */
export interface Loss {
  readonly path: Path;
  readonly removed: boolean;
}

/**
 * What a PATCH takes away that saving must ask about: keys and items that go or change, at any depth. A root value with
 * nothing below it that is typed over is no loss, nor is what an array has gained. Of an array, only that it has lost
 * something is said here, and that it must have lost whole items where it is shorter.
 */
export function losses(server: Metadata, after: Metadata): Loss[] {
  const found: Loss[] = [];
  const walk = (path: Path, before: Plain, now: Plain | undefined): void => {
    if (equal(before, now)) return;
    if (isObject(before) && isObject(now)) {
      for (const [key, value] of Object.entries(before)) walk([...path, key], value, own(now, key));
    } else if (isArray(before) && isArray(now)) {
      if (!isGrown(before, now)) found.push({ path, removed: now.length < before.length });
    } else if (holdsAnything(before)) found.push({ path, removed: true });
    else if (path.length > 2 || now === undefined) found.push({ path, removed: now === undefined });
  };
  for (const section of SECTIONS) {
    for (const [key, value] of Object.entries(server[section])) {
      walk([section, key], value, own(after[section], key));
    }
  }
  return found;
}

/** What is wrong with a body, apart from what it does: nothing unchanged in it, nothing empty, nothing untouched. */
export function judgeBody(body: PlainObject, base: Metadata, edited: Metadata, server: Metadata): string[] {
  const broken: string[] = [];
  for (const [name, sent] of Object.entries(body)) {
    const section = SECTIONS.find(known => known === name);
    if (!section || !isObject(sent)) {
      broken.push(`${name} does not belong into a PATCH`);
      continue;
    }
    if (!Object.keys(sent).length) broken.push(`${name}: {} wipes everything`);
    for (const [key, value] of Object.entries(sent)) {
      const held = own(server[section], key);
      if (value === null ? held === undefined : equal(value, held)) broken.push(`${name}.${key} is sent unchanged`);
      if (equal(own(base[section], key), own(edited[section], key))) broken.push(`${name}.${key} was never touched`);
    }
  }
  return broken;
}

/** Whether `now` has all that `before` has, in that order, and perhaps more: items in between, keys in items. */
function isGrown(before: Plain, now: Plain | undefined): boolean {
  if (isArray(before) && isArray(now)) {
    const [first, ...rest] = before;
    if (first === undefined) return true;
    return now.some((item, i) => isGrown(first, item) && isGrown(rest, now.slice(i + 1)));
  }
  if (isObject(before) && isObject(now)) {
    return Object.entries(before).every(([key, value]) => isGrown(value, own(now, key)));
  }
  return equal(before, now);
}

function holdsAnything(value: Plain): boolean {
  return isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

function keys(...objects: readonly PlainObject[]): Set<string> {
  return new Set(objects.flatMap(object => Object.keys(object)));
}

/** `seen`, with the values of `old` at `paths`: what a person who was not asked about these paths goes on from. */
export function withOld(seen: Metadata, old: Metadata, paths: readonly Path[]): Metadata {
  const section = (name: keyof Metadata): PlainObject => {
    let now = seen[name];
    for (const [first, ...rest] of paths) if (first === name) now = replaced(now, old[name], rest);
    return now;
  };
  return { user_metadata: section('user_metadata'), app_metadata: section('app_metadata') };
}

/**
 * What text that was saved goes on from where the other side's values were taken: there, mine is not saved.
 *
 * @param seen the server's state that was planned on
 * @param now the one that came of it; where it holds mine after all, nothing is left
 */
export function leftOpen(saved: Metadata, base: Metadata, seen: Metadata, now: Metadata): Metadata {
  const { clashes } = mergeOf(base, saved, seen, 'theirs');
  const isLeft = (path: Path) => !equal(valueAt(now, path), valueAt(saved, path));
  return withOld(saved, base, clashes.filter(isLeft));
}

function valueAt(metadata: Metadata, path: Path): Plain | undefined {
  const whole: PlainObject = { ...metadata };
  return path.reduce<Plain | undefined>(
    (value, step) => (isObject(value) ? own(value, String(step)) : undefined),
    whole,
  );
}

function replaced(now: PlainObject, old: PlainObject, [step = '', ...rest]: Path): PlainObject {
  const key = String(step);
  const [there, value] = [own(now, key), own(old, key)];
  return withKey(now, key, rest.length && isObject(there) && isObject(value) ? replaced(there, value, rest) : value);
}

/** `before`, with the root keys that `body` holds as they are in `after`: what a save did, and nothing of what others did. */
export function sentPart(before: Metadata, body: PlainObject, after: Metadata): Metadata {
  const section = (name: keyof Metadata): PlainObject => {
    const sent = own(body, name);
    if (!isObject(sent)) return before[name];
    return Object.keys(sent).reduce((now, key) => withKey(now, key, own(after[name], key)), before[name]);
  };
  return { user_metadata: section('user_metadata'), app_metadata: section('app_metadata') };
}
