import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './support/chromium.ts';
import { runFiles } from './support/run-files.ts';
import { startTestServer } from './support/test-server.ts';

// npm test: everything, on one server of its own. "npm test -- policies" runs the files whose path holds that word.
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const patterns = ['packages/*/test/**/*.test.{ts,tsx}', 'src/**/test/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'];

const filters = process.argv.slice(2);
const files = globSync(patterns, { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('node_modules/') && (filters.length === 0 || filters.some((filter) => file.includes(filter))))
  .toSorted();

process.exitCode = await runAll();

async function runAll(): Promise<0 | 1> {
  if (files.length === 0) {
    console.log(filters.length > 0 ? `No test file matches ${filters.join(' or ')}.` : 'There are no test files.');
    console.log('0 passed, 0 failed, 0 skipped');
    return 1;
  }
  const stop = new AbortController();
  let server: Awaited<ReturnType<typeof startTestServer>> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    // Only where a file drives a browser, so that a run of a few files on a machine without a browser does not install one.
    const browser = files.some((file) => readFileSync(join(root, file), 'utf8').includes('playwright'));
    const chromiumPath = browser ? findChromium((sentence) => console.log(sentence)) : undefined;
    server = await startTestServer();
    console.log(`${files.length} files, PostgreSQL ${server.version}${chromiumPath ? `, ${chromiumPath}` : ''}\n`);
    const { passed, failed, skipped } = await runFiles({
      root,
      files,
      signal: stop.signal,
      environment: { TROTH_TEST_DATABASE: server.url, ...(chromiumPath ? { CHROMIUM_PATH: chromiumPath } : {}) },
    });
    await server.stop();
    console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
    return failed > 0 || passed === 0 ? 1 : 0;
  } catch (error) {
    await server?.stop();
    console.log(`\n${error instanceof Error ? error.message : String(error)}`);
    // A run that could not start has failed, whatever the counts would say.
    console.log('\n0 passed, 1 failed, 0 skipped');
    return 1;
  }
}
