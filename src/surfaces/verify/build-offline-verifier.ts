import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { renderPage } from '#kernel/html';
import { offlinePage } from './offline-page.tsx';

export type OfflineVerifier = {
  readonly organisation: string;
  /** The tlog-policy known when the file is made. The reader may put another in its place. */
  readonly policy: string;
  /** The site's stylesheet, minified. Faces that would be fetched are taken out: nothing is fetched from a single file. */
  readonly css: string;
};

/** The checker as one HTML file that works from disk with the network off. The same arguments give the same bytes. */
export async function buildOfflineVerifier({ organisation, policy, css }: OfflineVerifier): Promise<Uint8Array> {
  const script = await bundleScript();
  const style = css.replaceAll(/@font-face\s*\{[^}]*url\([^}]*\}/g, '').trim();
  for (const inline of [script, style]) {
    // Either would end or hide the element it stands in; the hash would then cover something else than what runs.
    if (/<\/(script|style)|<!--/i.test(inline)) throw new Error('The inlined file would end its own element.');
  }
  return renderPage(offlinePage({ organisation, policy, script, style, contentPolicy: contentPolicy(script, style) }));
}

/** The single-file policy: nothing from anywhere, and inline only what has these hashes. */
function contentPolicy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(inline: string): string {
  return `sha256-${createHash('sha256').update(inline).digest('base64')}`;
}

async function bundleScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./offline-checker.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (!file) throw new Error('Nothing came out of the offline checker.');
  return file.text.trim();
}
