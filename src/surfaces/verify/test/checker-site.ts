import { createServer } from 'node:http';
import { encodeBundle, parseTilePath } from '@troth/tlog';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '../../../../tests/support/chromium.ts';
import { pageHeaders } from '../../../kernel/http.ts';
import type { Assets } from '#kernel/assets';
import { buildAssets } from '../../build-assets.ts';
import { renderTrustPage } from '../../trust/render-trust-page.tsx';
import { verifyPage } from '../../trust/verify-page.tsx';
import { policyText, privateLog, publicLog, statement, statementBundle, type SampleLog } from './sample-log.ts';

/** What the site shows; tests change it to make it lie. */
export type Shown = { log: SampleLog; size: number };
export type CheckerSite = {
  readonly origin: string;
  readonly shown: Shown;
  readonly assets: Assets;
  readonly stop: () => Promise<void>;
};

/** The checker's page with the real headers, and the log's addresses behind it. */
export async function serveChecker(assets?: Assets): Promise<CheckerSite> {
  const packed = assets ?? (await buildAssets());
  const shown: Shown = { log: publicLog(), size: 14 };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://here');
    void answer(pathname, packed, shown).then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  const stop = () => new Promise<void>((stopped) => (server.close(() => stopped()), server.closeAllConnections()));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, shown, assets: packed, stop };
}

type Answer = { status: number; headers: Record<string, string>; body: Uint8Array | string };

async function answer(path: string, assets: Assets, shown: Shown): Promise<Answer> {
  const asset = assets.at(path);
  if (asset) return { status: 200, headers: { 'content-type': asset.mediaType }, body: asset.bytes };
  const locale = /^\/(en|de)\/verify$/.exec(path)?.[1];
  if (locale !== undefined) {
    return {
      status: 200,
      headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' },
      body: checkerPage(locale, assets),
    };
  }
  const body = await logAnswer(path, shown).catch(() => null);
  return body === null ? { status: 404, headers: {}, body: 'nothing here' } : { status: 200, headers: {}, body };
}

async function logAnswer(path: string, { log, size }: Shown): Promise<Uint8Array | string | null> {
  const [, id, rest = ''] = /^\/log\/(public|private)\/(.+)$/.exec(path) ?? [];
  const served = id === 'private' ? privateLog : log;
  if (rest === 'checkpoint') return id === 'private' ? served.checkpoint() : served.checkpoint(size);
  const tile = rest.startsWith('tile/') ? parseTilePath(rest) : null;
  if (tile && tile.level !== 'entries') return served.readTile(tile.level, tile.n, tile.width);
  const index = /^proof\/(\d+)$/.exec(rest)?.[1];
  if (index === undefined || Number(index) >= size) return null;
  return encodeBundle(await statementBundle(await statement(Number(index), log, size)));
}

export function checkerPage(locale: string, assets: Assets): Uint8Array {
  const organisation = 'Harbour Bank';
  const reader = { locale, zone: 'Europe/Berlin', now: Temporal.Instant.from('2026-11-21T09:30:00Z') };
  const publicUrl = 'https://trust.harbour.invalid';
  const view = { organisation, publicUrl, origin: 'trust.harbour.invalid/log/public', keyId: '8c1f22d0', policy: policyText };
  const log = { size: 14, signer: organisation, cosigned: 0, quorum: 0 };
  return renderTrustPage(verifyPage(view, reader), { organisation, publicUrl, log, banners: [] }, reader, assets);
}

export function launchBrowser(): Promise<Browser> {
  const quiet = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map((feature) => `--disable-${feature}`);
  const args = ['--headless', '--no-sandbox', '--no-first-run', ...quiet];
  return chromium.launch({ executablePath: findChromium((sentence) => console.log(sentence)), args });
}

/** A page that collects whatever the browser complains about, breaches of the content policy included. */
export async function openPage(context: BrowserContext, url: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}
