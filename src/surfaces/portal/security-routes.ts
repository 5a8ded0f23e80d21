import { portalPasskeyPage, type PortalPasskeyView, signInByPasskey, signInOptions } from '#accounts';
import { Hono } from 'hono';
import { readForm } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { act, observe } from '#ledger';
import { formProblem } from '../form-problem.ts';
import { heldToken } from '../held-token.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import { confirmRoutes, letterRoutes } from '../security/confirm-routes.ts';
import { passkeyPlace } from '../security/passkey-place.ts';
import { enter, type Mount, optionsResponse, type Seat } from '../security/seat.ts';
import { securityRoutes } from '../security/security-routes.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { type Self, selfResponse, withSelf, withSelfForm } from './with-self.ts';

const formLimit = 64_000;
const visitor = { kind: 'visitor' } as const;
const passkeyPath = '/:lang{[a-z]{2}}/me/passkey';

/** The pages on which a user looks after their own account, and the one on which they sign in with a passkey. */
export function portalSecurityRoutes(site: Site): Hono {
  const app = new Hono();
  const mount: Mount = {
    site,
    surface: 'portal',
    cookie: 'user',
    page: (answer) => withSelf(site, (self, request) => answer(seatOf(self), request)),
    form: (answer) => withSelfForm(site, formLimit, (self, request, form) => answer(seatOf(self), request, form)),
  };
  confirmRoutes(app, mount);
  letterRoutes(app, mount);
  securityRoutes(app, mount);
  app.get(passkeyPath, (c) => showSignIn(site, c.req.raw, interfaceLanguage(c.req.param('lang')), null));
  app.get(`${passkeyPath}/options`, (c) => sendOptions(site, c.req.raw));
  app.post(passkeyPath, (c) => signIn(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  return app;
}

function seatOf(self: Self): Seat {
  return { ...self, respond: (page, status) => selfResponse(self, page, status) };
}

async function sendOptions(site: Site, request: Request): Promise<Response> {
  const organisation = await site.organisation();
  const { party } = organisation ? passkeyPlace(organisation, request) : { party: null };
  if (!party) return problemResponse(site, request, 404);
  return optionsResponse(await signInOptions(observe(site.ledger, visitor), { party, surface: 'portal' }));
}

async function signIn(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const organisation = await site.organisation();
  const { party } = organisation ? passkeyPlace(organisation, request) : { party: null };
  if (!party) return problemResponse(site, request, 404);
  const held = heldToken(site, request, 'user');
  const input = { answer: form.text('response'), surface: 'portal', party, device: site.deviceOf(request), held } as const;
  const tried = await act(site.ledger, visitor, (ctx) => signInByPasskey(ctx, input));
  const signedIn = tried.ok ? tried.value : tried;
  if (!signedIn.ok) return showSignIn(site, request, locale, signedIn, 422);
  return enter(site, { cookie: 'user', token: signedIn.value.token, to: `/${locale}/me` });
}

async function showSignIn(
  site: Site,
  request: Request,
  locale: string,
  refused: PortalPasskeyView['refused'],
  status = 200,
): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const { place } = passkeyPlace(organisation, request);
  const reader = { locale, zone: organisation.timeZone, now: site.ledger.now() };
  const page = portalPasskeyPage({ organisation: organisation.name, place, refused }, reader);
  return selfResponse({ site, organisation, reader, signedIn: null }, page, status);
}
