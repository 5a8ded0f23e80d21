import { idForm } from '#kernel/ids';
import {
  type AccountsRefusal,
  accountsSentence,
  askToGrant,
  askToInvite,
  consolePeople,
  type ConsolePeopleView,
  consolePerson,
  type ConsolePersonView,
  consoleReviewAccess,
  giftsTakeTwo,
  grantRole,
  invite,
  isAbove,
  lastAccessReview,
  leave,
  listCustomRoles,
  listDepartments,
  listInvitations,
  listMade,
  listStaff,
  peopleText,
  resetProofs,
  reviewAccess,
  revokeInvitation,
  withdrawRole,
} from '#accounts';
import { Hono } from 'hono';
import { type Context, holds } from '#kernel/context';
import type { Form } from '#kernel/http';
import type { Refused } from '#kernel/outcome';
import { act, observe } from '#ledger';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { departmentIn } from './departments-to-write.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const formLimit = 16_000;
const path = '/:lang{[a-z]{2}}/console/people';

/** Who works here and what they may do. */
export function peopleRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(path, withDesk(site, showPeople));
  app.post(path, withForm(site, formLimit, sendInvitation));
  app.post(`${path}/ask-invite`, withForm(site, formLimit, askInvitation));
  app.post(`${path}/invitations/:id{${idForm}}`, withForm(site, formLimit, revoke));
  app.get(`${path}/review`, withDesk(site, showReview));
  app.post(`${path}/review`, withForm(site, formLimit, sendReview));
  app.get(
    `${path}/:id{${idForm}}`,
    withDesk(site, (desk, request) => showPerson(desk, request)),
  );
  app.post(`${path}/:id{${idForm}}/grant`, withForm(site, formLimit, grant));
  app.post(`${path}/:id{${idForm}}/ask-grant`, withForm(site, formLimit, askGrant));
  app.post(`${path}/:id{${idForm}}/withdraw`, withForm(site, formLimit, withdraw));
  app.post(`${path}/:id{${idForm}}/reset-proofs`, withForm(site, formLimit, reset));
  app.post(`${path}/:id{${idForm}}/leave`, withForm(site, formLimit, endAccess));
  return app;
}

function contextOf({ site, signedIn }: Desk): Context {
  return observe(site.ledger, signedIn.actor);
}

function idOf({ params }: Desk): string {
  return params['id'] ?? '';
}

function justOf<Just extends string>(request: Request, known: readonly Just[]): Just | null {
  const just = new URL(request.url).searchParams.get('just');
  return known.find((name) => name === just) ?? null;
}

async function choicesFor(ctx: Context) {
  return { customRoles: await listCustomRoles(ctx), departments: await listDepartments(ctx) };
}

/** What a form says about a role. */
function roleIn(form: Form) {
  return { role: form.text('role'), departmentId: departmentIn(form.text('department')) };
}

type PeopleState = Pick<ConsolePeopleView, 'entered' | 'errors' | 'invited' | 'just'>;
const nothingEntered = { email: '', role: 'support', departmentId: '' };

async function peoplePage(desk: Desk, state: PeopleState, status = 200): Promise<Response> {
  const ctx = contextOf(desk);
  const view = {
    ...state,
    staff: await listStaff(ctx),
    invitations: await listInvitations(ctx),
    choices: await choicesFor(ctx),
    mayInvite: holds(desk.signedIn.actor, 'accounts:invite'),
    takesTwo: await giftsTakeTwo(ctx),
  };
  return consoleResponse(desk, consolePeople(view, desk.reader), status);
}

function showPeople(desk: Desk, request: Request): Promise<Response> {
  const just = justOf(request, ['revoked', 'left', 'invite-asked']);
  return peoplePage(desk, { entered: nothingEntered, errors: [], invited: null, just });
}

async function sendInvitation(desk: Desk, _: Request, form: Form): Promise<Response> {
  const { site, organisation, reader, signedIn } = desk;
  const input = { email: form.text('email'), ...roleIn(form) };
  const { name, publicUrl } = organisation;
  const letter = { organisation: name, publicUrl, locale: reader.locale };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => invite(ctx, { ...input, ...letter }));
  if (!outcome.ok) return notInvited(desk, input, outcome);
  const mailed = site.mail !== 'none';
  const invited = { email: input.email.trim(), link: outcome.value.href, mailed };
  return peoplePage(desk, { entered: nothingEntered, errors: [], invited, just: null });
}

async function askInvitation(desk: Desk, _: Request, form: Form): Promise<Response> {
  const { site, reader, signedIn } = desk;
  const input = { email: form.text('email'), ...roleIn(form) };
  const wanted = { ...input, reason: form.text('reason').replaceAll('\r\n', '\n') };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => askToInvite(ctx, wanted));
  return outcome.ok ? seeOther(`/${reader.locale}/console/people?just=invite-asked`) : notInvited(desk, input, outcome);
}

type Invited = { readonly email: string; readonly role: string; readonly departmentId: string | null };

const invitationFields: Readonly<Record<string, ConsolePeopleView['errors'][number]['field']>> = {
  'accounts/email-not-valid': 'email',
  'accounts/works-here': 'email',
  'accounts/approval-reason-missing': 'reason',
};

