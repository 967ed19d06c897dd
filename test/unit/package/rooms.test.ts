// The floor plan: which room of src may import which, as the linter holds it.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

test('the linter refuses every import that a room may not make, and no other', () => {
  const folder = path.join(outRoot, 'rooms');
  rmSync(folder, { recursive: true, force: true });
  for (const room of Object.keys(ROOMS)) {
    mkdirSync(path.join(folder, 'src', room), { recursive: true });
    const up = '../'.repeat(room.split('/').length);
    const others = names.filter(name => name !== room.split('/')[0]);
    const modules = [...others.map(name => `${up}${name}/probe`), ...TOP.map(name => `${up}${name}`), 'vscode'];
    writeFileSync(path.join(folder, 'src', room, 'probe.ts'), modules.map(name => `import '${name}';\n`).join(''));
  }
  cpSync(path.join(projectRoot, 'biome.json'), path.join(folder, 'biome.json'));
  execFileSync('git', ['init', '--quiet', folder]);
  const biome = path.join(projectRoot, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = ['lint', '--only=style/noRestrictedImports', '--reporter=github', '--max-diagnostics=none', 'src'];
  const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: 'utf8' });
  const refused = new Map<string, Set<number>>();
  for (const [, file = '', line = ''] of stdout.matchAll(/rooms[\\/]src[\\/](.*?)[\\/]probe\.ts,line=(\d+)/g)) {
    const room = file.replaceAll('\\', '/');
    refused.set(room, (refused.get(room) ?? new Set()).add(Number(line)));
  }
  for (const [room, allowed] of Object.entries(ROOMS)) {
    const others = names.filter(name => name !== room.split('/')[0]);
    const mayNot = [...others, ...TOP, 'vscode'].filter(name => !allowed.includes(name));
    const saysNo = [...others, ...TOP, 'vscode'].filter((_, at) => refused.get(room)?.has(at + 1));
    assert.deepEqual(saysNo, mayNot, room);
  }
});
