import { ActingFrame, actingUnder, listMandates, type SeenMandate } from '#accounts';
import { Hono } from 'hono';
import type { ComponentChildren } from 'preact';
import { h } from 'preact';
import { type Actor, holds } from '#kernel/context';
import { type Form, pageHeaders } from '#kernel/http';
import { idForm } from '#kernel/ids';
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
import { type Self, selfResponse, withSelf, withSelfForm } from './with-self.ts';

const formLimit = 4_000;
const own = '/:lang{[a-z]{2}}/me/acceptances';
const acting = `/:lang{[a-z]{2}}/me/for/:id{${idForm}}/acceptances`;
const slug = ':slug{[a-z0-9-]{1,80}}';

/** Whose room it is, and as whom it is entered: one's own, or that of somebody for whom one acts. */
type Room = {
  readonly self: Self;
  readonly accountId: string;
  readonly actor: Extract<Actor, { kind: 'user' }>;
  readonly path: string;
  readonly frame: ((children: ComponentChildren) => ComponentChildren) | null;
};
type Answer = (room: Room, request: Request) => Promise<Response>;

/** What somebody is asked to accept and what they answered, for themselves and for people for whom they act. */
export function acceptanceRoutes(site: Site): Hono {
  const app = new Hono();
  for (const path of [own, acting]) {
    const on = (answer: Answer) => withSelf(site, (self, request) => enter(self, request, answer));
    app.get(path, on(showAll));
    app.get(`${path}/receipt`, on(download));
    app.get(
      `${path}/${slug}`,
      on((room, request) => showOne(room, request)),
    );
    app.post(
      `${path}/${slug}`,
      withSelfForm(site, formLimit, (self, request, form) => enter(self, request, (room) => answer(room, request, form))),
    );
  }
  return app;
}

/** A mandate of somebody else, one that ended and one that never was answer alike. */
async function enter(self: Self, request: Request, answer: Answer): Promise<Response> {
  const { signedIn, params, site, reader } = self;
  const { id } = params;
  if (id === undefined) {
    const { actor } = signedIn;
    return answer({ self, accountId: actor.id, actor, path: 'me/acceptances', frame: null }, request);
  }
  const under = actingUnder(signedIn.actor, id);
  const { asDelegate } = under ? await listMandates(observe(site.ledger, signedIn.actor), signedIn.actor.id) : { asDelegate: [] };
  const mandate = asDelegate.find((seen) => seen.id === id);
  if (!under || !mandate || !under.mandate.scope.has('self:read')) return problemResponse(site, request, 404);
  const frame = frameOf(mandate, reader.locale);
  return answer({ self, accountId: under.mandate.subject, actor: under.actor, path: `me/for/${id}/acceptances`, frame }, request);
}

function frameOf(mandate: SeenMandate, locale: string): Room['frame'] {
  return (children) => h(ActingFrame, { mandate, locale, children });
}

function mayAnswer({ actor, accountId }: Room): boolean {
  return holds(actor, 'self:manage', { subject: accountId });
}

const justs = ['accepted', 'refused', 'withdrawn'] as const;

async function showAll(room: Room, request: Request, error: string | null = null): Promise<Response> {
  const { self, accountId, actor, path, frame } = room;
  const ctx = observe(self.site.ledger, actor);
  const just = justs.find((name) => name === new URL(request.url).searchParams.get('just')) ?? null;
  const view = {
    organisation: self.organisation.name,
    acceptances: await ownAcceptances(ctx, { accountId }),
    receipt: (await ownAcceptanceReceipt(ctx, { accountId })) !== null,
    mayAnswer: mayAnswer(room),
    just: error === null ? just : null,
    error,
    path,
    frame,
  };
  return selfResponse(self, portalAcceptances(view, self.reader), error === null ? 200 : 409);
}

async function showOne(room: Room, request: Request, error: string | null = null): Promise<Response> {
  const { self, accountId, actor, path, frame } = room;
  const ctx = observe(self.site.ledger, actor);
  const organisation = self.organisation.name;
  const asked = { accountId, slug: self.params['slug'] ?? '', organisation, locale: self.reader.locale };
  const found = await ownQuestion(ctx, asked);
  if (!found) return problemResponse(self.site, request, 404);
  // Nothing is asked about this document any more: what was said stands in the room.
  if (!found.question) return error === null ? seeOther(`/${self.reader.locale}/${path}`) : showAll(room, request, error);
  const standing = { answer: found.standing.answer, after: found.standing.last?.n ?? 0 };
  const question = await loadQuestionView(ctx, found.question, standing, organisation);
  const page = portalQuestion({ question, error, mayAnswer: mayAnswer(room), path, frame }, self.reader);
  return selfResponse(self, page, error === null ? 200 : 409);
}

const decided = { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' } as const;

async function answer(room: Room, request: Request, form: Form): Promise<Response> {
  const { self, accountId, actor, path } = room;
  const { site, reader, organisation, params } = self;
  const decision = (['accept', 'refuse', 'withdraw'] as const).find((name) => name === form.text('decision'));
  const about = readShown(form, organisation.name, reader.locale);
  if (!decision) return problemResponse(site, request, 400);
  const input = { accountId, slug: params['slug'] ?? '', ...about };
  const outcome = await act(site.ledger, actor, (ctx) => {
    if (decision === 'withdraw') return withdrawAcceptance(ctx, input);
    return decision === 'accept' ? acceptVersion(ctx, input) : refuseVersion(ctx, input);
  });
  if (outcome.ok) return seeOther(`/${reader.locale}/${path}?just=${decided[decision]}`);
  if (outcome.refusal === 'policies/policy-not-found') return problemResponse(site, request, 404);
  // Asked again about what stands now, with what was wrong above it.
  return showOne(room, request, policiesSentence(outcome.refusal, outcome.facts, reader.locale));
}

async function download({ self, accountId, actor }: Room, request: Request): Promise<Response> {
  const receipt = await ownAcceptanceReceipt(observe(self.site.ledger, actor), { accountId });
  if (!receipt) return problemResponse(self.site, request, 404);
  return new Response(Buffer.from(receipt), {
    headers: {
      ...pageHeaders,
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="acceptances.troth.json"',
      'cache-control': 'no-store',
    },
  });
}
