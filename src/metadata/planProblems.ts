// Finds values that a PATCH cannot express.
import { isOutOfRange } from '../json/number';
import { pathTo, type Step } from '../json/path';
import type { JsonPath, JsonValue } from '../json/value';
import { SECTIONS, type Sections } from './document';
import type { WantedState } from './wanted';

export interface PlanProblem {
  /** Null at the root is how a PATCH removes a key; a number out of range would be stored as null. */
  readonly code: 'nullAtRoot' | 'numberOutOfRange';
  readonly path: JsonPath;
}

/** Numbers are checked only in changed root keys: an unchanged one is not sent. */
export function findProblems(edited: Sections, changes: WantedState['changes']): PlanProblem[] {
  const problems: PlanProblem[] = [];
  for (const section of SECTIONS) {
    for (const { key, value } of edited[section].members) {
      if (value.type === 'null') problems.push({ code: 'nullAtRoot', path: [section, key] });
    }
    for (const { key, mine } of changes[section]) {
      if (mine) addNumbersOutOfRange(mine, [section, key], problems);
    }
  }
  return problems;
}

/** Numbers that a JavaScript service would read as Infinity and write back as `null`. */
function addNumbersOutOfRange(value: JsonValue, path: JsonPath, problems: PlanProblem[]): void {
  const pending: { readonly node: JsonValue; readonly step: Step | undefined }[] = [{ node: value, step: undefined }];
  const push = (node: JsonValue, parent: Step | undefined, key: string | number) => {
    if (node.type !== 'string') pending.push({ node, step: { parent, key } });
  };
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, step } = next;
    if (node.type === 'object') for (const member of node.members) push(member.value, step, member.key);
    else if (node.type === 'array') for (const [i, item] of node.items.entries()) push(item, step, i);
    else if (node.type === 'number' && isOutOfRange(node.text)) {
      problems.push({ code: 'numberOutOfRange', path: pathTo(path, step) });
    }
  }
}
