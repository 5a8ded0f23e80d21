import { noteLook, pathOf, placeOf } from '#accounts';
import { Hono } from 'hono';
import { holds } from '#kernel/context';
import { type Form, pageHeaders } from '#kernel/http';
import { act, observe } from '#ledger';
import {
  acceptVersion,
  loadQuestionView,
  ownAcceptanceReceipt,
  ownAcceptances,
  ownQuestion,
  policiesSentence,
  portalAcceptances,
  portalQuestion,
  refuseVersion,
  withdrawAcceptance,
} from '#policies';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { readShown } from './read-shown.ts';
import { mandatePlace, ownPlace, type Whose } from './whose.ts';
import { selfResponse } from './with-self.ts';

const formLimit = 4_000;
const slug = ':slug{[a-z0-9-]{1,80}}';

/** What somebody is asked to accept and what they answered, for themselves and for people for whom they act. */
export function acceptanceRoutes(site: Site): Hono {
  const app = new Hono();
  for (const { path, page, form } of [ownPlace(site), mandatePlace(site)]) {
    const room = `${path}/acceptances`;
    app.get(room, page(readable((whose, request) => showAll(whose, request))));
    app.get(`${room}/receipt`, page(readable(download)));
    app.get(`${room}/${slug}`, page(readable((whose, request) => showOne(whose, request))));
    app.post(`${room}/${slug}`, form(formLimit, answer));
  }
  return app;
}

type Answer = (whose: Whose, request: Request) => Promise<Response>;

/** A delegate looks only where the mandate lets them, and that they looked stands in what was done for the person. */
function readable(show: Answer): Answer {
  return async (whose, request) => {
    const { site, actor, accountId, under } = whose;
    observe(site.ledger, actor).require('self:read', { subject: accountId });
    if (under) await act(site.ledger, actor, (ctx) => noteLook(ctx, { accountId, what: 'acceptances' }));
    return show(whose, request);
  };
}

function mayAnswer({ actor, accountId }: Whose): boolean {
  return holds(actor, 'self:manage', { subject: accountId });
}

const justs = ['accepted', 'refused', 'withdrawn'] as const;

async function showAll(whose: Whose, request: Request, error: string | null = null): Promise<Response> {
  const { site, accountId, actor, under, reader, organisation } = whose;
  const ctx = observe(site.ledger, actor);
  const just = justs.find((name) => name === new URL(request.url).searchParams.get('just')) ?? null;
  const view = {
    organisation: organisation.name,
    acceptances: await ownAcceptances(ctx, { accountId }),
    receipt: (await ownAcceptanceReceipt(ctx, { accountId })) !== null,
    mayAnswer: mayAnswer(whose),
    just: error === null ? just : null,
    error,
    under,
  };
  return selfResponse(whose, portalAcceptances(view, reader), error === null ? 200 : 409);
}

async function showOne(whose: Whose, request: Request, error: string | null = null): Promise<Response> {
  const { site, accountId, actor, under, reader, params } = whose;
  const ctx = observe(site.ledger, actor);
  const organisation = whose.organisation.name;
  const found = await ownQuestion(ctx, { accountId, slug: params['slug'] ?? '', organisation, locale: reader.locale });
  if (!found) return problemResponse(site, request, 404);
  // Nothing is asked about this document any more: what was said stands in the room.
  if (!found.question)
    return error === null ? seeOther(placeOf(reader.locale, under, 'acceptances')) : showAll(whose, request, error);
  const standing = { answer: found.standing.answer, after: found.standing.last?.n ?? 0 };
  const question = await loadQuestionView(ctx, found.question, standing, organisation);
  const page = portalQuestion({ question, error, mayAnswer: mayAnswer(whose), under }, reader);
  return selfResponse(whose, page, error === null ? 200 : 409);
}

const decided = { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' } as const;

async function answer(whose: Whose, request: Request, form: Form): Promise<Response> {
  const { site, accountId, actor, under, reader, organisation, params } = whose;
  const decision = (['accept', 'refuse', 'withdraw'] as const).find((name) => name === form.text('decision'));
  const about = readShown(form, organisation.name, reader.locale);
  if (!decision) return problemResponse(site, request, 400);
  const input = { accountId, slug: params['slug'] ?? '', ...about };
  const outcome = await act(site.ledger, actor, (ctx) => {
    if (decision === 'withdraw') return withdrawAcceptance(ctx, input);
    return decision === 'accept' ? acceptVersion(ctx, input) : refuseVersion(ctx, input);
  });
  if (outcome.ok) return seeOther(`/${reader.locale}/${pathOf(under, 'acceptances')}?just=${decided[decision]}`);
  if (outcome.refusal === 'policies/policy-not-found') return problemResponse(site, request, 404);
  // Asked again about what stands now, with what was wrong above it.
  return showOne(whose, request, policiesSentence(outcome.refusal, outcome.facts, reader.locale));
}

async function download({ site, accountId, actor }: Whose, request: Request): Promise<Response> {
  const receipt = await ownAcceptanceReceipt(observe(site.ledger, actor), { accountId });
  if (!receipt) return problemResponse(site, request, 404);
  return new Response(Buffer.from(receipt), {
    headers: {
      ...pageHeaders,
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="acceptances.troth.json"',
      'cache-control': 'no-store',
    },
  });
}
