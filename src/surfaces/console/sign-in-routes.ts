import { checkPassphrase, closeSession, consoleSignIn, listProviders, openSession, type SignInView } from '#accounts';
import { Hono } from 'hono';
import { cookieName, readCookie, readForm, setCookie } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { act, observe } from '#ledger';
import { formProblem } from '../form-problem.ts';
import { htmlResponse, seeOther } from '../html-response.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { renderBarePage } from './render-console-page.tsx';
import { consoleBanners } from './session.ts';

const formLimit = 16_000;
const visitor = { kind: 'visitor' } as const;

export function signInRoutes(site: Site): Hono {
  const app = new Hono();
  app.get('/:lang{[a-z]{2}}/console/sign-in', (c) => {
    const after = c.req.query('after');
    const known = after === 'signed-out' || after === 'session-ended' ? after : null;
    return page(site, c.req.raw, interfaceLanguage(c.req.param('lang')), { email: '', refused: null, after: known });
  });
  app.post('/:lang{[a-z]{2}}/console/sign-in', (c) => signIn(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  app.post('/:lang{[a-z]{2}}/console/sign-out', (c) => signOut(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  return app;
}

async function signIn(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const email = form.text('email');
  const device = site.deviceOf(request);
  const checked = await checkPassphrase(observe(site.ledger, visitor), { email, passphrase: form.text('passphrase'), device });
  if (!checked.ok) {
    const status = checked.refusal === 'accounts/too-many-attempts' ? 429 : 422;
    return page(site, request, locale, { email, refused: checked, after: null }, status);
  }
  const opened = await act(site.ledger, visitor, (ctx) => openSession(ctx, { ...checked.value, method: 'passphrase', device }));
  if (!opened.ok) return page(site, request, locale, { email, refused: opened, after: null }, 422);
  return seeOther(`/${locale}/console`, {
    'set-cookie': setCookie('staff', opened.value.token, { secure: site.secureCookies(), seconds: null }),
  });
}

async function signOut(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const token = readCookie(request, cookieName('staff', site.secureCookies()));
  if (token !== null) await act(site.ledger, visitor, (ctx) => closeSession(ctx, { token }));
  return seeOther(`/${locale}/console/sign-in?after=signed-out`, {
    'set-cookie': setCookie('staff', '', { secure: site.secureCookies(), seconds: 0 }),
  });
}

async function page(
  site: Site,
  request: Request,
  locale: string,
  view: Omit<SignInView, 'organisation' | 'providers'>,
  status = 200,
): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const reader = { locale, zone: organisation.timeZone, now: site.ledger.now() };
  const shell = { organisation: organisation.name, banners: consoleBanners(site, organisation), query: '' };
  const providers = await listProviders(observe(site.ledger, visitor), 'staff');
  return htmlResponse(
    renderBarePage(consoleSignIn({ ...view, providers, organisation: organisation.name }, reader), shell, reader, site.assets),
    status,
  );
}
