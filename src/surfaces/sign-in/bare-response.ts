import type { Page, Reader } from '#design';
import type { Organisation } from '#organisation';
import { bannersOf } from '../banners-of.ts';
import { renderBarePage } from '../console/render-console-page.tsx';
import { htmlResponse } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';

type Bare = {
  readonly locale: string;
  /** Follows the path in the other language, such as `?ticket=…`. */
  readonly query?: string;
  readonly status?: number;
};

/** A page on the way in: nobody is signed in yet, and there is one thing to do. */
export async function bareResponse(
  site: Site,
  request: Request,
  { locale, query = '', status = 200 }: Bare,
  make: (organisation: Organisation, reader: Reader) => Page,
): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const reader = { locale, zone: organisation.timeZone, now: site.ledger.now() };
  const shell = { organisation: organisation.name, banners: bannersOf(site, organisation), query };
  return htmlResponse(renderBarePage(make(organisation, reader), shell, reader, site.assets), status);
}
