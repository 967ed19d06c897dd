// Builds everything: the extension (dist/), and the tests (out/test/, one bundle a file).
// Usage: node esbuild.js [--production] [--quiet] [extension | sandbox | tests]…   (no name: all)
'use strict';
const esbuild = require('esbuild');
const { readdirSync } = require('node:fs');
const path = require('node:path');

const flags = new Set(process.argv.slice(2).filter(arg => arg.startsWith('--')));
const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'));
const production = flags.has('--production');

/** Modules that the activation bundle loads only when they are needed: source file → bundle beside it. */
const LAZY = {
  'src/management/undiciTransport.ts': 'undici.js',
  'src/sandbox/server.ts': 'sandbox.js',
};

/** Leaves `await import('…')` of a lazy module in place, pointed at that module's own bundle. */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    build.onResolve({ filter: /^\./ }, args => {
      if (args.kind !== 'dynamic-import') return undefined;
      const source = path.relative(__dirname, path.resolve(args.resolveDir, args.path)).replaceAll(path.sep, '/');
      const bundle = LAZY[source] ?? LAZY[`${source}.ts`];
      return bundle ? { path: `./${bundle}`, external: true } : undefined;
    });
  },
};

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // jsonc-parser's `main` is a UMD file whose requires esbuild cannot follow.
  mainFields: ['module', 'main'],
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: flags.has('--quiet') ? 'warning' : 'info',
  absWorkingDir: __dirname,
};

const sandbox = {
  ...common,
  entryPoints: { sandbox: 'src/sandbox/server.ts', 'sandbox-cli': 'src/sandbox/cli.ts' },
  outdir: 'dist',
};

const targets = {
  extension: [
    {
      ...common,
      entryPoints: { extension: 'src/extension.ts' },
      outdir: 'dist',
      external: ['vscode'],
      plugins: [lazyBundles],
    },
    { ...common, entryPoints: { undici: 'src/management/undiciTransport.ts' }, outdir: 'dist' },
  ],
  sandbox: [sandbox],
  tests: [
    {
      ...common,
      minify: false,
      entryPoints: readdirSync(path.join(__dirname, 'test'), { recursive: true })
        .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))
        .map(file => path.join('test', file)),
      outdir: 'out/test',
      outbase: 'test',
      packages: 'external',
      external: ['vscode'],
    },
  ],
};

const names = wanted.length ? wanted : Object.keys(targets);
Promise.all(names.flatMap(name => targets[name]).map(options => esbuild.build(options))).catch(() => process.exit(1));
