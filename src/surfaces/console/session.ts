import type { Context } from 'hono';
import { interfaceLanguage } from '#kernel/i18n';
import { readStaffSession, type SignedInStaff } from '#accounts';
import type { Page, Reader } from '#design';
import { holds, holdsSomewhere } from '#kernel/context';
import { cookieName, readCookie } from '#kernel/http';
import { observe } from '#ledger';
import type { Organisation } from '#organisation';
import { bannersOf } from '../banners-of.ts';
import { htmlResponse, seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { renderConsolePage } from './render-console-page.tsx';
import { type ConsoleBanner, type ConsoleSection, sections } from './shell.tsx';

/** One staff member's request: who, for which organisation, in which language. */
export type Desk = {
  readonly site: Site;
  readonly organisation: Organisation;
  readonly signedIn: SignedInStaff;
  readonly reader: Reader;
  readonly token: string;
  /** The named parts of the address, as the route names them. */
  readonly params: Readonly<Record<string, string>>;
};

/** The desk of whoever holds the cookie, or the way to the sign-in page. */
export async function openDesk(site: Site, c: Context): Promise<Desk | Response> {
  const request = c.req.raw;
  const params = c.req.param();
  const locale = interfaceLanguage(params['lang'] ?? '');
  const organisation = await site.organisation();
  const token = readCookie(request, cookieName('staff', site.secureCookies()));
  const signedIn =
    token === null ? null : await readStaffSession(observe(site.ledger, { kind: 'visitor' }), { token }, site.sessions);
  if (!organisation || !signedIn || token === null)
    return seeOther(`/${locale}/console/sign-in${token === null ? '' : '?after=session-ended'}`);
  return { site, organisation, signedIn, token, params, reader: { locale, zone: organisation.timeZone, now: site.ledger.now() } };
}

export function consoleResponse(desk: Desk, page: Page, status = 200): Response {
  const { site, organisation, signedIn, reader } = desk;
  const view = {
    organisation: organisation.name,
    signedIn: { email: signedIn.account.email ?? signedIn.account.name ?? '', roles: signedIn.roles },
    sections: sectionsOf(signedIn.actor),
    banners: consoleBanners(site, organisation),
  };
  return htmlResponse(renderConsolePage(page, view, reader, site.assets), status);
}

function sectionsOf(actor: Desk['signedIn']['actor']): ConsoleSection[] {
  return Object.entries(sections).flatMap(([section, needed]) => {
    if (!isSection(section)) return [];
    const enters = needed === null || (needed.inPart ? holdsSomewhere : holds)(actor, needed.hold);
    return enters ? [section] : [];
  });
}

function isSection(name: string): name is ConsoleSection {
  return Object.hasOwn(sections, name);
}

export function consoleBanners(site: Site, organisation: Organisation): ConsoleBanner[] {
  return [...bannersOf(site, organisation), ...(site.trialDatabase && !organisation.demo ? ['trial' as const] : [])];
}
