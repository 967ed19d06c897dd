// Keeps the last requests, for tests to count and to read.

export interface RequestRecord {
  readonly method: string;
  /** As it was received, with its query. */
  readonly path: string;
  /** By lower-case names, `x-correlation-id` and `auth0-client` among them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body's text; '' until it has been read, and always if the log keeps no bodies. */
  readonly body: string;
  /** Status of the answer; 0 before it is sent, and always if the connection was cut. */
  readonly status: number;
  readonly atMs: number;
}

type Open = { -readonly [K in keyof RequestRecord]: RequestRecord[K] };

/** Above either limit, the older half is dropped: a sandbox may run for days, and any program here can send to it. */
const KEPT_REQUESTS = 20_000;
const KEPT_CHARACTERS = 32 * 1024 * 1024;

export class RequestLog {
  readonly #keepsBodies: boolean;
  #records: Open[] = [];
  #characters = 0;

  /** @param keepsBodies for tests; otherwise every `body` stays '' */
  constructor(keepsBodies: boolean) {
    this.#keepsBodies = keepsBodies;
  }

  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  /** @param rawHeaders the same names and values in a list, which is faster to count */
  begin(method: string, path: string, headers: RequestRecord['headers'], rawHeaders: readonly string[]): Open {
    const record: Open = { method, path, headers, body: '', status: 0, atMs: Date.now() };
    this.#records.push(record);
    let characters = path.length;
    for (const text of rawHeaders) characters += text.length;
    this.#grow(characters);
    return record;
  }

  received(record: Open, body: string): void {
    if (!this.#keepsBodies) return;
    record.body = body;
    this.#grow(body.length);
  }

  clear(): void {
    this.#records = [];
    this.#characters = 0;
  }

  #grow(characters: number): void {
    this.#characters += characters;
    while (this.#records.length > 1 && (this.#records.length > KEPT_REQUESTS || this.#characters > KEPT_CHARACTERS)) {
      this.#records.splice(0, Math.ceil(this.#records.length / 2));
      this.#characters = this.#records.reduce((sum, record) => sum + charactersOf(record), 0);
    }
  }
}

function charactersOf({ path, headers, body }: RequestRecord): number {
  const head = Object.entries(headers).reduce((sum, [name, value = '']) => sum + name.length + value.length, 0);
  return path.length + head + body.length;
}
