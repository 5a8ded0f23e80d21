import { idForm } from '#kernel/ids';
import {
  acceptMandate,
  accountsSentence,
  actsUnder,
  endMandate,
  listMandates,
  mandateError,
  offerMandate,
  type OfferMandateView,
  portalActing,
  portalMandates,
  portalOfferMandate,
  portalRequestMandate,
  requestMandate,
  type RequestMandateView,
  scopeIn,
  takeAllowance,
} from '#accounts';
import { Hono } from 'hono';
import type { Form } from '#kernel/http';
import { act, observe } from '#ledger';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { askForRoutes } from './ask-for-routes.ts';
import { personRoutes } from './self-routes.ts';
import { mandatePlace, type Whose } from './whose.ts';
import { type Self, selfResponse, withSelf, withSelfForm } from './with-self.ts';

const formLimit = 32_000;
const path = '/:lang{[a-z]{2}}/me';
// Nothing here tells whether an address has an account; this keeps one person from filling the desks of others.
const perDay = { burst: 20, seconds: 24 * 3600 };

/** Who acts for whom, as the two people themselves see it. */
export function mandateRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(`${path}/mandates`, withSelf(site, showMandates));
  app.get(
    `${path}/mandates/request`,
    withSelf(site, (self) => requestPage(self, { entered: nothingRequested, errors: [] })),
  );
  app.post(`${path}/mandates/request`, withSelfForm(site, formLimit, sendRequest));
  app.get(
    `${path}/mandates/offer`,
    withSelf(site, (self) => offerPage(self, { entered: nothingOffered, errors: [] })),
  );
  app.post(`${path}/mandates/offer`, withSelfForm(site, formLimit, sendOffer));
  app.post(`${path}/mandates/:id{${idForm}}/accept`, withSelfForm(site, formLimit, accept));
  app.post(`${path}/mandates/:id{${idForm}}/end`, withSelfForm(site, formLimit, end));
  const inside = mandatePlace(site);
  app.get(inside.path, inside.page(showActing));
  personRoutes(app, inside);
  askForRoutes(app, inside);
  return app;
}

function idOf({ params }: Self): string {
  return params['id'] ?? '';
}

const justs = ['requested', 'offered', 'accepted', 'ended'] as const;

async function showMandates(self: Self, request: Request): Promise<Response> {
  const { site, signedIn, reader } = self;
  const just = justs.find((name) => name === new URL(request.url).searchParams.get('just')) ?? null;
  const mandates = await listMandates(observe(site.ledger, signedIn.actor), signedIn.actor.id);
  return selfResponse(self, portalMandates({ ...mandates, just }, reader));
}

const nothingRequested: RequestMandateView['entered'] = {
  kind: '',
  principalName: '',
  principalAddress: '',
  bornOn: '',
  words: '',
  proof: '',
  read: false,
  manage: false,
  erase: false,
  until: '',
};
const nothingOffered: OfferMandateView['entered'] = {
  kind: '',
  delegateAddress: '',
  words: '',
  read: false,
  manage: false,
  erase: false,
  until: '',
};

function requestPage(self: Self, view: Omit<RequestMandateView, 'organisation'>, status = 200): Response {
  return selfResponse(self, portalRequestMandate({ organisation: self.organisation.name, ...view }, self.reader), status);
}

function offerPage(self: Self, view: OfferMandateView, status = 200): Response {
  return selfResponse(self, portalOfferMandate(view, self.reader), status);
}

/** @returns the error to show when this user has sent more than a day allows. */
async function tooMany({ site, signedIn, reader }: Self): Promise<{ field: 'kind'; message: string } | null> {
  const wait = await takeAllowance(observe(site.ledger, { kind: 'visitor' }), `mandate/${signedIn.actor.id}`, perDay);
  if (wait === 0) return null;
  const message = accountsSentence('accounts/too-many-attempts', { minutes: Math.ceil(wait / 60) }, reader.locale);
  return { field: 'kind', message };
}

async function sendRequest(self: Self, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = self;
  const { scope, chosen } = scopeIn(form);
  const entered = {
    kind: form.text('kind'),
    principalName: form.text('principalName'),
    principalAddress: form.text('principalAddress'),
    bornOn: form.text('bornOn'),
    words: form.text('words').replaceAll('\r\n', '\n'),
    proof: form.text('proof').replaceAll('\r\n', '\n'),
    until: form.text('until'),
    ...chosen,
  };
  const limited = await tooMany(self);
  if (limited) return requestPage(self, { entered, errors: [limited] }, 429);
  const asked = { ...entered, scope, delegateId: signedIn.actor.id, zone: reader.zone };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => requestMandate(ctx, asked));
  if (outcome.ok) return seeOther(`/${reader.locale}/me/mandates?just=requested`);
  return requestPage(self, { entered, errors: [mandateError(reader.locale, outcome, 'principalAddress')] }, 422);
}

async function sendOffer(self: Self, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = self;
  const { scope, chosen } = scopeIn(form);
  const entered = {
    kind: form.text('kind'),
    delegateAddress: form.text('delegateAddress'),
    words: form.text('words').replaceAll('\r\n', '\n'),
    until: form.text('until'),
    ...chosen,
  };
  const limited = await tooMany(self);
  if (limited) return offerPage(self, { entered, errors: [limited] }, 429);
  const offered = { ...entered, scope, principalId: signedIn.actor.id, zone: reader.zone };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => offerMandate(ctx, offered));
  if (outcome.ok) return seeOther(`/${reader.locale}/me/mandates?just=offered`);
  return offerPage(self, { entered, errors: [mandateError(reader.locale, outcome, 'delegateAddress')] }, 422);
}

async function accept(self: Self, request: Request): Promise<Response> {
  const { site, signedIn, reader } = self;
  const input = { delegateId: signedIn.actor.id, mandateId: idOf(self) };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => acceptMandate(ctx, input));
  return outcome.ok ? seeOther(`/${reader.locale}/me/mandates?just=accepted`) : problemResponse(site, request, 404);
}

async function end(self: Self, request: Request): Promise<Response> {
  const { site, signedIn, reader } = self;
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => endMandate(ctx, { mandateId: idOf(self) }));
  if (outcome.ok || outcome.refusal === 'accounts/mandate-over') return seeOther(`/${reader.locale}/me/mandates?just=ended`);
  return problemResponse(site, request, 404);
}

async function showActing({ site, reader, accountId, under, ...self }: Whose): Promise<Response> {
  if (!under) throw new Error('this page stands inside a mandate alone');
  const acts = await actsUnder(observe(site.ledger, self.actor), accountId);
  return selfResponse({ site, reader, ...self }, portalActing({ under, acts }, reader));
}
