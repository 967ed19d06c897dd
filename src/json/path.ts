// Paths: as a person reads them, and while a value is walked.
import type { JsonPath } from './value';

/** A place below the root of a walk. Linked, as a path of its own at every level would be quadratic in depth. */
export interface Step {
  readonly parent: Step | undefined;
  readonly key: string | number;
}

/** `path` and the steps below it. */
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

/** Whether `path` is `above` itself or leads through it. */
export function isAtOrBelow(path: JsonPath, above: JsonPath): boolean {
  return above.every((step, i) => i < path.length && path[i] === step);
}
