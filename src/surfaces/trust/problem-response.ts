import { pageHeaders, problem } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import type { Site } from '../site.ts';
import { problemPage } from './problem-page.tsx';
import { readingFor, shellView } from './render-address.ts';
import { renderTrustPage } from './render-trust-page.tsx';

/** A failure as a page in the reader's language, or as a problem document for a program. Never cached. */
export async function problemResponse(
  site: Site,
  request: Request,
  status: number,
  detail: string | null = null,
  reference: string | null = null,
): Promise<Response> {
  const organisation = await site.organisation();
  const wantsPage = (request.headers.get('accept') ?? '').includes('text/html');
  if (!organisation || !wantsPage) return problem({ status, code: `http/${status}`, title: detail ?? `HTTP ${status}` });
  const [, tag = ''] = new URL(request.url).pathname.split('/');
  const locale = interfaceLanguage(tag);
  const { reader } = await readingFor(site, organisation, locale);
  const page = problemPage({ status, detail, reference }, reader);
  const bytes = renderTrustPage(page, await shellView(site, organisation), reader, site.assets);
  return new Response(bytes, {
    status,
    headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}
