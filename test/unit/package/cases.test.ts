// Tests with random cases: the same ones in every test run, other ones in a soak.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../workbench/paths';

test('every random test takes its number of cases and their seed from test/support/cases.ts', () => {
  const root = path.join(projectRoot, 'test');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const random = files
    .map(file => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))
    .map(({ file, text }) => ({
      file,
      runs: count(text, /\bfc\.(?:assert|check)\(/g),
      taken: count(text, /\bcases\(/g),
    }))
    .filter(({ runs }) => runs > 0);
  assert(random.length > 10);
  assert.deepEqual(
    random.filter(({ runs, taken }) => runs !== taken),
    [],
  );
});
