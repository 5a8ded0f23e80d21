import {
  accountsSentence,
  askToMapGroup,
  askToReplaceToken,
  closeScimConnection,
  consoleScim,
  consoleScimTold,
  giftsTakeTwo,
  handOverAccount,
  listGrantable,
  listProviders,
  listScimConnections,
  mapScimGroup,
  nameScimProvider,
  openScimConnection,
  replaceScimToken,
  type ScimConnection,
  scimCloseUnconfirmed,
  type ScimView,
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
const path = '/:lang{[a-z]{2}}/console/connections/scim';

/** Directories that provision staff. */
export function scimConsoleRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withDesk(site, (desk, request) => show(desk, { just: justOf(request) })),
  );
  app.post(path, withForm(site, formLimit, open));
  for (const [name, answer] of Object.entries({
    token: replace,
    'ask-token': askToken,
    close,
    map,
    provider: nameProvider,
    'ask-map': askMap,
    'hand-over': handOver,
  })) {
    app.post(
      `${path}/:id/${name}`,
      withForm(site, formLimit, (desk, request, form) => onConnection(desk, request, form, answer)),
    );
  }
  return app;
}

function contextOf(desk: Desk) {
  return observe(desk.site.ledger, desk.signedIn.actor);
}

const justs = ['closed', 'mapped', 'provider', 'handed-over', 'asked'] as const;

function justOf(request: Request): ScimView['just'] {
  const just = new URL(request.url).searchParams.get('just');
  return justs.find((name) => name === just) ?? null;
}

const baseOf = ({ organisation }: Desk) => `${organisation.publicUrl.replace(/\/$/, '')}/scim/v2`;
const here = ({ reader }: Desk, just: string) => `/${reader.locale}/console/connections/scim?just=${just}`;

async function show(desk: Desk, asked: Partial<ScimView>, status = 200): Promise<Response> {
  const view: ScimView = {
    base: baseOf(desk),
    connections: await listScimConnections(contextOf(desk)),
    grantable: await listGrantable(contextOf(desk)),
    providers: await listProviders(contextOf(desk), 'staff'),
    mayManage: holds(desk.signedIn.actor, 'accounts:manage'),
    takesTwo: await giftsTakeTwo(contextOf(desk)),
    entered: { name: '' },
    errors: [],
    just: null,
    ...asked,
  };
  return consoleResponse(desk, consoleScim(view, desk.reader), status);
}

async function open(desk: Desk, _request: Request, form: Form): Promise<Response> {
  const name = form.text('name');
  const opened = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => openScimConnection(ctx, { name }));
  if (opened.ok) return told(desk, name.trim(), opened.value.token);
  const message = accountsSentence(opened.refusal, opened.facts, desk.reader.locale);
  return show(desk, { entered: { name }, errors: [{ field: 'name', message }] }, 422);
}

function told(desk: Desk, name: string, token: string): Response {
  return consoleResponse(desk, consoleScimTold({ name, token, base: baseOf(desk) }, desk.reader), 201);
}

type Answer = (desk: Desk, connection: ScimConnection, form: Form) => Promise<Response>;

async function onConnection(desk: Desk, request: Request, form: Form, answer: Answer): Promise<Response> {
  const { id } = desk.params;
  const connection = (await listScimConnections(contextOf(desk))).find((each) => each.id === id);
  return connection ? answer(desk, connection, form) : problemResponse(desk.site, request, 404);
}

async function replace(desk: Desk, { id, name }: ScimConnection): Promise<Response> {
  const replaced = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => replaceScimToken(ctx, { connectionId: id }));
  if (replaced.ok) return told(desk, name, replaced.value.token);
  const message = accountsSentence(replaced.refusal, replaced.facts, desk.reader.locale);
  return show(desk, { errors: [{ field: `token-${id}`, message }] }, 409);
}

async function askToken(desk: Desk, { id }: ScimConnection, form: Form): Promise<Response> {
  const field = `reason-token-${id}`;
  const wanted = { connectionId: id, reason: form.text(field).replaceAll('\r\n', '\n') };
  const asked = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => askToReplaceToken(ctx, wanted));
  if (asked.ok) return seeOther(here(desk, 'asked'));
  return show(desk, { errors: [{ field, message: accountsSentence(asked.refusal, asked.facts, desk.reader.locale) }] }, 422);
}

async function close(desk: Desk, { id }: ScimConnection, form: Form): Promise<Response> {
  const field = `close-${id}`;
  if (form.text(field) === '') return show(desk, { errors: [{ field, message: scimCloseUnconfirmed(desk.reader.locale) }] }, 422);
  const closed = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => closeScimConnection(ctx, { connectionId: id }));
  return closed.ok ? seeOther(here(desk, 'closed')) : show(desk, {}, 409);
}

function mappingIn(form: Form) {
  return { groupId: form.text('group'), role: form.text('role') || null, departmentId: form.text('department') || null };
}

async function askMap(desk: Desk, _connection: ScimConnection, form: Form): Promise<Response> {
  const mapping = mappingIn(form);
  const field = `reason-${mapping.groupId}`;
  const wanted = { ...mapping, reason: form.text(field).replaceAll('\r\n', '\n') };
  const asked = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => askToMapGroup(ctx, wanted));
  if (asked.ok) return seeOther(here(desk, 'asked'));
  return show(desk, { errors: [{ field, message: accountsSentence(asked.refusal, asked.facts, desk.reader.locale) }] }, 422);
}

async function map(desk: Desk, _connection: ScimConnection, form: Form): Promise<Response> {
  const mapping = mappingIn(form);
  const { groupId } = mapping;
  const mapped = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => mapScimGroup(ctx, mapping));
  if (mapped.ok) return seeOther(here(desk, 'mapped'));
  const message = accountsSentence(mapped.refusal, mapped.facts, desk.reader.locale);
  return show(desk, { errors: [{ field: `role-${groupId}`, message }] }, 422);
}

async function nameProvider(desk: Desk, { id }: ScimConnection, form: Form): Promise<Response> {
  const field = `provider-${id}`;
  const named = { connectionId: id, providerId: form.text(field) || null };
  const saved = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => nameScimProvider(ctx, named));
  if (saved.ok) return seeOther(here(desk, 'provider'));
  return show(desk, { errors: [{ field, message: accountsSentence(saved.refusal, saved.facts, desk.reader.locale) }] }, 422);
}

async function handOver(desk: Desk, { id }: ScimConnection, form: Form): Promise<Response> {
  const accountId = form.text('account');
  const given = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => handOverAccount(ctx, { connectionId: id, accountId }));
  if (given.ok) return seeOther(here(desk, 'handed-over'));
  const message = accountsSentence(given.refusal, given.facts, desk.reader.locale);
  return show(desk, { errors: [{ field: `claim-${accountId}`, message }] }, 422);
}
