import { spawn } from 'node:child_process';
import { join } from 'node:path';

// npm run check: what can be said without a database, in seconds. npm test runs everything.
const root = join(import.meta.dirname, '..');
const node = (...args: string[]) => [process.execPath, ...args] as const;
const checks: Readonly<Record<string, readonly [command: string, ...args: string[]]>> = {
  types: node(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--incremental', 'false'),
  lint: node(join(root, 'node_modules', 'oxlint', 'bin', 'oxlint'), '--type-aware'),
  format: node(join(root, 'node_modules', 'oxfmt', 'bin', 'oxfmt'), '--check'),
  unused: node(join(root, 'node_modules', 'knip', 'bin', 'knip.js')),
  boundaries: node('--import', join(root, 'src', 'load.js'), '--test', join(root, 'tests', 'boundaries.test.ts')),
};

let failed = 0;
for (const [name, [command, ...args]] of Object.entries(checks)) {
  const started = performance.now();
  const { code, output } = await run(command, args);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✔' : '✖'} ${name.padEnd(10)} ${seconds} s`);
  if (code === 0) continue;
  failed += 1;
  console.log(output.trimEnd().replace(/^/gm, '  '));
}
console.log(failed === 0 ? '\nAll checks pass.' : `\n${failed} of ${Object.keys(checks).length} checks fail.`);
process.exitCode = failed === 0 ? 0 : 1;

function run(command: string, args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
