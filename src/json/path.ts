// Paths as a person reads them.
import type { JsonPath } from './value';

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
