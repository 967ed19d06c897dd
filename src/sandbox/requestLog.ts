// What was asked of the sandbox: the last requests, for tests to count and to read.

export interface RequestRecord {
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body's text; '' until it has been read. */
  readonly body: string;
  /** What was answered; 0 while nothing is, and for good when the connection was cut. */
  readonly status: number;
  readonly atMs: number;
}

type Open = { -readonly [K in keyof RequestRecord]: RequestRecord[K] };

/** Beyond this many the older half goes: a sandbox may run for days. */
const KEPT_REQUESTS = 20_000;

export class RequestLog {
  #records: Open[] = [];

  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  begin(method: string, path: string, headers: RequestRecord['headers']): Open {
    const record: Open = { method, path, headers, body: '', status: 0, atMs: Date.now() };
    if (this.#records.length >= KEPT_REQUESTS) this.#records.splice(0, KEPT_REQUESTS / 2);
    this.#records.push(record);
    return record;
  }

  clear(): void {
    this.#records = [];
  }
}
