import { pageHeaders } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { searchPolicies } from '#policies';
import { listPublished } from '#support';
import type { Site } from '../site.ts';
import { problemResponse } from './problem-response.ts';
import { readingFor, shellView } from './render-address.ts';
import { renderTrustPage } from './render-trust-page.tsx';
import { excerptAround, searchPage, type SearchResult } from './search-page.tsx';

const longestQuery = 200;
const mostShown = 50;

export async function searchRoute(site: Site, request: Request, lang: string): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 404);
  const locale = interfaceLanguage(lang);
  const query = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, longestQuery);
  const { ctx, reader } = await readingFor(site, organisation, locale);
  const results = query === '' ? [] : [...(await policyHits(query)), ...(await questionHits(query))];
  const page = searchPage({ query, results: results.slice(0, mostShown), total: results.length }, reader);
  const bytes = renderTrustPage(page, await shellView(site, organisation), reader, site.assets);
  return new Response(bytes, {
    headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });

  async function policyHits(text: string): Promise<SearchResult[]> {
    const hits = await searchPolicies(ctx, text, locale);
    return hits.map(({ slug, title, clauseId, excerpt }) => ({
      href: `/${locale}/policies/${slug}${clauseId === null ? '' : `#${clauseId}`}`,
      title,
      kind: 'policy',
      excerpt: excerptAround(excerpt, text, locale),
    }));
  }

  async function questionHits(text: string): Promise<SearchResult[]> {
    const wanted = text.toLocaleLowerCase(locale);
    const published = await listPublished(ctx);
    return published
      .filter(({ question, answer }) => `${question}\n${answer}`.toLocaleLowerCase(locale).includes(wanted))
      .map(({ object, question, answer }) => ({
        href: `/${locale}/questions#${object}`,
        title: question.slice(0, 120),
        kind: 'question',
        excerpt: excerptAround(answer, text, locale),
      }));
  }
}
