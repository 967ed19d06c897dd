// JSON paths: collected during a walk, formatted for people, compared.
import type { JsonPath } from './value';

/** A place below the root of a walk. A linked list, because copying the path at every level is quadratic in depth. */
export interface Step {
  readonly parent: Step | undefined;
  readonly key: string | number;
}

/** `path` followed by the keys from the root of the walk down to `step`. */
export function pathTo(path: JsonPath, step: Step | undefined): JsonPath {
  const below: (string | number)[] = [];
  for (let at = step; at; at = at.parent) below.push(at.key);
  return [...path, ...below.reverse()];
}

/** `['user_metadata', 'a b', 0, 'c']` → `user_metadata["a b"][0].c`. Unambiguous: odd keys are quoted. */
export function formatPath(path: JsonPath): string {
  return path
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) return i ? `.${step}` : step;
      return `[${JSON.stringify(step)}]`;
    })
    .join('');
}

/** Whether `path` equals `above` or begins with it. */
export function isAtOrBelow(path: JsonPath, above: JsonPath): boolean {
  return above.every((step, i) => i < path.length && path[i] === step);
}
