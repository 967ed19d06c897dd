// The test files of a tier.
import { existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { outRoot, projectRoot } from './paths';

/** Bundles of `test/<tier>/**\/*.test.ts`; found by their sources, as out/ may hold bundles of deleted ones. */
export function testFiles(tier: string): readonly string[] {
  const sources = path.join(projectRoot, 'test', tier);
  if (!existsSync(sources)) return [];
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .sort()
    .map(file => path.join(outRoot, 'test', tier, file.replace(/\.ts$/, '.js')));
}
