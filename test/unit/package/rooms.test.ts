// The floor plan: which room of src may import which, as the linter holds it.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { outRoot, projectRoot } from '../../workbench/paths';

/** Each room, and the rooms that it may import. `vscode`: it may also import VS Code. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  json: [],
  text: ['json'],
  metadata: ['json'],
  management: ['json'],
  saving: ['json', 'management', 'metadata'],
  history: ['json', 'management', 'metadata'],
  sandbox: [],
  shell: ['json', 'management', 'text', 'vscode'],
  tenants: ['json', 'management', 'sandbox', 'shell', 'text', 'vscode'],
  documents: ['json', 'management', 'metadata', 'saving', 'shell', 'text', 'vscode'],
  language: ['documents', 'json', 'management', 'metadata', 'saving', 'shell', 'text', 'vscode'],
  tree: ['json', 'management', 'metadata', 'shell', 'text', 'vscode'],
  'tree/model': ['json', 'management', 'metadata', 'text'],
  commands: [
    'documents',
    'history',
    'json',
    'language',
    'management',
    'metadata',
    'saving',
    'shell',
    'tenants',
    'text',
    'tree',
    'vscode',
  ],
};

const TOP = ['extension', 'features'];
const names = Object.keys(ROOMS).filter(room => !room.includes('/'));

test('every room of src has its row', () => {
  const folders = readdirSync(path.join(projectRoot, 'src'), { withFileTypes: true }).filter(entry =>
    entry.isDirectory(),
  );
  assert.deepEqual(new Set(folders.map(({ name }) => name)), new Set(names));
});

/** What the roots may import; the rest they load, or leave to others. */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  extension: ['features', 'shell', 'tenants', 'tree', 'vscode'],
  features: [...names.filter(name => name !== 'sandbox'), 'vscode'],
};

/** A file that imports one module of every other room, a line each. */
interface Probe {
  readonly file: string;
  readonly imports: readonly string[];
  readonly allowed: readonly string[];
}

const probes: readonly Probe[] = [
  ...Object.entries(ROOMS).map(([room, allowed]) => {
    const imports = [...names.filter(name => name !== room.split('/')[0]), ...TOP, 'vscode'];
    return { file: `${room}/probe`, imports, allowed };
  }),
  ...Object.entries(ROOTS).map(([root, allowed]) => {
    return { file: root, imports: [...names, ...TOP.filter(name => name !== root), 'vscode'], allowed };
  }),
];

function textOf({ file, imports }: Probe): string {
  const up = file.includes('/') ? '../'.repeat(file.split('/').length - 1) : './';
  const moduleOf = (name: string) => (name === 'vscode' ? name : `${up}${TOP.includes(name) ? name : `${name}/probe`}`);
  return imports.map(name => `import '${moduleOf(name)}';\n`).join('');
}

test('CONTRIBUTING draws the same plan, and the files it names are there', () => {
  const page = readFileSync(path.join(projectRoot, 'CONTRIBUTING.md'), 'utf8');
  const rows = new Map(
    Array.from(page.matchAll(/^\| `(\w+)\/` \|.*\| (.*) \|$/gm), ([, room = '', may = '']) => [room, may]),
  );
  assert.deepEqual(new Set(rows.keys()), new Set(names));
  for (const [room, may] of rows) {
    if (may === 'all but sandbox') continue;
    const allowed = ROOMS[room]?.filter(name => name !== 'vscode');
    assert.deepEqual(new Set(may.match(/[a-z]+(?=,| \(|$)/g)), new Set(allowed), room);
  }
  const files = Array.from(page.matchAll(/`((?:\w+\/)+\w+(?:\.\w+)+)`/g), ([, file = '']) => file);
  assert(files.length > 20);
  for (const file of files) {
    const found = [projectRoot, path.join(projectRoot, 'src')].some(folder => existsSync(path.join(folder, file)));
    assert(found, file);
  }
});

test('the linter refuses every import that a room may not make, and no other', () => {
  const folder = path.join(outRoot, 'rooms');
  rmSync(folder, { recursive: true, force: true });
  for (const probe of probes) {
    const file = path.join(folder, 'src', `${probe.file}.ts`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, textOf(probe));
  }
  cpSync(path.join(projectRoot, 'biome.json'), path.join(folder, 'biome.json'));
  execFileSync('git', ['init', '--quiet', folder]);
  const biome = path.join(projectRoot, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = ['lint', '--only=style/noRestrictedImports', '--reporter=github', '--max-diagnostics=none', 'src'];
  const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: 'utf8' });
  const refused = new Map<string, Set<number>>();
  for (const [, name = '', line = ''] of stdout.matchAll(/rooms[\\/]src[\\/]([\w\\/]+)\.ts,line=(\d+)/g)) {
    const file = name.replaceAll('\\', '/');
    refused.set(file, (refused.get(file) ?? new Set()).add(Number(line)));
  }
  for (const { file, imports, allowed } of probes) {
    const refusedHere = imports.filter((_, at) => refused.get(file)?.has(at + 1));
    assert.deepEqual(
      refusedHere,
      imports.filter(name => !allowed.includes(name)),
      file,
    );
  }
});

test('the start takes no more of the documents than their schemes', () => {
  const imports = readFileSync(path.join(projectRoot, 'src', 'extension.ts'), 'utf8').matchAll(
    /'\.\/documents\/(\w+)/g,
  );
  assert.deepEqual(
    Array.from(imports, ([, file]) => file),
    ['uris'],
  );
});
