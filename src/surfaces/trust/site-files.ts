import { interfaceLanguages } from '#kernel/i18n';
import { observe, readPublicLog } from '#ledger';
import { listPolicies, translatedVersions } from '#policies';
import type { Site } from '../site.ts';

const plain = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'public, max-age=3600',
  'x-content-type-options': 'nosniff',
};

export async function robots(site: Site): Promise<Response> {
  const organisation = await site.organisation();
  const rules = interfaceLanguages.flatMap((language) => [
    `Disallow: /${language}/console`,
    `Disallow: /${language}/me`,
    `Disallow: /${language}/sign-in`,
    `Disallow: /${language}/search`,
  ]);
  // A sample must not be found as if it were an organisation.
  const lines = organisation?.demo
    ? ['Disallow: /']
    : [...rules, 'Disallow: /api/', ...(organisation ? [`Sitemap: ${organisation.publicUrl}/sitemap.xml`] : [])];
  return new Response(`User-agent: *\n${lines.join('\n')}\n`, { headers: plain });
}

/** RFC 9116. It expires within a year, as the RFC asks, so that an abandoned copy is recognised. */
export async function securityText(site: Site): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return new Response(null, { status: 404 });
  const now = site.ledger.now().toZonedDateTimeISO('UTC');
  const expires = now.startOfDay().add({ days: 180 }).toInstant().toString();
  const lines = [
    `Contact: ${organisation.publicUrl}/questions`,
    `Expires: ${expires}`,
    `Preferred-Languages: ${organisation.languages.join(', ')}`,
    `Canonical: ${organisation.publicUrl}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: plain });
}

/** Addresses of all kept pages but single log entries: what a search engine and the static export walk. */
export async function listAddresses(site: Site): Promise<string[]> {
  const ctx = observe(site.ledger, { kind: 'visitor' });
  const policies = (await listPolicies(ctx)).filter(({ versions }) => versions.length > 0);
  const translated = await translatedVersions(ctx);
  const rest = [
    '',
    'policies',
    'questions',
    'log',
    'verify',
    'accessibility',
    ...policies.flatMap(({ document: { id, slug }, versions }) => [
      `policies/${slug}`,
      ...versions.map(({ number }) => `policies/${slug}/v/${number}`),
      ...(translated.get(id) ?? []).map(({ number, language }) => `policies/${slug}/v/${number}/in/${language}`),
      ...versions.slice(0, -1).map(({ number }) => `policies/${slug}/changes/${number}`),
    ]),
  ];
  return interfaceLanguages.flatMap((language) => rest.map((path) => (path === '' ? language : `${language}/${path}`)));
}

/** The addresses of every entry's page, in each language. */
export async function listEntryAddresses(site: Site): Promise<string[]> {
  const { size } = await readPublicLog(site.ledger.db);
  const indexes = Array.from({ length: size }, (_, index) => index);
  return interfaceLanguages.flatMap((language) => indexes.map((index) => `${language}/log/public/entry/${index}`));
}

export async function sitemap(site: Site): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return new Response(null, { status: 404 });
  const urls = (await listAddresses(site)).map((address) => `<url><loc>${organisation.publicUrl}/${address}</loc></url>`);
  const xml = `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`;
  return new Response(xml, { headers: { ...plain, 'content-type': 'application/xml; charset=utf-8' } });
}
