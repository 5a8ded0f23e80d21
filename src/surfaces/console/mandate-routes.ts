import { idForm } from '#kernel/ids';
import {
  approveMandate,
  consoleMandate,
  type ConsoleMandateView,
  consoleMandates,
  endMandate,
  listAllMandates,
  type MandateCase,
  mandateError,
  readMandateCase,
  scopeIn,
  refuseMandate,
} from '#accounts';
import { Hono } from 'hono';
import type { Form } from '#kernel/http';
import { act, observe } from '#ledger';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const formLimit = 16_000;
const path = '/:lang{[a-z]{2}}/console/mandates';

/** Who asks to act for somebody, and the decision. */
export function mandateRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(path, withDesk(site, showMandates));
  app.get(
    `${path}/:id{${idForm}}`,
    withDesk(site, (desk, request) => onMandate(desk, request, (mandate) => casePage(desk, mandate, asAsked(desk, mandate), []))),
  );
  app.post(
    `${path}/:id{${idForm}}/approve`,
    withForm(site, formLimit, (desk, request, form) => onMandate(desk, request, (mandate) => approve(desk, mandate, form))),
  );
  app.post(
    `${path}/:id{${idForm}}/refuse`,
    withForm(site, formLimit, (desk, request, form) => onMandate(desk, request, (mandate) => refuse(desk, mandate, form))),
  );
  app.post(
    `${path}/:id{${idForm}}/end`,
    withForm(site, formLimit, (desk, request) => onMandate(desk, request, (mandate) => end(desk, mandate))),
  );
  return app;
}

function contextOf({ site, signedIn }: Desk) {
  return observe(site.ledger, signedIn.actor);
}

async function onMandate(
  desk: Desk,
  request: Request,
  answer: (mandate: MandateCase) => Promise<Response> | Response,
): Promise<Response> {
  const { id = '' } = desk.params;
  const mandate = await readMandateCase(contextOf(desk), id);
  return mandate ? answer(mandate) : problemResponse(desk.site, request, 404);
}

async function showMandates(desk: Desk, request: Request): Promise<Response> {
  const wanted = new URL(request.url).searchParams.get('just');
  const just = (['approved', 'refused', 'ended'] as const).find((name) => name === wanted) ?? null;
  return consoleResponse(desk, consoleMandates({ mandates: await listAllMandates(contextOf(desk)), just }, desk.reader));
}

type Entered = ConsoleMandateView['entered'];

/** The form begins with what was asked; only who is meant is for staff alone to say. */
function asAsked({ reader }: Desk, { scope, expiresAt }: MandateCase): Entered {
  const last = expiresAt.subtract({ seconds: 1 }).toZonedDateTimeISO(reader.zone).toPlainDate();
  const [read, manage, erase] = [scope.includes('self:read'), scope.includes('self:manage'), scope.includes('self:erase')];
  return { principal: '', read, manage, erase, until: last.toString(), reason: '' };
}

function casePage(
  desk: Desk,
  mandate: MandateCase,
  entered: Entered,
  errors: ConsoleMandateView['errors'],
  status = 200,
): Response {
  return consoleResponse(desk, consoleMandate({ mandate, entered, errors }, desk.reader), status);
}

async function approve(desk: Desk, mandate: MandateCase, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const { scope, chosen } = scopeIn(form);
  // A form of ours sends one of the two; anything else finds nobody by an address.
  const principal = form.text('principal') === 'without-sign-in' ? 'without-sign-in' : 'by-address';
  const until = form.text('until');
  const input = { mandateId: mandate.id, principal, scope, until, zone: reader.zone } as const;
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => approveMandate(ctx, input));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/mandates?just=approved`);
  if (outcome.refusal === 'accounts/mandate-not-found') throw new Error('a mandate does not vanish');
  const errors = [mandateError(reader.locale, { ...outcome, refusal: outcome.refusal }, 'principal')];
  return casePage(desk, mandate, { principal, ...chosen, until, reason: '' }, errors, 422);
}

async function refuse(desk: Desk, mandate: MandateCase, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const reason = form.text('reason').replaceAll('\r\n', '\n');
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => refuseMandate(ctx, { mandateId: mandate.id, reason }));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/mandates?just=refused`);
  if (outcome.refusal === 'accounts/mandate-not-found') throw new Error('a mandate does not vanish');
  const errors = [mandateError(reader.locale, { ...outcome, refusal: outcome.refusal }, 'principal')];
  return casePage(desk, mandate, { ...asAsked(desk, mandate), reason }, errors, 422);
}

async function end(desk: Desk, mandate: MandateCase): Promise<Response> {
  const { site, signedIn, reader } = desk;
  await act(site.ledger, signedIn.actor, (ctx) => endMandate(ctx, { mandateId: mandate.id }));
  return seeOther(`/${reader.locale}/console/mandates?just=ended`);
}
