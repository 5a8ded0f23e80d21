import { gzipSync } from 'node:zlib';
import { buildAssets } from '../src/surfaces/build-assets.ts';
import type { Figure } from './print-figures.ts';
import { withSampleServer } from './sample-server.ts';

const pages = [
  '/en',
  '/en/policies',
  '/en/policies/privacy',
  '/en/policies/privacy/changes/2',
  '/en/questions',
  '/en/log',
  '/en/log/public/entry/0',
  '/en/verify',
];

/** What a visitor downloads, compressed as sent. */
export async function measurePageWeight(): Promise<Figure[]> {
  const heaviest = await withSampleServer(async ({ url }) => {
    const weights = await Promise.all(
      pages.map(async (page) => ({ page, bytes: gzipSync(Buffer.from(await (await fetch(url + page)).arrayBuffer())).length })),
    );
    return weights.toSorted((a, b) => b.bytes - a.bytes)[0];
  });
  const assets = await buildAssets();
  const weigh = (name: string) => (assets.has(name) ? (assets.named(name).gzip?.length ?? 0) : 0);
  const css = weigh('site.css');
  const verifier = weigh('verify.js');
  return [
    {
      name: `heaviest page (${heaviest?.page})`,
      value: kb(heaviest?.bytes ?? 0),
      goal: '≤ 25 kB gz',
      met: (heaviest?.bytes ?? 0) <= 25_000,
    },
    { name: 'stylesheet', value: kb(css), goal: '≤ 12 kB gz', met: css <= 12_000 },
    { name: 'verifier script', value: kb(verifier), goal: '', met: null },
  ];
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB gz`;
}
