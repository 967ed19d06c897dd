// Whatever is fetched is held to a digest that is written down here: npm's lock file, and the tools of the tests.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, it } from 'node:test';
import lock from '../../../package-lock.json';
import { fetchPackage, runNpm } from '../../workbench/npm';
import { SetupError } from '../../workbench/setupError';

describe('package-lock.json', () => {
  const packages: Readonly<Record<string, object>> = lock.packages;
  const fetched = Object.entries(packages).filter(
    ([folder, entry]) => folder !== '' && !('link' in entry) && !('inBundle' in entry),
  );

  it('holds a digest of every package', () => {
    const without = fetched.filter(([, entry]) => !('integrity' in entry && /^sha512-./.test(String(entry.integrity))));
    assert.deepEqual(
      without.map(([folder]) => folder),
      [],
    );
    assert(fetched.length > 100);
  });

  it('leaves the registry to whoever installs', () => {
    assert.deepEqual(
      fetched.filter(([, entry]) => 'resolved' in entry).map(([folder]) => folder),
      [],
    );
  });
});

describe('a tool that npm carries', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-npm-'));
  const source = path.join(folder, 'source');
  const archive = path.join(folder, 'tool-1.0.0.tgz');
  mkdirSync(source);
  writeFileSync(path.join(source, 'package.json'), '{"name":"tool","version":"1.0.0"}');
  writeFileSync(path.join(source, 'tool.js'), '42');
  await runNpm(folder, ['pack', source], 'collect');
  const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  after(() => rmSync(folder, { recursive: true }));

  const target = (name: string): string => {
    const made = path.join(folder, name);
    mkdirSync(made);
    return made;
  };

  it('is unpacked', async () => {
    const into = target('good');
    await fetchPackage(into, { name: 'tool', version: '1.0.0', integrity }, archive);
    assert.equal(readFileSync(path.join(into, 'node_modules', 'tool', 'tool.js'), 'utf8'), '42');
    assert.deepEqual(readdirSync(into), ['node_modules']);
  });

  it('is not unpacked when it is another than was pinned', async () => {
    const into = target('bad');
    const other = `sha512-${createHash('sha512').update('another').digest('base64')}`;
    await assert.rejects(
      fetchPackage(into, { name: 'tool', version: '1.0.0', integrity: other }, archive),
      (error: unknown) => error instanceof SetupError && /not the package that was pinned/.test(error.message),
    );
    assert.equal(existsSync(path.join(into, 'node_modules')), false);
    assert.deepEqual(readdirSync(into), []);
  });
});
