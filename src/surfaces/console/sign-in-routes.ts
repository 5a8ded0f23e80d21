import {
  beginSecondStep,
  checkPassphrase,
  closeSession,
  consoleSignIn,
  finishSecondStep,
  listProviders,
  openSession,
  readHalfSession,
  secondStepPage,
  type SecondStepView,
  signInByPasskey,
  signInOptions,
  type SignInView,
  takeCodeAllowance,
} from '#accounts';
import { type Context, Hono } from 'hono';
import type { Page, Reader } from '#design';
import { cookieName, type Form, readCookie, readForm, setCookie } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { refuse } from '#kernel/outcome';
import { act, observe } from '#ledger';
import type { Organisation } from '#organisation';
import { formProblem } from '../form-problem.ts';
import { heldToken } from '../held-token.ts';
import { htmlResponse, seeOther } from '../html-response.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import { passkeyPlace } from '../security/passkey-place.ts';
import { enter, optionsResponse } from '../security/seat.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { renderBarePage } from './render-console-page.tsx';
import { consoleBanners } from './session.ts';

const formLimit = 64_000;
const visitor = { kind: 'visitor' } as const;
const path = '/:lang{[a-z]{2}}/console/sign-in';
const halfSeconds = 300;

/** A request before anybody is signed in. */
type Door = { site: Site; organisation: Organisation; request: Request; reader: Reader };
type FormAnswer = (door: Door, form: Form) => Promise<Response>;

export function signInRoutes(site: Site): Hono {
  const app = new Hono();
  const page = (answer: (door: Door) => Promise<Response>) => (c: Context) => atDoor(site, c, answer);
  const form = (answer: FormAnswer) => (c: Context) => atDoor(site, c, (door) => withForm(door, answer));
  app.get(path, page(showEntry));
  app.post(path, form(signIn));
  app.get(`${path}/options`, page(sendOptions));
  app.post(`${path}/passkey`, form(signInWithPasskey));
  app.get(`${path}/second`, page(showSecond));
  app.post(`${path}/second`, form(sendSecond));
  app.post('/:lang{[a-z]{2}}/console/sign-out', (c) => signOut(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  return app;
}

async function atDoor(site: Site, c: Context, answer: (door: Door) => Promise<Response>): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, c.req.raw, 503);
  const locale = interfaceLanguage(c.req.param('lang') ?? '');
  return answer({
    site,
    organisation,
    request: c.req.raw,
    reader: { locale, zone: organisation.timeZone, now: site.ledger.now() },
  });
}

async function withForm(door: Door, answer: FormAnswer): Promise<Response> {
  const foreign = await refuseForeign(door.site, door.request);
  if (foreign) return foreign;
  const form = await readForm(door.request, formLimit);
  return typeof form === 'string' ? formProblem(door.site, door.request, form) : answer(door, form);
}

async function showEntry(door: Door): Promise<Response> {
  const after = new URL(door.request.url).searchParams.get('after');
  const known = after === 'signed-out' || after === 'session-ended' ? after : null;
  return entryPage(door, { email: '', refused: null, after: known });
}

async function signIn(door: Door, form: Form): Promise<Response> {
  const { site, request, organisation } = door;
  const email = form.text('email');
  const device = site.deviceOf(request);
  const checked = await checkPassphrase(observe(site.ledger, visitor), { email, passphrase: form.text('passphrase'), device });
  if (!checked.ok) return entryPage(door, { email, refused: checked, after: null });
  const { party } = passkeyPlace(organisation, request);
  const second = await act(site.ledger, visitor, (ctx) => beginSecondStep(ctx, { ...checked.value, party }));
  if (second.ok && second.value) {
    return seeOther(`/${door.reader.locale}/console/sign-in/second`, {
      'set-cookie': setCookie('half', second.value.token, { secure: site.secureCookies(), seconds: halfSeconds }),
    });
  }
  const input = { ...checked.value, method: 'passphrase', device, held: heldToken(site, request, 'staff') } as const;
  const opened = await act(site.ledger, visitor, (ctx) => openSession(ctx, input));
  return opened.ok ? enterConsole(door, opened.value.token) : entryPage(door, { email, refused: opened, after: null });
}

