import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildOfflineVerifier } from '../build-offline-verifier.ts';
import { policyText } from './sample-log.ts';

const css = "@font-face{font-family:A;src:url(/assets/a.woff2)}@font-face{font-family:B;src:local('B')}body{color:red}";
const made = { organisation: 'Harbour "Bank" <b>', policy: policyText, css };
const file = Buffer.from(await buildOfflineVerifier(made)).toString();

test('two builds give the same bytes', async () => {
  assert.equal(Buffer.from(await buildOfflineVerifier(made)).toString(), file);
});

test('the policy of the file allows exactly the script and the style in it, and nothing from anywhere', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(file)?.[1]?.replaceAll('&#39;', "'") ?? '';
  const hashes = ['script', 'style'].map((tag) => {
    const inlined = new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g');
    const [found, ...others] = [...file.matchAll(inlined)];
    assert.ok(found?.[1] && others.length === 0, tag);
    return `sha256-${createHash('sha256').update(found[1]).digest('base64')}`;
  });
  assert.equal(
    policy,
    `default-src 'none'; script-src '${hashes[0]}'; style-src '${hashes[1]}'; img-src data:; base-uri 'none'; form-action 'none'`,
  );
  assert.ok(file.indexOf('Content-Security-Policy') < file.indexOf('<style>'));
  assert.doesNotMatch(file, /unsafe-inline|url\(|<link|src="|style="/);
});

const scriptOf = (html: string): string | undefined => /<script>([^]*?)<\/script>/.exec(html)?.[1];

test('the script is the same for every organisation, and the data is escaped', async () => {
  const other = Buffer.from(await buildOfflineVerifier({ ...made, organisation: 'Another', policy: 'quorum none\n' })).toString();
  assert.equal(scriptOf(other), scriptOf(file));
  assert.ok(file.includes('data-organisation="Harbour &quot;Bank&quot; &lt;b>'));
});

test('a style that would end its element is refused', async () => {
  await assert.rejects(buildOfflineVerifier({ ...made, css: '</style><script>' }), /end its own element/);
});

test('it stays small enough to send by mail', () => {
  const size = gzipSync(file, { level: 9 }).length;
  console.log(`offline.html without the site's stylesheet: ${file.length} bytes, ${size} gzipped`);
  assert.ok(size < 45_000);
});
