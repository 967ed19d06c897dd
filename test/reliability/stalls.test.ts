// How much a document of a megabyte keeps the extension host from doing anything else: the work of the longest turn of the event
// loop, counted, because a time is the machine's and its neighbours'.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { parseJson } from '../../src/json/parse';
import { readServiceError } from '../../src/management/http/serviceMessage';
import { decodeProfile } from '../../src/management/resources/decode';
import type { UserProfile } from '../../src/management/resources/users';
import { formatDocument, metadataOf, parseDocument } from '../../src/metadata/document';
import { DocumentSession } from '../../src/saving/session';
import { visibleText } from '../../src/text/visibleText';
import { resourceOf } from '../support/userResource';
import { Work } from '../support/work';
import { nested } from './hostile/samples';

// Before anything that is counted has run: V8 counts what it compiles from then on.
const work = Work.start(__filename);

const MEGABYTE = 1_000_000;
/**
 * Executed blocks a character of the document, in one turn; each character of a string is one to read. A save reads the answer
 * twice and the document once, plans, compares and writes.
 */
const MAX_PER_CHARACTER = 10;

/** Metadata whose document is a megabyte, in the shapes that cost the most. */
const SHAPES: ReadonlyMap<string, string> = new Map([
  ['small objects', list(12_500, i => `{"id":${i},"tags":["a","b"]}`)],
  ['10,000 root keys', record(10_000, i => `"key ${i}":{"value":"${'x'.repeat(60)}"}`)],
  ['one long string', `{"text":"${'é'.repeat(MEGABYTE)}"}`],
  ['escapes', `{"text":"${'\\n\\u00e9\\"'.repeat(MEGABYTE / 5)}"}`],
  ['numbers', list(45_000, i => `${i}.${i}e-${i % 9}`)],
  ['200 levels, again and again', record(12, i => `"key ${i}":${nested(200)}`)],
]);

for (const [name, metadata] of SHAPES) {
  test(`${name}: opening and saving a megabyte`, async t => {
    const before = profileText(metadata);
    const shown = documentOf(before);
    assert(shown.length > MEGABYTE * 0.9 && shown.length < MEGABYTE * 1.2, String(shown.length));
    const after = profileText(metadata.replace('{', '{"edited":1,'));
    const perCharacter = (await longestTurn(() => openAndSave(before, after))) / shown.length;
    t.diagnostic(`longest turn: ${perCharacter.toFixed(2)} a character`);
    assert(perCharacter <= MAX_PER_CHARACTER, String(perCharacter));
  });
}

/** Texts that are meant to keep a parser or a pattern busy. */
const TRAPS: readonly (readonly [name: string, run: () => unknown])[] = [
  ['a megabyte of opening brackets', () => parseJson('['.repeat(MEGABYTE))],
  ['a megabyte of opening objects', () => parseJson('{"a":'.repeat(MEGABYTE / 5))],
  ['a number of a megabyte', () => parseDocument(`{"user_metadata":{"a":${'9'.repeat(MEGABYTE)}},"app_metadata":{}}`)],
  ['a number with an exponent of a megabyte', () => parseJson(`1e${'9'.repeat(MEGABYTE)}`)],
  ['a key of a megabyte, twice', () => parseJson(`{"${'k'.repeat(MEGABYTE)}":1,"${'k'.repeat(MEGABYTE)}":2}`)],
  ['a string without an end', () => parseJson(`"${'\\u00e9'.repeat(MEGABYTE / 6)}`)],
  ['a megabyte of white space', () => parseJson(`${' \n'.repeat(MEGABYTE / 2)}1`)],
  ['a megabyte of disguises', () => visibleText('\u202E](command:'.repeat(MEGABYTE / 10), MEGABYTE)],
  ['an error page of a megabyte', () => readServiceError('<html>'.repeat(MEGABYTE / 6))],
  ['an error message of a megabyte', () => readServiceError(JSON.stringify({ message: trap('a ') }))],
  [
    'a validation error of a megabyte',
    () => readServiceError(JSON.stringify({ message: `Payload validation error: '${trap("' on property ")}` })),
  ],
];

for (const [name, run] of TRAPS) {
  test(name, t => {
    work.take();
    // Against a pattern without end, which nothing else would stop, and which is not counted.
    runInNewContext('run()', { run }, { timeout: 60_000 });
    const perCharacter = work.take() / MEGABYTE;
    t.diagnostic(`${perCharacter.toFixed(2)} a character`);
    assert(perCharacter <= MAX_PER_CHARACTER, String(perCharacter));
  });
}

function openAndSave(before: string, after: string): Promise<void> {
  const session = new DocumentSession(
    resourceOf({ get: async () => received(before), patch: async () => received(after) }),
  );
  const questions = {
    confirm: async () => 'save' as const,
    resolve: async () => 'overwrite' as const,
    unlock: async () => assert.fail('nothing is locked'),
    signIn: async () => false,
  };
  return session.load().then(async () => {
    const opened = session.read() ?? '';
    session.show(opened);
    const typed = opened.replace('"user_metadata": {', '"user_metadata": {"edited": 1,');
    const { kind } = await session.save(typed, () => 'replacements', questions);
    assert.equal(kind, 'saved');
    session.settle();
    session.show(session.read() ?? '');
  });
}

/** An answer comes in a turn of the event loop of its own. */
async function received(text: string): Promise<UserProfile> {
  await new Promise(resolve => setImmediate(resolve));
  const profile = decodeProfile(text);
  assert(profile);
  return profile;
}

/** The most work in which nothing else had its turn. */
async function longestTurn(run: () => Promise<void>): Promise<number> {
  work.take();
  let longest = 0;
  let done: boolean = false;
  const ticker = (async () => {
    while (!done) {
      await new Promise(resolve => setImmediate(resolve));
      longest = Math.max(longest, work.take());
    }
  })();
  await run();
  done = true;
  await ticker;
  return longest;
}

function profileText(metadata: string): string {
  return `{"user_id":"auth0|1","user_metadata":${metadata},"app_metadata":{"plan":"full"}}`;
}

function documentOf(profile: string): string {
  const decoded = decodeProfile(profile);
  assert(decoded);
  return formatDocument(metadataOf(decoded.value));
}

function list(count: number, item: (i: number) => string): string {
  return `{"list":[${Array.from({ length: count }, (_, i) => item(i)).join(',')}]}`;
}

function record(count: number, member: (i: number) => string): string {
  return `{${Array.from({ length: count }, (_, i) => member(i)).join(',')}}`;
}

function trap(text: string): string {
  return text.repeat(MEGABYTE / text.length);
}
