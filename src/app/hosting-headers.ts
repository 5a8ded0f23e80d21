import { logHeaders, pageHeaders } from '#kernel/http';
import { interfaceLanguages } from '#kernel/i18n';

export type BodyHeaders = { readonly path: string; readonly mediaType: string; readonly salt: string };

/**
 * The file `_headers`, in the form that several static hosts read: the same headers as the server sends. Each rule names places
 * that no other rule names, because hosts differ in what they do when two apply. Rules for single texts come last: a host that
 * reads only so many then still has all the others.
 */
export function hostingHeaders(pages: readonly string[], bodies: readonly BodyHeaders[]): string {
  const neutral = new Set(pages.map((page) => page.split('/')[0] ?? '').filter((first) => first !== '' && first !== 'log'));
  const places = [
    '/',
    ...interfaceLanguages.map((language) => `/${language}/*`),
    // "/verify/*" would reach the offline verifier, which carries a policy of its own.
    ...[...neutral].flatMap((first) => (first === 'verify' ? ['/verify', '/verify/'] : [`/${first}/*`])),
    '/log',
    '/log/',
    '/log/public/entry/*',
  ];
  const { 'content-security-policy': _, 'integrity-policy': __, ...ownPolicy } = pageHeaders;
  const text = { ...logHeaders, 'content-type': 'text/plain; charset=utf-8' };
  const file = {
    ...logHeaders,
    'content-type': 'application/octet-stream',
    'cache-control': 'public, max-age=31536000, immutable',
  };
  const rules: [string, Readonly<Record<string, string>>][] = [
    ...places.map((place): [string, typeof pageHeaders] => [place, pageHeaders]),
    ['/verify/offline.html', ownPolicy],
    ['/assets/*', { 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' }],
    ['/feed.atom', { 'content-type': 'application/atom+xml; charset=utf-8', 'x-content-type-options': 'nosniff' }],
    ['/feed.json', { 'content-type': 'application/feed+json; charset=utf-8', 'x-content-type-options': 'nosniff' }],
    ['/log/policy', text],
    ...(['public', 'private'] as const).flatMap((id): [string, Readonly<Record<string, string>>][] => [
      [`/log/${id}/checkpoint`, { ...text, 'cache-control': 'public, max-age=2' }],
      [`/log/${id}/tile/*`, file],
    ]),
    ['/log/public/proof/*', { ...logHeaders, 'content-type': 'application/json', 'content-disposition': 'attachment' }],
    ...bodies.map(({ path, mediaType, salt }): [string, Readonly<Record<string, string>>] => [
      `/${path}`,
      { ...logHeaders, 'content-type': mediaType, 'content-disposition': 'attachment', 'x-troth-salt': salt },
    ]),
  ];
  return rules
    .map(
      ([place, headers]) =>
        `${place}\n${Object.entries(headers)
          .map(([name, value]) => `  ${name}: ${value}\n`)
          .join('')}`,
    )
    .join('\n');
}
