// Every recorded exchange with the real service, replayed in order over HTTP: status and body, but for ids, times and pictures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { isArray, isObject, type Json, type JsonObject, parseJson } from '../../../src/sandbox/json';
import { sharedFile } from '../../support/shared';
import { call } from './client';

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly requestBody: Json;
  readonly status: number;
  readonly responseBody: Json;
}

type Recording = readonly [name: string, exchanges: readonly Exchange[]];

/** Taken out of the recordings by whoever made them; any password that the default policy accepts will do. */
const PASSWORD = { redacted: '<redacted>', replayed: 'Replayed-Passw0rd' };

/**
 * Created in 2018, when the service made the nickname of the name; the recordings of 2019 and later, with the same
 * request, show the e-mail's local part. The sandbox is the later service: the nickname of this user is not compared.
 */
const USER_OF_2018 = 'auth0|5bb7c4425e09334d77899bdc';

const { text, skip } = sharedFile('recordings/users.json');
const recordings = text === undefined ? [] : recordingsOf(parseJson(text));

test('every recorded exchange with the service is replayed: 108 of them, in 78 recordings', { skip }, () => {
  assert.equal(recordings.length, 78);
  assert.equal(recordings.flatMap(([, exchanges]) => exchanges).length, 108);
});

for (const recording of recordings) {
  test(recording[0], async t => {
    const sandbox = await startSandbox({ users: seedsFor(recording) });
    t.after(() => sandbox.close());
    const replay = new Replay(sandbox);
    for (const exchange of earlierLife(recording)) await replay.run(exchange);
    for (const exchange of recording[1]) await replay.run(exchange);
  });
}

/** Replays exchanges; ids of the recording become those that the sandbox gave to the same users. */
class Replay {
  readonly #sandbox: Sandbox;
  readonly #actualIds = new Map<string, string>();

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  async run({ method, path, requestBody, status, responseBody }: Exchange): Promise<void> {
    const sent = JSON.stringify(requestBody).replaceAll(PASSWORD.redacted, PASSWORD.replayed);
    const reply = await call(this.#sandbox, method, this.#pathOf(path), {
      ...(requestBody === null ? {} : { body: sent, headers: { 'content-type': 'application/json' } }),
    });
    assert.equal(reply.status, status, `${method} ${path}: ${reply.text}`);
    if (method === 'POST' && isObject(responseBody) && isObject(reply.json)) {
      this.#actualIds.set(String(responseBody.user_id), String(reply.json.user_id));
    }
    const givenPicture = isObject(requestBody) && requestBody.picture !== undefined;
    const expected = comparable(this.#translated(responseBody), givenPicture);
    assert.deepEqual(
      comparable(reply.json, givenPicture),
      this.#withoutOldNickname(expected, responseBody, reply.json),
    );
  }

  #pathOf(path: string): string {
    return path.replace(/(?<=\/users\/)[^?]+/, encoded => {
      const id = decodeURIComponent(encoded);
      return encodeURIComponent(this.#actualIds.get(id) ?? id);
    });
  }

  #translated(body: Json): Json {
    let translated = JSON.stringify(body);
    for (const [recorded, actual] of this.#actualIds) {
      translated = translated.replaceAll(recorded, actual).replaceAll(recorded.slice(6), actual.slice(6));
    }
    return parseJson(translated);
  }

  #withoutOldNickname(expected: Json, recorded: Json, actual: Json): Json {
    const isOld = isObject(recorded) && (recorded.user_id === USER_OF_2018 || this.#actualIds.has(USER_OF_2018));
    if (!isOld || !isObject(expected) || !isObject(actual) || actual.nickname === undefined) return expected;
    return { ...expected, nickname: actual.nickname };
  }
}

/** Times and pictures by their being there only: times differ, pictures hold a digest of addresses changed by the recorder. */
function comparable(value: Json, keepPicture: boolean): Json {
  if (isArray(value)) return value.map(item => comparable(item, keepPicture));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]): [string, Json] => {
    if (/_at$|^last_(login|password_reset)$/.test(key))
      return [key, Number.isNaN(Date.parse(String(child))) ? child : 'a time'];
    if (key === 'picture' && !keepPicture) return [key, 'a picture'];
    return [key, comparable(child, keepPicture)];
  });
  return Object.fromEntries(entries);
}

