import {
  accountsSentence,
  allowLink,
  allowLinkCode,
  askForLink,
  closeSession,
  enterLinkCode,
  listProviders,
  openLink,
  portalLinkCode,
  portalLinkSent,
  portalOpenLink,
  portalSignedIn,
  portalSignIn,
  type PortalSignInView,
} from '#accounts';
import { Hono } from 'hono';
import type { Page, Reader } from '#design';
import { cookieName, type Form, readCookie, readForm, setCookie } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { refuse } from '#kernel/outcome';
import { act, observe } from '#ledger';
import type { Organisation } from '#organisation';
import { formProblem } from '../form-problem.ts';
import { heldToken } from '../held-token.ts';
import { seeOther } from '../html-response.ts';
import { keyedPage } from '../keyed-page.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { selfResponse, withSelf } from './with-self.ts';

const visitor = { kind: 'visitor' } as const;
const formLimit = 4_000;
const path = '/:lang{[a-z]{2}}/me';
/** As long as the link it belongs to. */
const askedSeconds = 15 * 60;

/** Somebody before anybody is signed in. */
type Caller = { readonly site: Site; readonly request: Request; readonly organisation: Organisation; readonly reader: Reader };

/** How users get in and out: by a link that is sent to their address. */
export function portalSignInRoutes(site: Site): Hono {
  const app = new Hono();
  const page =
    (answer: (caller: Caller, query: URLSearchParams) => Response | Promise<Response>) => (c: { req: { raw: Request } }) =>
      withCaller(site, c.req.raw, (caller) => answer(caller, new URL(c.req.raw.url).searchParams));
  const form = (answer: (caller: Caller, form: Form) => Promise<Response>) => async (c: { req: { raw: Request } }) => {
    const request = c.req.raw;
    const foreign = await refuseForeign(site, request);
    if (foreign) return foreign;
    const read = await readForm(request, formLimit);
    if (typeof read === 'string') return formProblem(site, request, read);
    return withCaller(site, request, (caller) => answer(caller, read));
  };
  app.get(
    `${path}/sign-in`,
    page((caller, query) => signInPage(caller, { email: '', error: null, after: afterOf(query) })),
  );
  app.post(`${path}/sign-in`, form(ask));
  app.get(
    `${path}/sign-in/sent`,
    page((caller) => respond(caller, (_, reader) => portalLinkSent({ code: '', error: null, tooMany: false }, reader))),
  );
  app.get(
    `${path}/sign-in/open`,
    page((caller, query) => openPage(caller, query.get('token') ?? '', null)),
  );
  app.post(`${path}/sign-in/open`, form(open));
  app.post(`${path}/sign-in/code`, form(enterCode));
  app.get(
    `${path}/signed-in`,
    withSelf(site, (self) =>
      selfResponse(
        self,
        portalSignedIn({ organisation: self.organisation.name, email: self.signedIn.account.email }, self.reader),
      ),
    ),
  );
  app.post(`${path}/sign-out`, form(signOut));
  return app;
}

async function withCaller(
  site: Site,
  request: Request,
  answer: (caller: Caller) => Response | Promise<Response>,
): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const locale = interfaceLanguage(new URL(request.url).pathname.split('/')[1] ?? '');
  return answer({ site, request, organisation, reader: { locale, zone: organisation.timeZone, now: site.ledger.now() } });
}

function respond(
  { site, organisation, reader }: Caller,
  make: (organisation: string, reader: Reader) => Page,
  status = 200,
): Response {
  return selfResponse({ site, organisation, reader, signedIn: null }, make(organisation.name, reader), status);
}

function afterOf(query: URLSearchParams): PortalSignInView['after'] {
  const after = query.get('after');
  return after === 'signed-out' || after === 'session-ended' ? after : null;
}

async function signInPage(
  caller: Caller,
  view: Omit<PortalSignInView, 'organisation' | 'providers'>,
  status = 200,
): Promise<Response> {
  const providers = await listProviders(observe(caller.site.ledger, visitor), 'users');
  return respond(caller, (organisation, reader) => portalSignIn({ organisation, providers, ...view }, reader), status);
}

