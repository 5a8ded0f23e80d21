import {
  acceptWithProvider,
  linkIdentity,
  listProviders,
  openSession,
  ownProvidersPath,
  readStaffSession,
  readUserSession,
  returnFromProvider,
  signInWithProvider,
} from '#accounts';
import { Hono } from 'hono';
import { address } from '#design';
import { may } from '#kernel/context';
import { cookieName, preferredLanguage, readCookie, setCookie } from '#kernel/http';
import { interfaceLanguage, interfaceLanguages } from '#kernel/i18n';
import { done, refuse } from '#kernel/outcome';
import { act, observe } from '#ledger';
import { heldToken } from '../held-token.ts';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { elsewhereCookie, leaveForProvider, problemAtProvider } from './leave-for-provider.ts';
import { ownProviderRoutes } from './own-provider-routes.ts';

const visitor = { kind: 'visitor' } as const;
/** To an identity provider and back. The address to which people come back has no language: it is registered over there. */
export function elsewhereRoutes(site: Site): Hono {
  const app = new Hono();
  for (const [room, surface] of [
    ['console', 'console'],
    ['me', 'portal'],
  ] as const)
    app.get(`/:lang{[a-z]{2}}/${room}/sign-in/with/:provider`, (c) =>
      leaveForProvider(site, c.req.raw, {
        providerId: c.req.param('provider'),
        surface,
        accountId: null,
        returnTo: c.req.query('return') ?? null,
        locale: interfaceLanguage(c.req.param('lang')),
      }),
    );
  app.get('/sign-in/:provider/callback', (c) => comeBack(site, c.req.raw, c.req.param('provider')));
  app.route('/', ownProviderRoutes(site));
  return app;
}

async function comeBack(site: Site, request: Request, providerId: string): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const secret = readCookie(request, cookieName(elsewhereCookie, site.secureCookies()));
  const query = new URL(request.url).searchParams;
  const outside = { publicUrl: organisation.publicUrl, fetch: site.fetch };
  const back = await returnFromProvider(observe(site.ledger, visitor), { providerId, query, cookie: secret }, outside);
  if (!back.ok) {
    if (back.refusal === 'accounts/provider-unknown') return problemResponse(site, request, 404);
    const forStaff = await listProviders(observe(site.ledger, visitor), 'staff');
    const surface = forStaff.some(({ id }) => id === providerId) ? 'console' : 'portal';
    const locale = preferredLanguage(request, interfaceLanguages);
    return problemAtProvider(site, request, locale, { surface, refused: back }, 422);
  }
  const { value } = back;
  const locale = interfaceLanguage(value.locale);
  const surface = value.audience === 'staff' ? 'console' : 'portal';
  const arrived = { ...value, locale, surface } as const;
  const { accountId, invitation } = value;
  const answer =
    invitation !== null
      ? await accept(site, request, { ...arrived, invitation })
      : accountId === null
        ? await enter(site, request, arrived)
        : await add(site, request, { ...arrived, accountId });
  answer.headers.append('set-cookie', setCookie(elsewhereCookie, '', { secure: site.secureCookies(), seconds: 0 }));
  return answer;
}

type Arrived = Extract<Awaited<ReturnType<typeof returnFromProvider>>, { ok: true }>['value'] & {
  readonly surface: 'console' | 'portal';
};

/** Whoever left for an invitation joins by it, and by no other that this browser may have open. */
async function accept(site: Site, request: Request, arrived: Arrived & { invitation: string }): Promise<Response> {
  const { locale, surface, providerId, session: providerSession } = arrived;
  const entered = await act(site.ledger, visitor, async (ctx) => {
    const accepted = await acceptWithProvider(ctx, { ...arrived, token: arrived.invitation });
    if (!accepted.ok) return accepted;
    const here = { device: site.deviceOf(request), held: heldToken(site, request, 'staff') };
    const opened = await openSession(ctx, { ...accepted.value, method: 'oidc', providerId, providerSession, ...here });
    if (!opened.ok) throw new Error('whoever joined a moment ago is let in');
    return done(opened.value);
  });
  if (!entered.ok) return problemAtProvider(site, request, locale, { surface, refused: entered }, 403);
  return signedIn(site, 'staff', entered.value.token, address(locale, 'console'));
}

async function enter(site: Site, request: Request, arrived: Arrived): Promise<Response> {
  const { locale, surface, returnTo } = arrived;
  const name = surface === 'console' ? 'staff' : 'user';
  const here = { device: site.deviceOf(request), held: heldToken(site, request, name) };
  const entered = await act(site.ledger, visitor, (ctx) => signInWithProvider(ctx, { ...arrived, ...here }));
  if (!entered.ok) return problemAtProvider(site, request, locale, { surface, refused: entered }, 403);
  return signedIn(site, name, entered.value.token, returnTo ?? address(locale, surface === 'console' ? 'console' : 'me'));
}

function signedIn(site: Site, cookie: 'staff' | 'user', token: string, to: string): Response {
  return seeOther(to, { 'set-cookie': setCookie(cookie, token, { secure: site.secureCookies(), seconds: null }) });
}

/** Whoever comes back must be signed in here as the one who left: a link sent to somebody else adds nothing to their account. */
async function add(site: Site, request: Request, arrived: Arrived & { accountId: string }): Promise<Response> {
  const { accountId, locale, surface, providerId, subject } = arrived;
  const token = heldToken(site, request, surface === 'console' ? 'staff' : 'user');
  const read = surface === 'console' ? readStaffSession : readUserSession;
  const signedIn = token === null ? null : await read(observe(site.ledger, visitor), { token }, site.sessions);
  if (signedIn?.account.id !== accountId)
    return problemAtProvider(site, request, locale, { surface, refused: refuse('accounts/flow-unknown') }, 403);
  const { actor } = signedIn;
  const own = address(locale, ...ownProvidersPath[surface]);
  // The proof grew old meanwhile: the page says so.
  if (!may(actor, 'self:secure', { subject: accountId })) return seeOther(own);
  const linked = await act(site.ledger, actor, (ctx) => linkIdentity(ctx, { accountId, providerId, subject }));
  if (!linked.ok) return problemAtProvider(site, request, locale, { surface, refused: linked }, 409);
  return seeOther(`${own}?just=linked`);
}
