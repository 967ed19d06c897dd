// package.json and the code name the same commands, settings, context keys and files.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import manifest from '../../../package.json';
import { COMMANDS } from '../../../src/commands/commandTable';
import { projectRoot as root } from '../../workbench/paths';

const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(path.join(root, 'src', file), 'utf8'))
  .join('\n');
const { contributes } = manifest;
const contributed: readonly string[] = contributes.commands.map(({ command }) => command);
const menus: readonly { readonly command: string; readonly when?: string }[] = Object.values(contributes.menus).flat();

function namesIn(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(pattern), ([, name = '']) => name));
}

test('every contributed command is registered, and every registered one contributed', () => {
  const single = namesIn(sources, /registerCommand\(\s*'(auth0Metadata\.\w+)'/g);
  const table = COMMANDS.map(name => `auth0Metadata.${name}`);
  assert.deepEqual(new Set([...single, ...table]), new Set(contributed));
});

test('menus show contributed commands only', () => {
  for (const { command } of menus) assert.ok(contributed.includes(command), command);
});

test('the settings in the code are those of the manifest, and no workspace can set them', () => {
  const { properties } = contributes.configuration;
  const used = namesIn(sources, /ours\(\)\.get\('([\w.]+)'\)/g);
  assert.deepEqual(new Set(Array.from(used, name => `auth0Metadata.${name}`)), new Set(Object.keys(properties)));
  for (const { scope } of Object.values(properties)) assert.equal(scope, 'application');
});

test('context keys in `when` clauses are set by the code', () => {
  const clauses = [...menus, ...contributes.viewsWelcome].map(({ when }) => when ?? '').join(' ');
  const known = namesIn(sources, /'(auth0Metadata\.(?:has|can)\w+)'/g);
  for (const key of namesIn(clauses, /(?<!== )\b(auth0Metadata\.\w+)/g)) assert.ok(known.has(key), key);
});

test('buttons and links in texts run contributed commands', () => {
  const texts = JSON.stringify([contributes.viewsWelcome, contributes.walkthroughs]);
  for (const command of namesIn(texts, /command:(auth0Metadata\.\w+)/g))
    assert.ok(contributed.includes(command), command);
});

test('files that the manifest names are there', () => {
  const files = JSON.stringify(manifest).matchAll(/"(?:\.\/)?(media\/[^"]+)"/g);
  for (const [, file = ''] of files) assert.ok(existsSync(path.join(root, file)), file);
});

test('the package ships every bundle that is loaded on demand', () => {
  const { LAZY }: { readonly LAZY: object } = require(path.join(root, 'esbuild.js'));
  const shipped = readFileSync(path.join(root, '.vscodeignore'), 'utf8').split('\n');
  const lazy = new Set(Object.keys(LAZY).map(name => `${name}.js`));
  assert(lazy.size > 0);
  for (const bundle of [...lazy, 'extension.js']) assert(shipped.includes(`!dist/${bundle}`), bundle);
});
