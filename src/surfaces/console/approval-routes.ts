import { idForm } from '#kernel/ids';
import {
  accountsSentence,
  askFourEyesOff,
  consoleApprovals,
  type ConsoleApprovalsView,
  decideApproval,
  listApprovals,
  listFourEyes,
  setFourEyes,
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
const path = '/:lang{[a-z]{2}}/console/approvals';
const justs = ['approved', 'declined', 'asked', 'switched-on', 'switched-off'] as const;

/** What waits for a second person, and what needs one. */
export function approvalRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withDesk(site, (desk, request) => {
      const wanted = new URL(request.url).searchParams.get('just');
      return page(desk, { errors: [], just: justs.find((name) => name === wanted) ?? null });
    }),
  );
  app.post(`${path}/settings`, withForm(site, formLimit, change));
  app.post(`${path}/ask`, withForm(site, formLimit, ask));
  app.post(`${path}/:id{${idForm}}`, withForm(site, formLimit, decide));
  return app;
}

type State = Pick<ConsoleApprovalsView, 'errors' | 'just'>;

async function page(desk: Desk, state: State, status = 200): Promise<Response> {
  const ctx = observe(desk.site.ledger, desk.signedIn.actor);
  const view = { ...state, approvals: await listApprovals(ctx), settings: await listFourEyes(ctx) };
  return consoleResponse(desk, consoleApprovals(view, desk.reader), status);
}

async function decide(desk: Desk, request: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const { id: approvalId = '' } = desk.params;
  // Agreeing is never what a form means by default.
  const decision = form.text('decision');
  if (decision !== 'approve' && decision !== 'decline') return problemResponse(site, request, 400);
  const note = form.text(`note-${approvalId}`).replaceAll('\r\n', '\n');
  const decided = { approvalId, approve: decision === 'approve', note };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => decideApproval(ctx, decided));
  if (outcome.ok) return seeOther(here(desk, decision === 'approve' ? 'approved' : 'declined'));
  if (outcome.refusal === 'accounts/approval-not-found') return problemResponse(site, request, 404);
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return page(desk, { errors: [{ field: `note-${approvalId}`, message }], just: null }, 422);
}

async function change(desk: Desk, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const permission = form.text('permission');
  const on = form.text('to') === 'on';
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => setFourEyes(ctx, { permission, on }));
  if (outcome.ok) return seeOther(here(desk, on ? 'switched-on' : 'switched-off'));
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return page(desk, { errors: [{ field: permission, message }], just: null }, 422);
}

async function ask(desk: Desk, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const permission = form.text('permission');
  const reason = form.text(`reason-${permission}`).replaceAll('\r\n', '\n');
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => askFourEyesOff(ctx, { permission, reason }));
  if (outcome.ok) return seeOther(here(desk, 'asked'));
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return page(desk, { errors: [{ field: permission, message }], just: null }, 422);
}

function here({ reader }: Desk, just: (typeof justs)[number]): string {
  return `/${reader.locale}/console/approvals?just=${just}`;
}
