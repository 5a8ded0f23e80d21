import {
  consoleKey,
  consoleKeys,
  consoleKeyTold,
  type KeptProgram,
  keyConfirmMissing,
  type KeyError,
  keyError,
  type KeyListView,
  type KeyView,
  listKeys,
  makeKey,
  programScopes,
  revokeKey,
  rotateKey,
} from '#accounts';
import { Hono } from 'hono';
import { holds } from '#kernel/context';
import type { Form } from '#kernel/http';
import { act, observe } from '#ledger';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const formLimit = 16_000;
const path = '/:lang{[a-z]{2}}/console/connections/keys';

/** Programs of the organisation and their keys. */
export function keyRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withDesk(site, (desk, request) => showKeys(desk, request)),
  );
  app.post(path, withForm(site, formLimit, make));
  app.get(
    `${path}/:id`,
    withDesk(site, (desk, request) => onProgram(desk, request, (program) => showKey(desk, program))),
  );
  app.post(
    `${path}/:id/rotate`,
    withForm(site, formLimit, (desk, request, form) => onProgram(desk, request, (program) => rotate(desk, program, form))),
  );
  app.post(
    `${path}/:id/revoke`,
    withForm(site, formLimit, (desk, request, form) => onProgram(desk, request, (program) => revoke(desk, program, form))),
  );
  return app;
}

function contextOf(desk: Desk) {
  return observe(desk.site.ledger, desk.signedIn.actor);
}

type Asked = Pick<KeyListView, 'entered' | 'errors'>;
const fresh: Asked = { entered: { name: '', scopes: [], days: '90' }, errors: [] };

async function showKeys(desk: Desk, request: Request, asked = fresh, status = 200): Promise<Response> {
  const just = new URL(request.url).searchParams.get('just') === 'revoked' ? ('revoked' as const) : null;
  const scopes = programScopes.filter((scope) => holds(desk.signedIn.actor, scope));
  const view = { programs: await listKeys(contextOf(desk)), scopes, just, ...asked };
  return consoleResponse(desk, consoleKeys(view, desk.reader), status);
}

async function make(desk: Desk, request: Request, form: Form): Promise<Response> {
  const entered = { name: form.text('name'), scopes: form.all('scopes'), days: form.text('days') };
  const made = await act(desk.site.ledger, desk.signedIn.actor, (ctx) =>
    makeKey(ctx, { ...entered, days: wholeNumber(entered.days) }),
  );
  if (made.ok) return consoleResponse(desk, consoleKeyTold(made.value, desk.reader), 201);
  return showKeys(desk, request, { entered, errors: [keyError(desk.reader.locale, made)] }, 422);
}

async function onProgram(
  desk: Desk,
  request: Request,
  answer: (program: KeptProgram) => Promise<Response> | Response,
): Promise<Response> {
  const { id } = desk.params;
  const program = (await listKeys(contextOf(desk))).find((each) => each.id === id);
  return program ? answer(program) : problemResponse(desk.site, request, 404);
}

type RotationView = Pick<KeyView, 'entered' | 'errors'>;
const usual: RotationView = { entered: { days: '90', overlapDays: '1' }, errors: [] };

function showKey(desk: Desk, program: KeptProgram, asked = usual, status = 200): Response {
  return consoleResponse(desk, consoleKey({ program, ...asked }, desk.reader), status);
}

async function rotate(desk: Desk, program: KeptProgram, form: Form): Promise<Response> {
  const entered = { days: form.text('days'), overlapDays: form.text('overlapDays') };
  const rotation = {
    programId: program.id,
    days: wholeNumber(entered.days),
    overlapDays: wholeNumber(entered.overlapDays),
  };
  const rotated = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => rotateKey(ctx, rotation));
  if (rotated.ok) return consoleResponse(desk, consoleKeyTold(rotated.value, desk.reader), 201);
  if (rotated.refusal === 'accounts/key-unknown') return showKey(desk, program, usual, 409);
  const errors: KeyError[] = [keyError(desk.reader.locale, { ...rotated, refusal: rotated.refusal })];
  return showKey(desk, program, { entered, errors }, 422);
}

async function revoke(desk: Desk, program: KeptProgram, form: Form): Promise<Response> {
  if (form.text('confirm') === '')
    return showKey(desk, program, { ...usual, errors: [keyConfirmMissing(desk.reader.locale)] }, 422);
  await act(desk.site.ledger, desk.signedIn.actor, (ctx) => revokeKey(ctx, { programId: program.id }));
  return seeOther(`/${desk.reader.locale}/console/connections/keys?just=revoked`);
}

/** An empty field is no 0. */
function wholeNumber(text: string): number {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
}
