import {
  createScimGroup,
  createScimUser,
  findConnection,
  groupType,
  listScimGroups,
  listScimUsers,
  noteScimClaim,
  patchScimGroup,
  patchScimUser,
  projectResource,
  readScimGroup,
  readScimUser,
  removeScimGroup,
  removeScimUser,
  replaceScimGroup,
  replaceScimUser,
  type ScimAsked,
  type ScimListed,
  type ScimObject,
  type ScimResourceType,
  userType,
} from '#accounts';
import { Hono } from 'hono';
import type { Actor, Context } from '#kernel/context';
import { type Outcome, refuse } from '#kernel/outcome';
import { act, observe } from '#ledger';
import type { Site } from '../site.ts';
import { mostResults, resourceTypes, schemas, serviceProviderConfig } from './describe-service.ts';
import { readScimBody } from './read-scim-body.ts';
import type { ScimRefusal } from './scim-refusals.ts';
import { emptyResponse, located, scimError, scimResponse } from './scim-response.ts';

/** What provisioning is answered from. */
export type ScimSource = Pick<Site, 'ledger' | 'limits' | 'organisation'>;

/** One authenticated request: for which connection, and below which address its resources stand. */
type Call = { readonly source: ScimSource; readonly request: Request; readonly actor: Actor; readonly base: string };

type Room = {
  readonly type: ScimResourceType;
  readonly list: (ctx: Context, asked: ScimAsked) => Promise<Outcome<ScimListed, ScimRefusal>>;
  readonly read: (ctx: Context, input: { id: string }) => Promise<Outcome<ScimObject, ScimRefusal>>;
  readonly create: (ctx: Context, input: { sent: ScimObject }) => Promise<Outcome<ScimObject, ScimRefusal>>;
  readonly replace: (ctx: Context, input: { id: string; sent: ScimObject }) => Promise<Outcome<ScimObject, ScimRefusal>>;
  readonly patch: (ctx: Context, input: { id: string; sent: ScimObject }) => Promise<Outcome<ScimObject, ScimRefusal>>;
  readonly remove: (ctx: Context, input: { id: string }) => Promise<Outcome<null, ScimRefusal>>;
};

const users: Room = {
  type: userType,
  list: listScimUsers,
  read: readScimUser,
  create: createScimUser,
  replace: replaceScimUser,
  patch: patchScimUser,
  remove: removeScimUser,
};

const groups: Room = {
  type: groupType,
  list: listScimGroups,
  read: readScimGroup,
  create: createScimGroup,
  replace: replaceScimGroup,
  patch: patchScimGroup,
  remove: removeScimGroup,
};

/** The protocol of identity systems, to be mounted below `/scim/v2`. No cookie is read here: only a token speaks. */
export function scimRoutes(source: ScimSource): Hono {
  const app = new Hono();
  const on = (method: string, path: string, answer: (call: Call, id: string) => Response | Promise<Response>) =>
    app.on(method, path, async (c) => {
      const call = await openCall(source, c.req.raw);
      return call instanceof Response ? call : answer(call, c.req.param('id') ?? '');
    });
  on('GET', '/ServiceProviderConfig', ({ base }) => scimResponse(located(serviceProviderConfig(), base)));
  for (const [path, all] of [
    ['/ResourceTypes', resourceTypes],
    ['/Schemas', schemas],
  ] as const) {
    on('GET', path, (call) => describe(call, all()));
    on('GET', `${path}/:id`, (call, id) => describeOne(call, all(), id));
  }
  for (const room of [users, groups]) {
    const path = room.type.endpoint;
    on('GET', path, (call) => list(call, room));
    on('POST', path, (call) => create(call, room));
    on('GET', `${path}/:id`, async (call, id) => told(call, room, await room.read(contextOf(call), { id })));
    on('PUT', `${path}/:id`, (call, id) => write(call, room, (ctx, sent) => room.replace(ctx, { id, sent })));
    on('PATCH', `${path}/:id`, (call, id) => patch(call, room, id));
    on('DELETE', `${path}/:id`, async (call, id) => {
      const removed = await within(call, (ctx) => room.remove(ctx, { id }));
      return removed.ok ? emptyResponse() : scimError(removed.refusal, removed.facts);
    });
    app.all(path, () => scimError('scim/method', {}, { allow: 'GET, HEAD, POST' }));
    app.all(`${path}/:id`, () => scimError('scim/method', {}, { allow: 'GET, HEAD, PUT, PATCH, DELETE' }));
  }
  app.all('/Me', () => scimError('scim/not-implemented'));
  app.all('*', () => scimError('accounts/scim-not-found'));
  return app;
}

