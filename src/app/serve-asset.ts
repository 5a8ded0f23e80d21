import type { Assets } from '#kernel/assets';

/** A file whose address carries its content's hash: kept for ever by whoever has it once. */
export function serveAsset(assets: Assets, request: Request): Response {
  const asset = assets.at(new URL(request.url).pathname);
  if (!asset)
    return new Response('There is no such file.\n', {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    });
  const accepted = request.headers.get('accept-encoding') ?? '';
  const [bytes, encoding] =
    asset.brotli && /\bbr\b/.test(accepted)
      ? [asset.brotli, 'br']
      : asset.gzip && accepted.includes('gzip')
        ? [asset.gzip, 'gzip']
        : [asset.bytes, null];
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': asset.mediaType,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      vary: 'accept-encoding',
      ...(encoding === null ? {} : { 'content-encoding': encoding }),
    },
  });
}
