// A JSON Schema checker for the keywords that Auth0's API description uses in answers. An unknown keyword is an error, not a pass.
import { isArray, isObject, type Json, type JsonObject, ownValue, typeName } from '../../../src/sandbox/json';

/** Say nothing about a value. */
const ANNOTATIONS = new Set(['description', 'default', 'title', 'x-release-lifecycle']);

type Check = (value: Json, operand: Json, schema: JsonObject, checker: SchemaChecker) => string | undefined;

const KEYWORDS: Readonly<Record<string, Check>> = {
  $ref: (value, operand, _, checker) => checker.problem(value, checker.resolve(String(operand))),
  type: (value, operand) => {
    const types = isArray(operand) ? operand : [operand];
    const type = typeName(value);
    return types.includes(type) || (type === 'integer' && types.includes('number')) ? undefined : `is ${type}`;
  },
  enum: (value, operand) =>
    isArray(operand) && operand.includes(value) ? undefined : `${JSON.stringify(value)} is not listed`,
  oneOf: (value, operand, _, checker) => {
    const problems = objectsIn(operand).map(schema => checker.problem(value, schema));
    const fits = problems.filter(problem => problem === undefined).length;
    return fits === 1 ? undefined : `fits ${fits} of the alternatives: ${problems.join(' | ')}`;
  },
  format: (value, operand) => {
    const test = FORMATS[String(operand)];
    if (test === undefined) throw new Error(`unknown format ${String(operand)}`);
    return typeof value !== 'string' || test(value) ? undefined : `${value} is no ${String(operand)}`;
  },
  pattern: (value, operand) =>
    typeof value !== 'string' || new RegExp(String(operand)).test(value) ? undefined : `${value} breaks the pattern`,
  minLength: (value, operand) =>
    typeof value !== 'string' || value.length >= Number(operand) ? undefined : 'is too short',
  maxLength: (value, operand) =>
    typeof value !== 'string' || value.length <= Number(operand) ? undefined : 'is too long',
  maxProperties: (value, operand) =>
    !isObject(value) || Object.keys(value).length <= Number(operand) ? undefined : 'has too many properties',
  required: (value, operand) => {
    const missing =
      isObject(value) && isArray(operand) ? operand.filter(name => !Object.hasOwn(value, String(name))) : [];
    return missing.length === 0 ? undefined : `lacks ${missing.join(', ')}`;
  },
  properties: (value, operand, _, checker) =>
    firstProblem(entriesOf(value), ([name, child]) => {
      const schema = isObject(operand) ? ownValue(operand, name) : undefined;
      return isObject(schema) ? prefixed(`.${name}`, checker.problem(child, schema)) : undefined;
    }),
  additionalProperties: (value, operand, schema, checker) => {
    const declared = isObject(schema.properties) ? schema.properties : {};
    const others = entriesOf(value).filter(([name]) => !Object.hasOwn(declared, name));
    if (operand === true) return undefined;
    if (isObject(operand)) {
      return firstProblem(others, ([name, child]) => prefixed(`.${name}`, checker.problem(child, operand)));
    }
    return others.length === 0 ? undefined : `has undeclared ${others.map(([name]) => name).join(', ')}`;
  },
  items: (value, operand, _, checker) =>
    isObject(operand) && isArray(value)
      ? firstProblem([...value.entries()], ([index, item]) => prefixed(`[${index}]`, checker.problem(item, operand)))
      : undefined,
};

const FORMATS: Readonly<Record<string, (value: string) => boolean>> = {
  'date-time': value => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  email: value => /^[^@\s]+@[^@\s]+$/.test(value),
  'connection-realm': value => value !== '',
};

export class SchemaChecker {
  readonly #document: Json;

  /** @param document an OpenAPI description. */
  constructor(document: Json) {
    this.#document = document;
  }

  /** What is wrong with a value, with its path, or undefined. @throws Error for a keyword that it does not know. */
  problem(value: Json, schema: JsonObject): string | undefined {
    return firstProblem(Object.entries(schema), ([keyword, operand]) => {
      if (ANNOTATIONS.has(keyword)) return undefined;
      const check = KEYWORDS[keyword];
      if (check === undefined) throw new Error(`unknown keyword ${keyword}`);
      return check(value, operand, schema, this);
    });
  }

  /** `#/components/schemas/X` → that schema. @throws Error when there is none. */
  resolve(pointer: string): JsonObject {
    const found = this.at(...pointer.slice(2).split('/'));
    if (!isObject(found)) throw new Error(`nothing at ${pointer}`);
    return found;
  }

  /** What the document holds at a path. */
  at(...path: readonly string[]): Json | undefined {
    return path.reduce<Json | undefined>(
      (value, key) => (isObject(value) ? ownValue(value, key) : undefined),
      this.#document,
    );
  }
}

function firstProblem<T>(values: readonly T[], problemOf: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const problem = problemOf(value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function prefixed(path: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${path} ${problem}`;
}

function entriesOf(value: Json): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

function objectsIn(value: Json): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}
