import { parsePrivateEvent } from '@troth/tlog';
import { Hono } from 'hono';
import type { Page } from '#design';
import { cookieName, pageHeaders, readCookie, readForm, setCookie } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { parseReceiptCode } from '#kernel/ids';
import { act, bundleReceipt, observe, readSubject } from '#ledger';
import type { Organisation } from '#organisation';
import { readVersionText, renderSections } from '#policies';
import {
  eraseQuestion,
  portalEnter,
  portalErased,
  portalReceipt,
  type PortalEnterView,
  type Question,
  readByReceipt,
  type Receipt,
  readPublication,
  takeReceiptAllowance,
} from '#support';
import { bannersOf } from '../banners-of.ts';
import { formProblem } from '../form-problem.ts';
import { htmlResponse, seeOther } from '../html-response.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { mandateRoutes } from './mandate-routes.ts';
import { readReceiptCookie, receiptCookie } from './receipt-cookie.ts';
import { renderPortalPage } from './render-portal-page.tsx';

const visitor = { kind: 'visitor' } as const;
const formLimit = 4_000;
const receiptSeconds = 30 * 24 * 3600;
const path = '/:lang{[a-z]{2}}/me';

/** What a person sees of what is held about them, by their receipt code. */
export function portalRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(path, (c, next) => {
    // Somebody who is signed in has a page of their own at this address.
    const signedIn = readCookie(c.req.raw, cookieName('user', site.secureCookies())) !== null;
    return signedIn ? next() : showMatter(site, c.req.raw, interfaceLanguage(c.req.param('lang')));
  });
  app.get(`${path}/matter`, (c) => showMatter(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  app.post(path, (c) => enter(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  app.get(`${path}/receipt`, (c) => downloadReceipt(site, c.req.raw));
  app.post(`${path}/erase`, (c) => erase(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  app.post(`${path}/leave`, (c) => leave(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  app.route('/', mandateRoutes(site));
  return app;
}

function receiptIn(site: Site, request: Request): Receipt | null {
  const held = readCookie(request, cookieName('receipt', site.secureCookies()));
  return held === null ? null : readReceiptCookie(site.ledger.secrets, held);
}

async function showMatter(site: Site, request: Request, locale: string): Promise<Response> {
  const receipt = receiptIn(site, request);
  const question = receipt === null ? null : await readByReceipt(observe(site.ledger, visitor), receipt);
  if (receipt === null || !question) {
    const left = new URL(request.url).searchParams.get('just') === 'left';
    return enterPage(site, request, locale, { code: '', known: '', problem: null, left });
  }
  return matterPage(site, request, locale, { code: receipt.code, question, eraseUnconfirmed: false });
}

async function enter(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const typed = form.text('code');
  const known = form.text('known').trim();
  const again = (problem: PortalEnterView['problem']) =>
    enterPage(site, request, locale, { code: typed, known, problem, left: false });
  if ((await site.limits.take('lookup', request)) > 0) return again('too-many');
  const code = parseReceiptCode(typed);
  if (code === null) return again('malformed');
  const ctx = observe(site.ledger, visitor);
  if ((await takeReceiptAllowance(ctx, { code })) > 0) return again('too-many');
  // One field for both: people know what they gave, and need not know which of the two it was.
  const receipt = { code, email: known, reference: known };
  if (!(await readByReceipt(ctx, receipt))) return again('unknown');
  const cookie = receiptCookie(site.ledger.secrets, receipt);
  return seeOther(`/${locale}/me/matter`, {
    'set-cookie': setCookie('receipt', cookie, { secure: site.secureCookies(), seconds: receiptSeconds }),
  });
}

async function leave(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  return foreign ?? seeOther(`/${locale}/me?just=left`, { 'set-cookie': forgotten(site) });
}

function forgotten(site: Site): string {
  return setCookie('receipt', '', { secure: site.secureCookies(), seconds: 0 });
}

async function erase(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const receipt = receiptIn(site, request);
  const ctx = observe(site.ledger, visitor);
  const question = receipt === null ? null : await readByReceipt(ctx, receipt);
  if (receipt === null || !question) return problemResponse(site, request, 404);
  if (form.text('confirm') === '')
    return matterPage(site, request, locale, { code: receipt.code, question, eraseUnconfirmed: true });
  const { entries } = await readSubject(ctx, question.subject);
  const erased = await act(site.ledger, visitor, (tx) => eraseQuestion(tx, { receipt }));
  if (!erased.ok) return problemResponse(site, request, 404);
  // The erasure itself is the last commitment.
  const view = { commitments: entries.length + 1, wasPublished: question.publishedAt !== null };
  return respond(
    site,
    request,
    locale,
    (organisation, reader) => portalErased({ organisation: organisation.name, ...view }, reader),
    200,
    { 'set-cookie': forgotten(site) },
  );
}

async function downloadReceipt(site: Site, request: Request): Promise<Response> {
  const receipt = receiptIn(site, request);
  const ctx = observe(site.ledger, visitor);
  const question = receipt === null ? null : await readByReceipt(ctx, receipt);
  const bundle = question && (await bundleReceipt(ctx, question.subject));
  if (!bundle) return problemResponse(site, request, 404);
  return new Response(Buffer.from(bundle), {
    headers: {
      ...pageHeaders,
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="receipt.troth.json"',
      'cache-control': 'no-store',
    },
  });
}

type Entering = Pick<PortalEnterView, 'code' | 'known' | 'problem' | 'left'>;

function enterPage(site: Site, request: Request, locale: string, view: Entering): Promise<Response> {
  const status = view.problem === null ? 200 : view.problem === 'too-many' ? 429 : 422;
  return respond(
    site,
    request,
    locale,
    (organisation, reader) => portalEnter({ organisation: organisation.name, ...view }, reader),
    status,
  );
}

type Matter = { code: string; question: Question; eraseUnconfirmed: boolean };

async function matterPage(
  site: Site,
  request: Request,
  locale: string,
  { code, question, eraseUnconfirmed }: Matter,
): Promise<Response> {
  const ctx = observe(site.ledger, visitor);
  const { content, clauseId, documentId, versionNumber, answeredAt, dueAt } = question;
  if (!content) return problemResponse(site, request, 404);
  const text = await readVersionText(ctx, documentId, versionNumber);
  const section =
    text && clauseId !== null ? renderSections(text.toString('utf8')).find(({ clause }) => clause?.id === clauseId) : null;
  const { entries } = await readSubject(ctx, question.subject);
  const recorded = entries.flatMap(({ n, index, canonical }) => {
    const event = parsePrivateEvent(canonical);
    return event ? [{ n, type: event.type, at: Temporal.Instant.from(event.at), entry: index }] : [];
  });
  const answer =
    content.answer !== null && answeredAt
      ? { text: content.answer, at: answeredAt, late: Temporal.Instant.compare(answeredAt, dueAt) > 0 }
      : null;
  const published = await readPublication(ctx, question);
  return respond(
    site,
    request,
    locale,
    (organisation, reader) =>
      portalReceipt(
        {
          organisation: organisation.name,
          code,
          justAsked: new URL(request.url).searchParams.get('just') === 'asked',
          policy: { slug: question.slug, title: question.title, language: question.documentLanguage, version: versionNumber },
          clause: section?.clause ? { id: section.clause.id, heading: section.clause.text, excerpt: section.body } : null,
          question: content.question,
          language: question.language,
          askedAt: question.askedAt,
          dueAt,
          answer,
          reference: question.hasReference ? { end: content.referenceEnd } : null,
          mayPublish: question.mayPublish,
          published,
          recorded,
          eraseUnconfirmed,
        },
        reader,
      ),
    eraseUnconfirmed ? 422 : 200,
  );
}

type Reader = { locale: string; zone: string; now: Temporal.Instant };
type MakePage = (organisation: Organisation, reader: Reader) => Page;

async function respond(
  site: Site,
  request: Request,
  locale: string,
  make: MakePage,
  status = 200,
  headers: Record<string, string> = {},
): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const reader = { locale, zone: organisation.timeZone, now: site.ledger.now() };
  const view = { organisation: organisation.name, banners: bannersOf(site, organisation), self: null };
  return htmlResponse(renderPortalPage(make(organisation, reader), view, reader, site.assets), status, headers);
}
