import { readUserSession } from '#accounts';
import type { Actor } from '#kernel/context';
import { cookieName, pageHeaders, readCookie, readForm, setCookie } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { act, observe } from '#ledger';
import { askQuestion, trustAsk } from '#support';
import type { Site } from '../site.ts';
import { type Asking, loadAsk, nothingAsked } from './load-ask.ts';
import { problemResponse } from './problem-response.ts';
import { readingFor, shellView } from './render-address.ts';
import { renderTrustPage } from './render-trust-page.tsx';
import { formProblem } from '../form-problem.ts';
import { receiptCookie } from '../portal/receipt-cookie.ts';
import { refuseForeign } from '../refuse-foreign.ts';

const visitor = { kind: 'visitor' } as const;
const formLimit = 64_000;
/** Long enough to read the answer later on the same device; the code itself is what lasts. */
const receiptSeconds = 30 * 24 * 3600;

export async function askForm(site: Site, request: Request, lang: string, slug: string): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const version = Number(query.get('version'));
  const entered = { ...nothingAsked, version: version > 0 ? version : null, clause: query.get('clause') };
  return renderAsk(site, request, { lang, slug, entered, refused: null });
}

export async function sendQuestion(site: Site, request: Request, lang: string, slug: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const wait = await site.limits.take('asking', request);
  if (wait > 0) return tooMany(await problemResponse(site, request, 429), wait);
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const clause = form.text('clause');
  const entered = {
    question: form.text('question'),
    email: form.text('email'),
    reference: form.text('reference'),
    publish: form.text('publish') !== '',
    version: Number(form.text('version')),
    clause: clause === '' ? null : clause,
  };
  const outcome = await act(site.ledger, await asker(site, request), (ctx) =>
    askQuestion(ctx, {
      slug,
      version: entered.version,
      clauseId: entered.clause,
      question: entered.question,
      email: entered.email,
      reference: entered.reference,
      mayPublish: entered.publish,
      language: interfaceLanguage(lang),
    }),
  );
  if (!outcome.ok) return renderAsk(site, request, { lang, slug, entered, refused: outcome });
  // The code travels in a cookie and not in the address: addresses end up in histories and logs.
  const cookie = setCookie('receipt', receiptCookie(site.ledger.secrets, { ...entered, code: outcome.value.code }), {
    secure: site.secureCookies(),
    seconds: receiptSeconds,
  });
  return new Response(null, {
    status: 303,
    headers: { ...pageHeaders, location: `/${lang}/me/matter?just=asked`, 'set-cookie': cookie, 'cache-control': 'no-store' },
  });
}

/** A user who is signed in keeps the question with their account; everybody else has the receipt alone. */
async function asker(site: Site, request: Request): Promise<Actor> {
  const token = readCookie(request, cookieName('user', site.secureCookies()));
  const signedIn = token === null ? null : await readUserSession(observe(site.ledger, visitor), { token }, site.sessions);
  return signedIn?.actor ?? visitor;
}

async function renderAsk(site: Site, request: Request, asking: Asking & { lang: string }): Promise<Response> {
  const organisation = await site.organisation();
  const locale = interfaceLanguage(asking.lang);
  const view = organisation && (await loadAsk(observe(site.ledger, visitor), organisation, { ...asking, under: null, locale }));
  if (!organisation || !view) return problemResponse(site, request, 404);
  const { reader } = await readingFor(site, organisation, locale);
  const bytes = renderTrustPage(trustAsk(view, reader), await shellView(site, organisation), reader, site.assets);
  return new Response(bytes, {
    status: asking.refused ? 422 : 200,
    headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function tooMany(response: Response, seconds: number): Response {
  response.headers.set('retry-after', String(seconds));
  return response;
}