function notInvited(desk: Desk, { email, role, departmentId }: Invited, refused: Refused<AccountsRefusal>): Promise<Response> {
  const message = accountsSentence(refused.refusal, refused.facts, desk.reader.locale);
  const errors = [{ field: invitationFields[refused.refusal] ?? 'role', message }];
  return peoplePage(desk, { entered: { email, role, departmentId: departmentId ?? '' }, errors, invited: null, just: null }, 422);
}

async function revoke(desk: Desk, request: Request): Promise<Response> {
  const { site, reader, signedIn } = desk;
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => revokeInvitation(ctx, { invitationId: idOf(desk) }));
  return outcome.ok ? seeOther(`/${reader.locale}/console/people?just=revoked`) : problemResponse(site, request, 404);
}

async function showReview(desk: Desk, request: Request): Promise<Response> {
  const ctx = contextOf(desk);
  const view = {
    staff: await listStaff(ctx),
    customRoles: await listCustomRoles(ctx),
    lastReview: await lastAccessReview(ctx),
    mayManage: holds(desk.signedIn.actor, 'accounts:manage'),
    just: justOf(request, ['reviewed']) !== null,
  };
  return consoleResponse(desk, consoleReviewAccess(view, desk.reader));
}

async function sendReview({ site, reader, signedIn }: Desk): Promise<Response> {
  await act(site.ledger, signedIn.actor, reviewAccess);
  return seeOther(`/${reader.locale}/console/people/review?just=reviewed`);
}

async function showPerson(
  desk: Desk,
  request: Request,
  errors: ConsolePersonView['errors'] = [],
  status = 200,
): Promise<Response> {
  const ctx = contextOf(desk);
  const id = idOf(desk);
  const person = (await listStaff(ctx)).find((member) => member.id === id);
  if (!person) return problemResponse(desk.site, request, 404);
  const { actor } = desk.signedIn;
  const choices = await choicesFor(ctx);
  const held = person.roles.map((row) => ({
    ...row,
    permissions: choices.customRoles.find((custom) => custom.id === row.role)?.permissions ?? null,
  }));
  const manages = holds(actor, 'accounts:manage');
  const above = manages && isAbove(actor, held);
  const view = {
    person,
    choices,
    mayManage: manages && !above,
    above,
    takesTwo: await giftsTakeTwo(ctx),
    made: manages ? await listMade(ctx, id) : { programs: [], webhooks: [] },
    mayConnect: holds(actor, 'accounts:connect'),
    self: person.id === desk.signedIn.account.id,
    errors,
    just: justOf(request, ['granted', 'asked', 'withdrawn', 'reset']),
  };
  return consoleResponse(desk, consolePerson(view, desk.reader), status);
}

async function grant(desk: Desk, request: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const accountId = idOf(desk);
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => grantRole(ctx, { accountId, ...roleIn(form) }));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/people/${accountId}?just=granted`);
  if (outcome.refusal === 'accounts/person-not-found') return problemResponse(site, request, 404);
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return showPerson(desk, request, [{ field: 'role', message }], 422);
}

async function askGrant(desk: Desk, request: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const accountId = idOf(desk);
  const wanted = { accountId, ...roleIn(form), reason: form.text('reason').replaceAll('\r\n', '\n') };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => askToGrant(ctx, wanted));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/people/${accountId}?just=asked`);
  if (outcome.refusal === 'accounts/person-not-found') return problemResponse(site, request, 404);
  const field = outcome.refusal === 'accounts/approval-reason-missing' ? 'reason' : 'role';
  return showPerson(desk, request, [{ field, message: accountsSentence(outcome.refusal, outcome.facts, reader.locale) }], 422);
}

async function withdraw(desk: Desk, request: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const accountId = idOf(desk);
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => withdrawRole(ctx, { accountId, ...roleIn(form) }));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/people/${accountId}?just=withdrawn`);
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return showPerson(desk, request, [{ field: 'role', message }], 422);
}

async function reset(desk: Desk, request: Request): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const accountId = idOf(desk);
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => resetProofs(ctx, { accountId }));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/people/${accountId}?just=reset`);
  if (outcome.refusal === 'accounts/account-not-found') return problemResponse(site, request, 404);
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return showPerson(desk, request, [{ field: 'role', message }], 403);
}

async function endAccess(desk: Desk, request: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  if (form.text('confirm') === '') {
    const message = peopleText(reader.locale)('leave.unconfirmed');
    return showPerson(desk, request, [{ field: 'confirm', message }], 422);
  }
  const accountId = idOf(desk);
  const made = await listMade(contextOf(desk), accountId);
  const ticked = (kind: string, all: readonly { readonly id: string }[]) =>
    all.map(({ id }) => id).filter((id) => form.text(`${kind}-${id}`) !== '');
  const leaving = { accountId, programs: ticked('program', made.programs), webhooks: ticked('webhook', made.webhooks) };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => leave(ctx, leaving));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/people?just=left`);
  if (outcome.refusal === 'accounts/person-not-found') return problemResponse(site, request, 404);
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return showPerson(desk, request, [{ field: 'confirm', message }], 422);
}
