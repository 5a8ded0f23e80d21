import { readUserSession, type SignedInUser } from '#accounts';
import type { Context } from 'hono';
import type { Page, Reader } from '#design';
import { cookieName, type Form, readCookie, readForm } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { observe } from '#ledger';
import type { Organisation } from '#organisation';
import { bannersOf } from '../banners-of.ts';
import { formProblem } from '../form-problem.ts';
import { htmlResponse, seeOther } from '../html-response.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { renderPortalPage } from './render-portal-page.tsx';

/** One user's request: who, at which organisation, in which language. */
export type Self = {
  readonly site: Site;
  readonly organisation: Organisation;
  readonly signedIn: SignedInUser;
  readonly reader: Reader;
  readonly token: string;
  /** The named parts of the address, as the route names them. */
  readonly params: Readonly<Record<string, string>>;
};

/** For pages of a signed-in user; whoever is not is sent to the sign-in page. */
export function withSelf(
  site: Site,
  answer: (self: Self, request: Request) => Promise<Response> | Response,
): (c: Context) => Promise<Response> {
  return async (c) => {
    const self = await openSelf(site, c);
    return self instanceof Response ? self : answer(self, c.req.raw);
  };
}

/** For forms: sent from here, signed in, readable, and no larger than `limit` bytes. */
export function withSelfForm(
  site: Site,
  limit: number,
  answer: (self: Self, request: Request, form: Form) => Promise<Response>,
): (c: Context) => Promise<Response> {
  return async (c) => {
    const request = c.req.raw;
    const foreign = await refuseForeign(site, request);
    if (foreign) return foreign;
    const self = await openSelf(site, c);
    if (self instanceof Response) return self;
    const form = await readForm(request, limit);
    if (typeof form === 'string') return formProblem(site, request, form);
    // A form made inside a mandate names it. It counts there alone: not for oneself, nor for another person.
    if (form.text('for') !== (self.params['mandate'] ?? '')) return problemResponse(site, request, 403);
    return answer(self, request, form);
  };
}

type Shown = Pick<Self, 'site' | 'organisation' | 'reader'> & {
  /** `null` when the page's own act ended the account. */
  readonly signedIn: SignedInUser | null;
};

export function selfResponse({ site, organisation, reader, signedIn }: Shown, page: Page, status = 200): Response {
  const self = signedIn && { called: signedIn.account.email ?? signedIn.account.name ?? '', readingSize: signedIn.readingSize };
  const view = { organisation: organisation.name, banners: bannersOf(site, organisation), self };
  return htmlResponse(renderPortalPage(page, view, reader, site.assets), status);
}

async function openSelf(site: Site, c: Context): Promise<Self | Response> {
  const request = c.req.raw;
  const params = c.req.param();
  const locale = interfaceLanguage(params['lang'] ?? '');
  const organisation = await site.organisation();
  const token = readCookie(request, cookieName('user', site.secureCookies()));
  const signedIn =
    token === null ? null : await readUserSession(observe(site.ledger, { kind: 'visitor' }), { token }, site.sessions);
  if (!organisation || !signedIn || token === null)
    return seeOther(`/${locale}/me/sign-in${token === null ? '' : '?after=session-ended'}`);
  return {
    site,
    organisation,
    signedIn,
    token,
    params,
    reader: { locale, zone: signedIn.timeZone ?? organisation.timeZone, now: site.ledger.now() },
  };
}
