// Plain JavaScript on purpose: this file must still run, and speak, on a Node that is too old for the rest.
const [major] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `Troth needs Node 26 and was started with ${process.version}. It brings its own: run "npm ci" here, then start it through npm ` +
      '("npm start", "npm run troth -- doctor"). If npm ci left no node_modules/.bin/node, this platform has no packaged Node 26: install Node 26 yourself.',
  );
  process.exit(1);
}

const { enableCompileCache, registerHooks } = await import('node:module');
enableCompileCache();

// Node strips types from .ts by itself; .tsx also needs its JSX turned into calls, which esbuild does in about a millisecond a file.
const jsxFile = /\.tsx$/;
let transform;
registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !jsxFile.test(url)) return nextLoad(url, context);
    transform ??= process.getBuiltinModule('module').createRequire(import.meta.url)('esbuild').transformSync;
    const path = process.getBuiltinModule('url').fileURLToPath(url);
    const source = process.getBuiltinModule('fs').readFileSync(path, 'utf8');
    const { code } = transform(source, {
      loader: 'tsx',
      format: 'esm',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      sourcefile: path,
      sourcemap: 'inline',
      target: 'node26',
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
process.setSourceMapsEnabled(true);
