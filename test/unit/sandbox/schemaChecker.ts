// The schemas of Auth0's API description. A keyword or a format that is not known is an error, not a pass.
import { Ajv2020 } from 'ajv/dist/2020';
import type { Json, JsonObject } from '../../../src/sandbox/json';

const FORMATS = {
  'date-time': (value: string) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  email: /^[^@\s]+@[^@\s]+$/,
  'connection-realm': (value: string) => value !== '',
};

export class SchemaChecker {
  // Auth0's schemas leave out types that other keywords imply.
  readonly #ajv = new Ajv2020({ strictTypes: false, formats: FORMATS });

  /** @param description an OpenAPI description, for schemas that are named by their place in it. */
  constructor(description: JsonObject = {}) {
    // The names at its root are none of a schema's, but ajv takes it as one.
    this.#ajv.addVocabulary([...Object.keys(description), 'x-release-lifecycle']);
    this.#ajv.addSchema(description, 'api');
  }

  /**
   * What is wrong with a value, with its path, or undefined.
   * @param schema itself, or its place in the description
   * @throws Error for a keyword or a format that it does not know
   */
  problem(value: Json, schema: JsonObject | string): string | undefined {
    return this.#ajv.validate(schema, value) ? undefined : this.#ajv.errorsText();
  }
}

/** The keys that lead to a schema in the description → its place. */
export function placeOf(keys: readonly string[]): string {
  return `api#${keys.map(key => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}
