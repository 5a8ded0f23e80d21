import { offers, placeOf } from '#accounts';
import type { Hono } from 'hono';
import type { Form } from '#kernel/http';
import { act, observe } from '#ledger';
import { loadPolicies } from '#policies';
import { askFor, portalAskFor, trustAsk } from '#support';
import { seeOther } from '../html-response.ts';
import { type Asking, loadAsk, nothingAsked } from '../trust/load-ask.ts';
import { problemResponse } from '../trust/problem-response.ts';
import type { Place, Whose } from './whose.ts';
import { selfResponse } from './with-self.ts';

const visitor = { kind: 'visitor' } as const;
const formLimit = 64_000;
const slug = ':slug{[a-z0-9-]{1,80}}';

/** How somebody asks in another person's name. */
export function askForRoutes(app: Hono, { path, page, form }: Place): void {
  app.get(`${path}/ask`, page(chooseText));
  app.get(`${path}/ask/${slug}`, page(showForm));
  app.post(`${path}/ask/${slug}`, form(formLimit, send));
}

// Which texts there are is what everybody may see, so these are read as a visitor.
async function chooseText(whose: Whose): Promise<Response> {
  const { site, actor, accountId, under, reader, organisation } = whose;
  observe(site.ledger, actor).require('self:manage', { subject: accountId });
  const { view: policies } = await loadPolicies(observe(site.ledger, visitor));
  return selfResponse(whose, portalAskFor({ under, organisation: organisation.name, policies }, reader));
}

function showForm(whose: Whose, request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const version = Number(query.get('version'));
  const entered = { ...nothingAsked, version: version > 0 ? version : null, clause: query.get('clause') };
  return formPage(whose, request, { slug: whose.params['slug'] ?? '', entered, refused: null });
}

async function send(whose: Whose, request: Request, form: Form): Promise<Response> {
  const { site, actor, accountId, under, reader } = whose;
  if ((await site.limits.take('asking', request)) > 0) return problemResponse(site, request, 429);
  const clauseId = form.text('clause') === '' ? null : form.text('clause');
  const about = {
    slug: whose.params['slug'] ?? '',
    version: Number(form.text('version')),
    clauseId,
    question: form.text('question'),
  };
  const outcome = await act(site.ledger, actor, (ctx) => askFor(ctx, { accountId, ...about, language: reader.locale }));
  if (outcome.ok) {
    // Who may ask and not read has no list to come back to.
    const reads = offers(under, 'self:read');
    return seeOther(reads ? `${placeOf(reader.locale, under, 'questions')}?just=asked` : placeOf(reader.locale, under));
  }
  const entered = { ...nothingAsked, question: about.question, version: about.version, clause: clauseId };
  return formPage(whose, request, { slug: about.slug, entered, refused: outcome });
}

async function formPage(whose: Whose, request: Request, asking: Asking): Promise<Response> {
  const { site, actor, accountId, under, reader, organisation } = whose;
  observe(site.ledger, actor).require('self:manage', { subject: accountId });
  const view = await loadAsk(observe(site.ledger, visitor), organisation, { ...asking, under, locale: reader.locale });
  if (!view) return problemResponse(site, request, 404);
  return selfResponse(whose, trustAsk(view, reader), asking.refused ? 422 : 200);
}
