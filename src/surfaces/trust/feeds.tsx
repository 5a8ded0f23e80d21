import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { pageHeaders } from '#kernel/http';
import { listEntries, observe } from '#ledger';
import type { Site } from '../site.ts';
import { placeOf, statementOf } from './statement.ts';

const newest = 50;

type FeedItem = { readonly index: number; readonly at: string; readonly title: string; readonly link: string };

/** RFC 4287. What entered the public record, by index: gapless and in the same order for everybody. */
export async function feedAtom(site: Site): Promise<Response> {
  const feed = await readFeed(site);
  if (!feed) return new Response(null, { status: 404 });
  const { origin, publicUrl, name, locale, items } = feed;
  const tree = h(
    'feed',
    { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': locale },
    h('id', null, `${publicUrl}/feed.atom`),
    h('title', null, name),
    h('updated', null, items[0]?.at ?? feed.since),
    h('link', { rel: 'self', href: `${publicUrl}/feed.atom` }),
    h('link', { rel: 'alternate', href: `${publicUrl}/log` }),
    h('author', null, h('name', null, name)),
    items.map(({ index, at, title, link }) =>
      h(
        'entry',
        null,
        h('id', null, `tag:${origin.split('/')[0]?.split(':')[0]},2026:${origin}/${index}`),
        h('title', null, title),
        h('updated', null, at),
        h('link', { rel: 'alternate', href: link }),
        h('content', { type: 'text' }, title),
      ),
    ),
  );
  const xml = `<?xml version="1.0" encoding="utf-8"?>\n${renderToString(tree)}\n`;
  return new Response(xml, { headers: feedHeaders('application/atom+xml; charset=utf-8') });
}

/** JSON Feed 1.1 of the same entries. */
export async function feedJson(site: Site): Promise<Response> {
  const feed = await readFeed(site);
  if (!feed) return new Response(null, { status: 404 });
  const { publicUrl, name, locale, items } = feed;
  const body = {
    version: 'https://jsonfeed.org/version/1.1',
    title: name,
    home_page_url: `${publicUrl}/`,
    feed_url: `${publicUrl}/feed.json`,
    language: locale,
    items: items.map(({ index, at, title, link }) => ({
      id: `${publicUrl}/log/public/entry/${index}`,
      url: link,
      title,
      content_text: title,
      date_published: at,
    })),
  };
  return new Response(`${JSON.stringify(body, null, 1)}\n`, { headers: feedHeaders('application/feed+json; charset=utf-8') });
}

async function readFeed(site: Site) {
  const organisation = await site.organisation();
  if (!organisation) return null;
  const { publicUrl, name, languages, establishedAt } = organisation;
  const locale = languages[0] ?? 'en';
  const { db } = observe(site.ledger, { kind: 'visitor' });
  const entries = await listEntries(db, newest);
  const items = entries.map(({ index, leaf }): FeedItem => ({
    index,
    at: leaf.at,
    title: statementOf(leaf, locale),
    link: `${publicUrl}${placeOf(leaf, locale)?.href ?? `/${locale}/log/public/entry/${index}`}`,
  }));
  return { publicUrl, name, locale, items, since: establishedAt.toString(), origin: `${new URL(publicUrl).host}/log/public` };
}

function feedHeaders(type: string): Record<string, string> {
  const { 'x-content-type-options': nosniff } = pageHeaders;
  return { 'content-type': type, 'cache-control': 'public, max-age=60', 'x-content-type-options': nosniff ?? 'nosniff' };
}
