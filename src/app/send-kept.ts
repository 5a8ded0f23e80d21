import type { IncomingMessage, ServerResponse } from 'node:http';
import { pageHeaders } from '#kernel/http';
import type { KeptPage } from '../surfaces/trust/page-cache.ts';

// Written once: assembling twelve headers for each request cost more than sending the page.
const common = [
  ...Object.entries(pageHeaders).flat(),
  'content-type',
  'text/html; charset=utf-8',
  'cache-control',
  'public, max-age=60, stale-while-revalidate=600',
  'vary',
  'accept-encoding',
];

/** A page from memory in the best form the browser takes, or 304 when it has it. */
export function sendKept(request: IncomingMessage, response: ServerResponse, page: KeptPage): void {
  if (request.headers['if-none-match'] === page.etag) {
    response.writeHead(304, [...common, 'etag', page.etag]).end();
    return;
  }
  const accepted = request.headers['accept-encoding'] ?? '';
  const [bytes, encoding] =
    page.brotli && /\bbr\b/.test(accepted)
      ? ([page.brotli, 'br'] as const)
      : accepted.includes('gzip')
        ? ([page.gzip, 'gzip'] as const)
        : ([page.bytes, null] as const);
  const headers = [...common, 'etag', page.etag, 'content-length', String(bytes.length)];
  if (encoding !== null) headers.push('content-encoding', encoding);
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : bytes);
}
