// A plain HTTP client for the sandbox's own tests: sees everything, hides nothing, retries nothing.
import http from 'node:http';
import type { TestContext } from 'node:test';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/http/server';
import { isObject, type Json, type JsonObject, parseJson } from '../../../src/sandbox/json';

export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; null where it is none. */
  readonly json: Json;
}

export interface RequestOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: JsonObject | string;
  /** Gives up waiting for the answer. */
  readonly giveUp?: AbortSignal;
}

/** What became of a request: an answer, or how it failed and how far it had come. */
export type Outcome =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'failed'; readonly code: string; readonly sawHeaders: boolean }
  | { readonly kind: 'gaveUp'; readonly sawHeaders: boolean; readonly received: string };

/** Long enough for any machine that answers at all. */
const PATIENCE_MS = 60_000;

/** A sandbox that ends with its test. */
export async function sandboxFor(t: TestContext, options: SandboxOptions = { empty: true }): Promise<Sandbox> {
  const sandbox = await startSandbox({ recordBodies: true, ...options });
  t.after(() => sandbox.close());
  return sandbox;
}

export function attempt(
  sandbox: Sandbox,
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Outcome> {
  const { body, headers, giveUp } = options;
  const token = options.token ?? sandbox.token;
  return new Promise(resolve => {
    let text = '';
    let sawHeaders = false;
    const json = isObject(body);
    const request = http.request(`${sandbox.url}${path}`, {
      method,
      agent: false,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(json ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
    });
    const stop = () => {
      clearTimeout(timer);
      request.destroy();
      resolve({ kind: 'gaveUp', sawHeaders, received: text });
    };
    const timer = setTimeout(stop, PATIENCE_MS);
    giveUp?.addEventListener('abort', stop);
    const fail = (error: NodeJS.ErrnoException): void => {
      clearTimeout(timer);
      resolve({ kind: 'failed', code: error.code ?? error.message, sawHeaders });
    };
    request.on('error', fail);
    request.on('response', response => {
      sawHeaders = true;
      response.setEncoding('utf8');
      response.on('error', fail);
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        clearTimeout(timer);
        const { statusCode: status = 0, headers: received } = response;
        resolve({ kind: 'reply', reply: { status, headers: received, text, json: jsonOf(text) } });
      });
    });
    request.end(json ? JSON.stringify(body) : body);
  });
}

/** @throws Error when there was no answer. */
export async function call(
  sandbox: Sandbox,
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Reply> {
  const outcome = await attempt(sandbox, method, path, options);
  if (outcome.kind !== 'reply') throw new Error(`${method} ${path}: ${JSON.stringify(outcome)}`);
  return outcome.reply;
}

export function userPath(id: string): string {
  return `/api/v2/users/${encodeURIComponent(id)}`;
}

/** A member of a JSON object, for assertions. */
export function at(value: Json, ...path: readonly (string | number)[]): Json | undefined {
  let found: Json | undefined = value;
  for (const key of path) {
    if (Array.isArray(found) && typeof key === 'number') found = found[key];
    else if (isObject(found) && typeof key === 'string' && Object.hasOwn(found, key)) found = found[key];
    else return undefined;
  }
  return found;
}

function jsonOf(text: string): Json {
  try {
    return text === '' ? null : parseJson(text);
  } catch {
    return null;
  }
}