/**
 * A recording may begin in the middle of a user's life. What came before is in other recordings: the POST that created
 * the user, and each PATCH of an earlier `updated_at`. They are replayed (and compared) first; no state is made up.
 */
function earlierLife([, exchanges]: Recording): Exchange[] {
  const [first] = exchanges;
  if (first === undefined || first.method === 'POST') return [];
  const id = idIn(first.path);
  if (id === undefined) return [];
  const ownWrite = first.method === 'PATCH' ? String(updatedAt(first)) : undefined;
  return recordings
    .flatMap(([, others]) => others)
    .filter(other => (other.method === 'POST' ? createdId(other) === id : isEarlierPatch(other, id, ownWrite, first)))
    .sort((a, b) => (String(updatedAt(a)) < String(updatedAt(b)) ? -1 : 1));
}

/** A GET says by its own `updated_at`, where it shows one, which writes it came after. */
function isEarlierPatch(other: Exchange, id: string, ownWrite: string | undefined, first: Exchange): boolean {
  if (other.method !== 'PATCH' || idIn(other.path) !== id) return false;
  if (ownWrite !== undefined) return String(updatedAt(other)) < ownWrite;
  const seen = updatedAt(first);
  return typeof seen === 'string' && String(updatedAt(other)) <= seen;
}

/**
 * Lists show users of whom nothing else is recorded: those are seeded as the answers show them. The fullest list that
 * begins with the same user is taken; where an answer shows an id alone, the user is that id, updated on that day.
 */
function seedsFor([, exchanges]: Recording): readonly JsonObject[] {
  const [first] = exchanges;
  if (first === undefined || !isArray(first.responseBody) || first.method !== 'GET') return [];
  const lists = recordings.flatMap(([, others]) => others.map(other => other.responseBody)).filter(isArray);
  const head = idAndEmail(first.responseBody[0]);
  const same = lists
    .filter(list => isObject(list[0]) && list[0].updated_at !== undefined && matchesHead(list[0], head))
    .sort((a, b) => b.length - a.length || Object.keys(b[0] ?? {}).length - Object.keys(a[0] ?? {}).length);
  const fullest = same[0]?.filter(isObject);
  return fullest ?? [{ ...head, created_at: '2018-10-01T00:00:00.000Z', updated_at: '2018-10-02T00:00:00.000Z' }];
}

function idAndEmail(value: Json | undefined): JsonObject {
  if (!isObject(value)) return {};
  const { user_id, email } = value;
  return { ...(user_id === undefined ? {} : { user_id }), ...(email === undefined ? {} : { email }) };
}

function matchesHead(user: JsonObject, head: JsonObject): boolean {
  return Object.entries(head).every(([key, value]) => user[key] === value);
}

function idIn(path: string): string | undefined {
  const match = /\/users\/([^?/]+)/.exec(path);
  return match === null ? undefined : decodeURIComponent(match[1] ?? '');
}

function createdId({ responseBody }: Exchange): Json | undefined {
  return isObject(responseBody) ? responseBody.user_id : undefined;
}

function updatedAt({ responseBody }: Exchange): Json | undefined {
  return isObject(responseBody) ? responseBody.updated_at : undefined;
}

function recordingsOf(value: Json): readonly Recording[] {
  if (!isObject(value)) throw new Error('The recordings are not an object.');
  return Object.entries(value).map(([name, exchanges]) => [name, isArray(exchanges) ? exchanges.map(exchangeOf) : []]);
}

function exchangeOf(value: Json): Exchange {
  if (!isObject(value)) throw new Error('An exchange is not an object.');
  const { method, path, status, requestBody = null, responseBody = null } = value;
  if (typeof method !== 'string' || typeof path !== 'string' || typeof status !== 'number') {
    throw new Error('An exchange lacks its method, path or status.');
  }
  return { method, path, status, requestBody, responseBody };
}
