import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type * as tlog from '../src/index.ts';
import { policy, publicLogKey, statementItems, witnessedAt } from './sample-log.ts';

const front = fileURLToPath(new URL('../src/index.ts', import.meta.url));

async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  const [file] = outputFiles;
  assert.ok(file);
  return file.text;
}

function size(code: string): string {
  return `${(gzipSync(code, { level: 9 }).length / 1_000).toFixed(1)} kB`;
}

test('the browser gets a bundle without Node that verifies the same things', async () => {
  const whole = await bundled(`export * from ${JSON.stringify(front)}`);
  assert.ok(!/node:|require\(/.test(whole));
  const reader = await bundled(
    `export { parseBundle, verifyBundle, parsePolicy, verifyCheckpointStep } from ${JSON.stringify(front)}`,
  );
  console.log(`browser bundle, minified and gzipped: everything ${size(whole)}, checking bundles only ${size(reader)}`);

  const loaded: typeof tlog = await import(`data:text/javascript,${encodeURIComponent(whole)}`);
  const bundle = loaded.parseBundle(loaded.encodeBundle({ kind: 'statement', items: await statementItems(), policy: null }));
  assert.ok(bundle.ok);
  assert.equal(loaded.verifyBundle(bundle.value, policy, { now: witnessedAt }).state, 'ok');
  const strangers = {
    ...policy,
    logs: [{ key: loaded.publicNoteKey('note', publicLogKey.name, new Uint8Array(32)), url: null }],
  };
  assert.equal(loaded.verifyBundle(bundle.value, strangers, { now: witnessedAt }).state, 'failed');
});