/** The answer is the same page for every address, and takes the same work: also for one that has had enough letters for now. */
async function ask(caller: Caller, form: Form): Promise<Response> {
  const { site, request, organisation, reader } = caller;
  const { locale } = reader;
  const email = form.text('email');
  const device = site.deviceOf(request);
  const allowed = await allowLink(observe(site.ledger, visitor), { email, network: device.network });
  if (typeof allowed === 'object') {
    const error = accountsSentence('accounts/too-many-attempts', { minutes: Math.ceil(allowed.wait / 60) }, locale);
    return signInPage(caller, { email, error, after: null }, 429);
  }
  let browser = '';
  const sent = await act(site.ledger, visitor, async (ctx) => {
    const asked = await askForLink(ctx, {
      email,
      publicUrl: organisation.publicUrl,
      organisation: organisation.name,
      locale,
      device,
    });
    if (asked.ok) ({ browser } = asked.value);
    // Made and taken back: leaving it out would be quicker, and so tell that somebody asked for this address a moment ago.
    return asked.ok && allowed === 'quiet' ? refuse('portal/enough-for-now') : asked;
  });
  if (!sent.ok && sent.refusal !== 'portal/enough-for-now')
    return signInPage(caller, { email, error: accountsSentence(sent.refusal, sent.facts, locale), after: null }, 422);
  return seeOther(`/${locale}/me/sign-in/sent`, {
    'set-cookie': setCookie('asked', browser, { secure: site.secureCookies(), seconds: askedSeconds }),
  });
}

function openPage(caller: Caller, token: string, refused: string | null, status = 200): Response {
  return keyedPage(respond(caller, (organisation, reader) => portalOpenLink({ organisation, token, refused }, reader), status));
}

async function open(caller: Caller, form: Form): Promise<Response> {
  const { site, reader } = caller;
  const token = form.text('token');
  const opened = await act(site.ledger, visitor, (ctx) => openLink(ctx, { token, browser: askedBy(caller), ...hereOf(caller) }));
  if (!opened.ok) return openPage(caller, '', accountsSentence(opened.refusal, opened.facts, reader.locale), 422);
  const { value } = opened;
  return 'code' in value ? respond(caller, () => portalLinkCode(value, reader)) : enter(caller, value.token);
}

async function enterCode(caller: Caller, form: Form): Promise<Response> {
  const { site, reader } = caller;
  const code = form.text('code');
  const sentPage = (error: string | null, status: number) =>
    respond(caller, () => portalLinkSent({ code, error, tooMany: status === 429 }, reader), status);
  const browser = askedBy(caller);
  const invalid = accountsSentence('accounts/code-not-valid', {}, reader.locale);
  if (browser === null) return sentPage(invalid, 422);
  if ((await allowLinkCode(observe(site.ledger, visitor), { browser })) > 0) return sentPage(null, 429);
  const entered = await act(site.ledger, visitor, (ctx) => enterLinkCode(ctx, { browser, code, ...hereOf(caller) }));
  if (!entered.ok) return sentPage(accountsSentence(entered.refusal, entered.facts, reader.locale), 422);
  return enter(caller, entered.value.token);
}

function hereOf({ site, request }: Caller) {
  return { device: site.deviceOf(request), held: heldToken(site, request, 'user') };
}

function askedBy({ site, request }: Caller): string | null {
  return readCookie(request, cookieName('asked', site.secureCookies()));
}

function enter({ site, reader }: Caller, token: string): Response {
  const secure = site.secureCookies();
  const answer = seeOther(`/${reader.locale}/me/signed-in`, {
    'set-cookie': setCookie('user', token, { secure, seconds: null }),
  });
  answer.headers.append('set-cookie', setCookie('asked', '', { secure, seconds: 0 }));
  return answer;
}

async function signOut({ site, request, reader }: Caller): Promise<Response> {
  const token = readCookie(request, cookieName('user', site.secureCookies()));
  if (token !== null) await act(site.ledger, visitor, (ctx) => closeSession(ctx, { token }));
  return seeOther(`/${reader.locale}/me/sign-in?after=signed-out`, {
    'set-cookie': setCookie('user', '', { secure: site.secureCookies(), seconds: 0 }),
  });
}
