import { Hono } from 'hono';
import { readForm } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { act, observe } from '#ledger';
import type { Organisation } from '#organisation';
import { answerByLink, linkPage, type LinkPageView, loadQuestionView, policiesSentence, readLinkQuestion } from '#policies';
import { formProblem } from '../form-problem.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import { bareResponse } from '../sign-in/bare-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { readShown } from './read-shown.ts';

const formLimit = 4_000;
const path = '/:lang{[a-z]{2}}/acceptance';
const visitor = { kind: 'visitor' } as const;

/** The page to which the organisation's own site sends somebody with a link: looking spends nothing, the answer does. */
export function acceptanceLinkRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(path, (c) => show(site, c.req.raw, interfaceLanguage(c.req.param('lang')), c.req.query('ticket') ?? '', null));
  app.post(path, (c) => answer(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  return app;
}

async function show(site: Site, request: Request, locale: string, ticket: string, error: string | null): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const { name, publicUrl } = organisation;
  const ctx = observe(site.ledger, visitor);
  const asked = await readLinkQuestion(ctx, { ticket, publicUrl, organisation: name, locale });
  if (!asked) return respond(site, request, locale, { organisation, ticket: '', state: { is: 'gone' }, status: 410 });
  const standing = { answer: asked.answer, after: asked.after };
  const question = await loadQuestionView(ctx, asked.question, standing, name);
  const state = { is: 'asking', question, ticket, error } as const;
  return respond(site, request, locale, { organisation, ticket, state, status: error === null ? 200 : 409 });
}

async function answer(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const { name, publicUrl } = organisation;
  const decided = { accept: 'accepted', refuse: 'refused' } as const;
  const decision = (['accept', 'refuse'] as const).find((one) => one === form.text('decision'));
  if (!decision) return problemResponse(site, request, 400);
  const kind = decided[decision];
  const ticket = form.text('ticket');
  const given = { ticket, publicUrl, kind, ...readShown(form, name, locale) };
  const made = await act(site.ledger, visitor, (ctx) => answerByLink(ctx, given));
  if (!made.ok) return show(site, request, locale, ticket, policiesSentence(made.refusal, made.facts, locale));
  // Shown at once: the way back is a link, since a form may lead to no other site.
  const state = { is: 'answered', kind, returnTo: made.value.returnTo } as const;
  return respond(site, request, locale, { organisation, ticket: '', state, status: 200 });
}

type Shown = {
  readonly organisation: Organisation;
  readonly ticket: string;
  readonly state: LinkPageView['state'];
  readonly status: number;
};

function respond(site: Site, request: Request, locale: string, { ticket, state, status }: Shown): Promise<Response> {
  const query = ticket === '' ? '' : `?ticket=${encodeURIComponent(ticket)}`;
  return bareResponse(site, request, { locale, query, status }, ({ name }, reader) =>
    linkPage({ organisation: name, state }, reader),
  );
}
