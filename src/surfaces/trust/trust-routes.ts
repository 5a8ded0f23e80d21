import { Hono } from 'hono';
import { pageHeaders, preferredLanguage } from '#kernel/http';
import { interfaceLanguages } from '#kernel/i18n';
import type { Site } from '../site.ts';
import { askForm, sendQuestion } from './ask-routes.ts';
import { feedAtom, feedJson } from './feeds.tsx';
import { problemResponse } from './problem-response.ts';
import { searchRoute } from './search-route.ts';
import { robots, securityText, sitemap } from './site-files.ts';

/** Everything a visitor reaches that is not a kept page: forms, search, feeds, and the addresses without a language. */
export function trustRoutes(site: Site): Hono {
  const app = new Hono();
  app.get('/feed.atom', () => feedAtom(site));
  app.get('/feed.json', () => feedJson(site));
  app.get('/robots.txt', () => robots(site));
  app.get('/sitemap.xml', () => sitemap(site));
  app.get('/.well-known/security.txt', () => securityText(site));
  app.get('/:lang{[a-z]{2}}/search', (c) => searchRoute(site, c.req.raw, c.req.param('lang')));
  app.get('/:lang{[a-z]{2}}/policies/:slug/at', (c) => atDay(c.req.raw));
  app.get('/:lang{[a-z]{2}}/policies/:slug/ask', (c) => askForm(site, c.req.raw, c.req.param('lang'), c.req.param('slug')));
  app.post('/:lang{[a-z]{2}}/policies/:slug/ask', (c) => sendQuestion(site, c.req.raw, c.req.param('lang'), c.req.param('slug')));
  app.get('*', (c) => languageNeutral(site, c.req.raw));
  return app;
}

/** From the form to the address of its answer, which can be kept and sent to others. A day nobody wrote leads back to the document. */
function atDay(request: Request): Response {
  const { pathname, searchParams } = new URL(request.url);
  const date = searchParams.get('date') ?? '';
  const path = /^\d{4}-\d{2}-\d{2}$/.test(date) ? `${pathname}/${date}` : pathname.slice(0, -'/at'.length);
  const rest = new URLSearchParams([...searchParams].filter(([name, value]) => name !== 'date' && value !== ''));
  const query = rest.size === 0 ? '' : `?${rest.toString()}`;
  return new Response(null, {
    status: 302,
    headers: { ...pageHeaders, location: `${path}${query}`, 'cache-control': 'no-store' },
  });
}

const firstSegments = new Set([
  '',
  'policies',
  'questions',
  'log',
  'verify',
  'search',
  'accessibility',
  'api',
  'me',
  'console',
  'set-up',
  'sign-in',
  'acceptance',
]);

/** The permanent link has no language; the reader's own is chosen at each visit and never kept. */
async function languageNeutral(site: Site, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const [, first = ''] = url.pathname.split('/');
  if (!firstSegments.has(first)) return problemResponse(site, request, 404);
  const organisation = await site.organisation();
  const language = preferredLanguage(request, organisation?.languages ?? interfaceLanguages);
  const rest = url.pathname === '/' ? '' : url.pathname.slice(1).replace(/\/$/, '');
  return new Response(null, {
    status: 302,
    headers: {
      ...pageHeaders,
      location: `/${language}/${rest}${url.search}`,
      vary: 'accept-language',
      'cache-control': 'no-store',
    },
  });
}