async function sendOptions({ site, organisation, request }: Door): Promise<Response> {
  const { party } = passkeyPlace(organisation, request);
  if (!party) return problemResponse(site, request, 404);
  return optionsResponse(await signInOptions(observe(site.ledger, visitor), { party, surface: 'console' }));
}

async function signInWithPasskey(door: Door, form: Form): Promise<Response> {
  const { site, organisation, request } = door;
  const { party } = passkeyPlace(organisation, request);
  if (!party) return problemResponse(site, request, 404);
  const held = heldToken(site, request, 'staff');
  const input = { answer: form.text('response'), surface: 'console', party, device: site.deviceOf(request), held } as const;
  const tried = await act(site.ledger, visitor, (ctx) => signInByPasskey(ctx, input));
  const signedIn = tried.ok ? tried.value : tried;
  if (!signedIn.ok) return entryPage(door, { email: '', refused: signedIn, after: null });
  return enterConsole(door, signedIn.value.token);
}

async function showSecond(door: Door): Promise<Response> {
  const half = await halfSession(door);
  return half ? secondPage(door, half.ways, null) : seeOther(`/${door.reader.locale}/console/sign-in`);
}

async function sendSecond(door: Door, form: Form): Promise<Response> {
  const { site, request, reader } = door;
  const device = site.deviceOf(request);
  const half = await halfSession(door);
  if (!half) return entryPage(door, { email: '', refused: refuse('accounts/half-session-ended'), after: null });
  const wait = await takeCodeAllowance(observe(site.ledger, visitor), half.accountId, device);
  if (wait > 0) return secondPage(door, half.ways, refuse('accounts/too-many-attempts', { minutes: Math.ceil(wait / 60) }), 429);
  const input = { token: half.token, code: form.text('code'), device, held: heldToken(site, request, 'staff') };
  const tried = await act(site.ledger, visitor, (ctx) => finishSecondStep(ctx, input));
  const signedIn = tried.ok ? tried.value : tried;
  if (!signedIn.ok) return secondPage(door, half.ways, signedIn, 422);
  const used = signedIn.value.codesLeft !== null;
  return enterConsole(door, signedIn.value.token, used ? `/${reader.locale}/console/account?just=code-used` : undefined);
}

async function halfSession({ site, organisation, request }: Door) {
  const token = readCookie(request, cookieName('half', site.secureCookies()));
  if (token === null) return null;
  const { party } = passkeyPlace(organisation, request);
  const half = await readHalfSession(observe(site.ledger, visitor), { token, party });
  return half && { ...half, token };
}

function enterConsole({ site, reader }: Door, token: string, to = `/${reader.locale}/console`): Response {
  const entered = enter(site, { cookie: 'staff', token, to });
  entered.headers.append('set-cookie', setCookie('half', '', { secure: site.secureCookies(), seconds: 0 }));
  return entered;
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

async function entryPage(door: Door, view: Pick<SignInView, 'email' | 'refused' | 'after'>): Promise<Response> {
  const { organisation, request, reader, site } = door;
  const providers = await listProviders(observe(site.ledger, visitor), 'staff');
  const { place } = passkeyPlace(organisation, request);
  // A form that was refused has an address of its own; the page stands at the entry.
  const at = place.kind === 'elsewhere' ? { ...place, url: place.url.replace(/\/sign-in\/.*$/, '/sign-in') } : place;
  const status = view.refused === null ? 200 : view.refused.refusal === 'accounts/too-many-attempts' ? 429 : 422;
  return bare(door, consoleSignIn({ ...view, providers, place: at, organisation: organisation.name }, reader), status);
}

type Ways = NonNullable<Awaited<ReturnType<typeof readHalfSession>>>['ways'];

function secondPage(door: Door, ways: Ways, refused: SecondStepView['refused'], status = 200): Response {
  const { place } = passkeyPlace(door.organisation, door.request);
  const view = {
    place,
    ways: { passkey: ways.passkeys > 0, code: ways.totp, recovery: ways.recoveryCodes > 0 },
    refused,
  };
  return bare(door, secondStepPage(view, door.reader), status);
}

function bare({ site, organisation, reader }: Door, page: Page, status: number): Response {
  const shell = { organisation: organisation.name, banners: consoleBanners(site, organisation), query: '' };
  return htmlResponse(renderBarePage(page, shell, reader, site.assets), status);
}
