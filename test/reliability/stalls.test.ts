// How long a document of a megabyte keeps the extension host from doing anything else: as a multiple of what JSON.parse
// needs for the same text in the same run, because milliseconds are the machine's; and never 200 ms of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserSession } from '../../src/editor/userSession';
import { parseJson } from '../../src/json/parse';
import { decodeProfile } from '../../src/management/decode';
import { readServiceError } from '../../src/management/serviceMessage';
import type { UserProfile } from '../../src/management/users';
import { formatDocument, metadataOf, parseDocument } from '../../src/metadata/document';
import { visibleText } from '../../src/metadata/visibleText';
import { resourceOf } from '../support/userResource';
import { nested } from './hostile/samples';

const MEGABYTE = 1_000_000;
const MAX_STALL_MS = 200;
/** A save reads the answer twice and the document once, plans, compares and writes. */
const MAX_RATIO = 40;
const ATTEMPTS = 8;

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
    let best = { ratio: Number.POSITIVE_INFINITY, stallMs: Number.POSITIVE_INFINITY };
    for (let i = 0; i < ATTEMPTS && (best.ratio > MAX_RATIO || best.stallMs > MAX_STALL_MS); i++) {
      const parseMs = fastest(() => JSON.parse(shown));
      const stallMs = await longestStall(() => openAndSave(before, after));
      best = { ratio: Math.min(best.ratio, stallMs / parseMs), stallMs: Math.min(best.stallMs, stallMs) };
    }
    t.diagnostic(`longest stretch ${best.stallMs.toFixed(0)} ms, ${best.ratio.toFixed(1)} × JSON.parse`);
    assert(best.ratio <= MAX_RATIO, `${best.ratio.toFixed(1)} × JSON.parse`);
    assert(best.stallMs <= MAX_STALL_MS, `${best.stallMs.toFixed(0)} ms`);
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
  test(name, () => {
    const ms = fastest(run);
    assert(ms <= MAX_STALL_MS, `${ms.toFixed(0)} ms`);
  });
}

function openAndSave(before: string, after: string): Promise<void> {
  const session = new UserSession(
    resourceOf({ get: async () => received(before), patch: async () => received(after) }),
  );
  const questions = { confirm: async () => 'save' as const, resolve: async () => 'overwrite' as const };
  return session.load().then(async () => {
    const opened = session.read() ?? '';
    session.show(opened);
    const typed = opened.replace('"user_metadata": {', '"user_metadata": {"edited": 1,');
    const { kind } = await session.save(typed, 'replacements', questions);
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

/** The longest time in which nothing else had its turn, in ms. */
async function longestStall(run: () => Promise<void>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let done: boolean = false;
  const ticker = (async () => {
    while (!done) {
      await new Promise(resolve => setImmediate(resolve));
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
  })();
  await run();
  done = true;
  await ticker;
  return longest;
}

/** In ms, of several runs: what the machine does beside it only ever adds. */
function fastest(run: () => unknown): number {
  const times = Array.from({ length: ATTEMPTS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
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