async function openCall(source: ScimSource, request: Request): Promise<Call | Response> {
  const organisation = await source.organisation();
  if (!organisation) return scimError('scim/unready', {}, { 'retry-after': '60' });
  const [, token] = /^bearer +([\w-]{43})$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  const actor = token === undefined ? null : await findConnection(observe(source.ledger, { kind: 'visitor' }), { token });
  if (actor) return { source, request, actor, base: `${organisation.publicUrl.replace(/\/$/, '')}/scim/v2` };
  // Counted only here: a token has 256 bits, so this bounds the work of strangers and not of who provisions.
  const seconds = await source.limits.take('lookup', request);
  if (seconds > 0) return scimError('scim/too-many', {}, { 'retry-after': String(seconds) });
  return scimError('scim/unknown-token', {}, { 'www-authenticate': 'Bearer' });
}

function contextOf({ source, actor }: Call): Context {
  return observe(source.ledger, actor);
}

const uniqueViolation = '23505';

/** One act. Two requests that take the same name at once are told apart by the database, and the later one is refused like any other. */
async function within<Value>(
  { source, actor }: Call,
  verb: (ctx: Context) => Promise<Outcome<Value, ScimRefusal>>,
): Promise<Outcome<Value, ScimRefusal>> {
  try {
    return await act(source.ledger, actor, verb);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) return refuse('scim/taken-meanwhile');
    throw error;
  }
}

function told(call: Call, { type }: Room, outcome: Outcome<ScimObject, ScimRefusal>, status = 200): Response {
  if (!outcome.ok) return scimError(outcome.refusal, outcome.facts);
  const resource = located(outcome.value, call.base);
  const shown = projectResource(resource, type, wishes(call));
  const { meta } = resource;
  const location = typeof meta === 'object' && meta !== null && 'location' in meta ? meta.location : null;
  return scimResponse(shown, status, typeof location === 'string' ? { location } : {});
}

function wishes({ request }: Call) {
  const query = new URL(request.url).searchParams;
  const names = (name: string) => (query.get(name) ?? '').split(',').filter(Boolean);
  return { only: names('attributes'), not: names('excludedAttributes') };
}

async function list(call: Call, { type, list: find }: Room): Promise<Response> {
  const query = new URL(call.request.url).searchParams;
  const [startIndex, count] = [wholeNumber(query.get('startIndex'), 1), wholeNumber(query.get('count'), mostResults)];
  if (startIndex === null || count === null) return scimError('scim/query', { at: 'startIndex, count' });
  const asked = {
    filter: query.get('filter'),
    // Below the first is the first, and less than none is none (RFC 7644 §3.4.2.4).
    startIndex: Math.max(1, startIndex),
    count: Math.min(Math.max(0, count), mostResults),
  };
  const found = await find(contextOf(call), asked);
  if (!found.ok) return scimError(found.refusal, found.facts);
  const { total, resources } = found.value;
  const shown = resources.map((resource) => projectResource(located(resource, call.base), type, wishes(call)));
  return scimResponse(listOf(shown, total, asked.startIndex));
}

function wholeNumber(text: string | null, otherwise: number): number | null {
  if (text === null) return otherwise;
  return /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}

function listOf(resources: readonly ScimObject[], total: number, startIndex: number): ScimObject {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

type Write = (ctx: Context, sent: ScimObject) => Promise<Outcome<ScimObject, ScimRefusal>>;

async function write(call: Call, room: Room, how: Write, status = 200): Promise<Response> {
  const body = await readScimBody(call.request);
  if (!body.ok) return scimError(body.refusal, body.facts);
  return told(call, room, await within(call, (ctx) => how(ctx, body.value)), status);
}

async function create(call: Call, room: Room): Promise<Response> {
  const body = await readScimBody(call.request);
  if (!body.ok) return scimError(body.refusal, body.facts);
  const made = await within(call, (ctx) => room.create(ctx, { sent: body.value }));
  if (!made.ok && made.refusal === 'accounts/scim-address-taken')
    await act(call.source.ledger, call.actor, (ctx) => noteScimClaim(ctx, { sent: body.value }));
  return told(call, room, made, 201);
}

/** A changed group is not sent back: with its members it may be large, and nobody who changes one asks. */
async function patch(call: Call, room: Room, id: string): Promise<Response> {
  const answer = await write(call, room, (ctx, sent) => room.patch(ctx, { id, sent }));
  return room.type === groupType && answer.ok && wishes(call).only.length === 0 ? emptyResponse() : answer;
}

function describe(call: Call, all: readonly ScimObject[]): Response {
  return scimResponse(
    listOf(
      all.map((each) => located(each, call.base)),
      all.length,
      1,
    ),
  );
}

function describeOne(call: Call, all: readonly ScimObject[], id: string): Response {
  const found = all.find((each) => each['id'] === id);
  return found ? scimResponse(located(found, call.base)) : scimError('accounts/scim-not-found');
}
