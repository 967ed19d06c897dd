// Every text that a person reads can be translated, and is: in whole, with the same placeholders.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { getL10nJson, getL10nPseudoLocalized } from '@vscode/l10n-dev';
import { isRecord } from '../../../src/json/plain';
import { projectRoot } from '../../workbench/paths';

/** Of languages that people speak; `qps-ploc` is English with other letters, to see what was forgotten. */
const LANGUAGES = ['de'];
const PSEUDO = 'qps-ploc';

const sources = readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => ({ file, contents: readFileSync(path.join(projectRoot, 'src', file), 'utf8') }));
const manifest = readFileSync(path.join(projectRoot, 'package.json'), 'utf8');

function texts(file: string): Readonly<Record<string, string>> {
  const json: unknown = JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8'));
  assert(isRecord(json), file);
  return Object.fromEntries(
    Object.entries(json).map(([key, text]) => {
      assert(typeof text === 'string', `${file}: ${key}`);
      return [key, text];
    }),
  );
}

/** `{0} {1}`, and the icons: what a translation must have as well. */
function marks(text: string): string[] {
  return Array.from(text.matchAll(/\{\d*\}|\$\([a-z-]+\)|\(command:[^)]*\)|`[^`]*`/g), ([mark]) => mark).sort((a, b) =>
    a < b ? -1 : 1,
  );
}

/** The texts of the code, by a reading of our own: calls of any form count. */
function calls(): { readonly count: number; readonly literals: readonly string[] } {
  const all = sources.flatMap(({ contents }) => [...contents.matchAll(/\bl10n\.t\(/g)]);
  const literals = sources.flatMap(({ contents }) =>
    Array.from(contents.matchAll(/vscode\.l10n\.t\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g), ([, literal = '']) =>
      unquoted(literal),
    ),
  );
  return { count: all.length, literals };
}

function unquoted(literal: string): string {
  const inner = literal.slice(1, -1).replaceAll(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
  return inner;
}

test('the official extractor finds every text of the code, and the bundle holds these', async () => {
  const { count, literals } = calls();
  assert(count > 200);
  assert.equal(literals.length, count, 'each call is `vscode.l10n.t` with a literal text');
  const extracted = await getL10nJson(sources.map(({ contents }) => ({ extension: '.ts', contents })));
  assert.deepEqual(new Set(Object.keys(extracted)), new Set(literals));
  assert.deepEqual(texts('l10n/bundle.l10n.json'), extracted, '`npm run l10n` writes it');
});

test('no file says l10n in another way', () => {
  for (const { file, contents } of sources) {
    assert.doesNotMatch(contents, /\{ *(?:t|l10n) *\} = vscode/, file);
  }
});

test('package.json has its texts in package.nls.json, all of them', () => {
  const used = new Set(Array.from(manifest.matchAll(/"%([\w.-]+)%"/g), ([, key = '']) => key));
  assert.deepEqual(used, new Set(Object.keys(texts('package.nls.json'))));
  const contributes: unknown = JSON.parse(manifest).contributes;
  const spoken = /^(?:title|description|contents|markdownDescription|name)$/;
  const walk = (value: unknown, at: string): void => {
    if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, `${at}[${i}]`);
    else if (isRecord(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (spoken.test(key) && typeof item === 'string') assert.match(item, /^%.*%$/, `${at}.${key}`);
        walk(item, `${at}.${key}`);
      }
    }
  };
  walk(contributes, 'contributes');
});

for (const language of LANGUAGES) {
  for (const name of ['l10n/bundle.l10n', 'package.nls']) {
    test(`${name}.${language}.json is complete`, () => {
      const [source, translated] = [texts(`${name}.json`), texts(`${name}.${language}.json`)];
      assert.deepEqual(new Set(Object.keys(translated)), new Set(Object.keys(source)));
      for (const [key, text] of Object.entries(source))
        assert.deepEqual(marks(translated[key] ?? ''), marks(text), key);
    });
  }

  test(`the walkthrough speaks ${language}`, () => {
    const folder = path.join(projectRoot, 'media', 'walkthrough');
    for (const page of readdirSync(folder).filter(file => /^\d-\w+\.md$/.test(file))) {
      assert(existsSync(path.join(folder, page.replace(/md$/, `nls.${language}.md`))), page);
    }
  });
}

test('the pseudo-language is made of the texts as they are', () => {
  for (const name of ['l10n/bundle.l10n', 'package.nls']) {
    assert.deepEqual(texts(`${name}.${PSEUDO}.json`), getL10nPseudoLocalized(texts(`${name}.json`)), '`npm run l10n`');
  }
});

test('the package ships the languages that people speak', () => {
  const shipped = readFileSync(path.join(projectRoot, '.vscodeignore'), 'utf8').split('\n');
  const files = LANGUAGES.flatMap(each => [`l10n/bundle.l10n.${each}.json`, `package.nls.${each}.json`]);
  for (const file of ['package.nls.json', ...files]) assert(shipped.includes(`!${file}`), file);
});
