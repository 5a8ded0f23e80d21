import { openSession, shortestPassphrase } from '#accounts';
import { Hono } from 'hono';
import { readForm, setCookie } from '#kernel/http';
import { preferredLanguage } from '#kernel/http';
import { interfaceLanguage, interfaceLanguages } from '#kernel/i18n';
import { done } from '#kernel/outcome';
import { act, observe } from '#ledger';
import { checkSetUpLink, establishOrganisation, type EstablishRefusal, sectors, supportedLanguages } from '#organisation';
import { heldToken } from '../held-token.ts';
import { htmlResponse, seeOther } from '../html-response.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import type { Site } from '../site.ts';
import { renderBarePage } from './render-console-page.tsx';
import { setUpError, type SetUpDeadEnd, type SetUpError } from './set-up-errors.ts';
import { setUpPage } from './set-up-page.tsx';
import { setUpProblem, type SetUpProblem } from './set-up-problem.tsx';

const formLimit = 64_000;
/** The act is done by the holder of the link, whom the terminal showed it to. */
const holder = { kind: 'system', name: 'set-up' } as const;

const deadEnds = {
  'organisation/link-not-valid': ['invalid', 403],
  'organisation/link-expired': ['expired', 410],
  'organisation/link-used': ['used', 410],
  'organisation/already-established': ['used', 410],
  'accounts/owner-exists': ['used', 410],
} as const satisfies Record<SetUpDeadEnd, readonly [SetUpProblem, number]>;

/** Until an organisation stands, the set-up form is the only page; every other address says what to do. */
export function setUpRoutes(site: Site): Hono {
  const app = new Hono();
  app.get('/set-up', (c) => seeOther(`/${preferredLanguage(c.req.raw, interfaceLanguages)}/set-up${new URL(c.req.url).search}`));
  app.get('/:lang{[a-z]{2}}/set-up', (c) => showForm(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  app.post('/:lang{[a-z]{2}}/set-up', (c) => sendForm(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  app.use('*', async (c, next) => {
    if ((await site.organisation()) !== null) return next();
    return problemPage(site, preferredLanguage(c.req.raw, interfaceLanguages), 'unset', 503);
  });
  return app;
}

async function showForm(site: Site, request: Request, locale: string): Promise<Response> {
  const url = new URL(request.url);
  const token = url.searchParams.get('token') ?? '';
  const link = await checkSetUpLink(observe(site.ledger, holder), token);
  if (!link.ok) {
    const [problem, status] = deadEnds[link.refusal];
    return problemPage(site, locale, problem, status);
  }
  // What we can guess: the address the form was opened at, and the zone of this machine.
  const entered = {
    publicUrl: url.origin,
    name: '',
    languages: [locale],
    timeZone: site.running.timeZone,
    sector: '',
    ownerEmail: '',
  };
  return formPage(site, locale, { token, entered, errors: [] });
}

async function sendForm(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return problemPage(site, locale, 'invalid', 400);
  const token = form.text('token');
  const entered = {
    publicUrl: form.text('publicUrl'),
    name: form.text('name'),
    languages: form.all('languages'),
    timeZone: form.text('timeZone'),
    sector: form.text('sector'),
    ownerEmail: form.text('ownerEmail'),
  };
  const input = { ...entered, ownerPassphrase: form.text('ownerPassphrase'), demo: false, token };
  const outcome = await act(site.ledger, holder, async (ctx) => {
    const established = await establishOrganisation(ctx, input);
    if (!established.ok) return established;
    const here = { device: site.deviceOf(request), held: heldToken(site, request, 'staff') };
    const session = await openSession(ctx, { ...established.value, method: 'set-up', ...here });
    if (!session.ok) throw new Error('whoever was made a moment ago is let in');
    return done(session.value);
  });
  if (outcome.ok) {
    // Only now is the public address known, and with it whether cookies can be secure.
    await site.organisation();
    const cookie = setCookie('staff', outcome.value.token, { secure: site.secureCookies(), seconds: null });
    return seeOther(`/${locale}/console?just=set-up`, { 'set-cookie': cookie });
  }
  const { refusal } = outcome;
  if (isDeadEnd(refusal)) {
    const [problem, status] = deadEnds[refusal];
    return problemPage(site, locale, problem, status);
  }
  return formPage(site, locale, { token, entered, errors: [setUpError(locale, { ...outcome, refusal })] }, 422);
}

function isDeadEnd(refusal: EstablishRefusal): refusal is SetUpDeadEnd {
  return Object.hasOwn(deadEnds, refusal);
}

type FormState = { token: string; entered: Parameters<typeof setUpPage>[0]['entered']; errors: readonly SetUpError[] };

function formPage(site: Site, locale: string, { token, entered, errors }: FormState, status = 200): Response {
  const view = {
    token,
    entered,
    errors,
    languages: supportedLanguages,
    sectors,
    timeZones: Intl.supportedValuesOf('timeZone'),
    shortestPassphrase,
  };
  const reader = readerAt(site, locale);
  const query = `?token=${encodeURIComponent(token)}`;
  return htmlResponse(
    renderBarePage(setUpPage(view, reader), { organisation: null, banners: [], query }, reader, site.assets),
    status,
  );
}

function problemPage(site: Site, locale: string, problem: SetUpProblem, status: number): Response {
  const reader = readerAt(site, locale);
  const bytes = renderBarePage(
    setUpProblem(problem, reader),
    { organisation: null, banners: [], query: '' },
    reader,
    site.assets,
  );
  return htmlResponse(bytes, status, status === 503 ? { 'retry-after': '60' } : {});
}

function readerAt(site: Site, locale: string) {
  return { locale, zone: 'UTC', now: site.ledger.now() };
}
