// Builds everything: the extension (dist/), and the tests (out/test/, one bundle a file).
// Usage: node esbuild.js [--production] [--quiet] [--outdir=DIR] [extension | sandbox | undici | tests]…   (no name: all)
const esbuild = require('esbuild');
const { readdirSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const path = require('node:path');

const flags = new Set(process.argv.slice(2).filter(arg => arg.startsWith('--')));
const outdir = process.argv.find(arg => arg.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';
const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'));
const production = flags.has('--production');

/** The bundles that load only when they are needed, beside `extension.js`: name → source file. The one list of them. */
const LAZY = {
  features: 'src/features.ts',
  network: 'src/tenants/network.ts',
  tenantTooltip: 'src/tree/tenantTooltip.ts',
  undici: 'src/management/http/undiciTransport.ts',
  sandbox: 'src/sandbox/http/server.ts',
};
const entry = (...names) => Object.fromEntries(names.map(name => [name, LAZY[name]]));

/** Leaves `await import('…')` of a lazy module in place, pointed at that module's own bundle. */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    build.onResolve({ filter: /^\./ }, args => {
      if (args.kind !== 'dynamic-import') return undefined;
      const source = path.relative(__dirname, path.resolve(args.resolveDir, args.path)).replaceAll(path.sep, '/');
      const bundle = Object.keys(LAZY).find(name => LAZY[name] === `${source}.ts`);
      return bundle ? { path: `./${bundle}.js`, external: true } : undefined;
    });
  },
};

/**
 * `import * as vscode` as the namespace itself. As a module of unknown shape esbuild would copy it, property by property,
 * once for each file that imports it: half of the time that loading took.
 */
const vscodeItself = {
  name: 'vscode-itself',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
      const contents = await readFile(file, 'utf8');
      return {
        contents: contents.replace("import * as vscode from 'vscode'", "const vscode = require('vscode')"),
        loader: 'ts',
      };
    });
  },
};

/**
 * Of undici only its agents: the whole of it is twice as large and as slow to load, and takes over the dispatcher
 * that the process's own `fetch` uses as soon as it is loaded, in every extension of the host.
 */
const undiciAgentsOnly = {
  name: 'undici-agents-only',
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'undici-agents-only' }));
    build.onLoad({ filter: /.*/, namespace: 'undici-agents-only' }, () => ({
      // The index of undici gives its dispatchers their methods, too; ProxyAgent opens its tunnels with one of them.
      contents: `import connect from 'undici/lib/api/api-connect.js';
        import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
        Dispatcher.prototype.connect = connect;
        export { default as Agent } from 'undici/lib/dispatcher/agent.js';
        export { default as ProxyAgent } from 'undici/lib/dispatcher/proxy-agent.js';`,
      resolveDir: __dirname,
    }));
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
  entryPoints: { ...entry('sandbox'), 'sandbox-cli': 'src/sandbox/cli.ts' },
  outdir,
};

const undici = {
  ...common,
  entryPoints: entry('undici'),
  outdir,
  plugins: [undiciAgentsOnly],
};

const targets = {
  extension: [
    {
      ...common,
      entryPoints: { extension: 'src/extension.ts', ...entry('features', 'network', 'tenantTooltip') },
      outdir,
      external: ['vscode'],
      plugins: [lazyBundles, vscodeItself],
      // `import()` of a lazy bundle becomes `require`: the loader of modules would first look through all of it for its
      // exports, which takes as long as loading it.
      supported: { 'dynamic-import': false },
    },
    undici,
  ],
  sandbox: [sandbox],
  undici: [undici],
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

function build(names) {
  const builds = new Set(names.flatMap(name => targets[name]));
  return Promise.all(Array.from(builds, options => esbuild.build(options)));
}

if (require.main === module) build(wanted.length ? wanted : Object.keys(targets)).catch(() => process.exit(1));

module.exports = { LAZY };
