import {
  accountsSentence,
  addWebhook,
  consoleWebhook,
  consoleWebhooks,
  consoleWebhookTold,
  listWebhooks,
  pauseWebhook,
  removeWebhook,
  replaceWebhookSecret,
  replayDelivery,
  resumeWebhook,
  testWebhook,
  type Webhook,
  type WebhookListView,
  webhookRemoveUnconfirmed,
  type WebhookView,
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
const path = '/:lang{[a-z]{2}}/console/connections/webhooks';

/** Programs of the organisation that are told of the public record. */
export function webhookRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withDesk(site, (desk, request) => showAll(desk, { just: justOf(request) === 'removed' ? 'removed' : null })),
  );
  app.post(path, withForm(site, formLimit, add));
  app.get(
    `${path}/:id`,
    withDesk(site, (desk, request) => onWebhook(desk, request, (webhook) => showOne(desk, webhook, {}, 200, justOf(request)))),
  );
  for (const [name, answer] of Object.entries({ test, pause, resume, secret, replay, remove })) {
    app.post(
      `${path}/:id/${name}`,
      withForm(site, formLimit, (desk, request, form) => onWebhook(desk, request, (webhook) => answer(desk, webhook, form))),
    );
  }
  return app;
}

function contextOf(desk: Desk) {
  return observe(desk.site.ledger, desk.signedIn.actor);
}

const justOf = (request: Request) => new URL(request.url).searchParams.get('just');
const below = ({ reader }: Desk, rest: string) => `/${reader.locale}/console/connections/webhooks${rest}`;

async function showAll(desk: Desk, asked: Partial<WebhookListView>, status = 200): Promise<Response> {
  const view: WebhookListView = {
    webhooks: await listWebhooks(contextOf(desk)),
    knownTypes: knownTypesOf(desk),
    entered: { url: '', types: [] },
    errors: [],
    just: null,
    ...asked,
  };
  return consoleResponse(desk, consoleWebhooks(view, desk.reader), status);
}

/** What the public record can hold in this version. */
function knownTypesOf(desk: Desk): readonly string[] {
  return Object.keys(desk.site.ledger.leafFields).toSorted();
}

async function add(desk: Desk, _request: Request, form: Form): Promise<Response> {
  const entered = { url: form.text('url'), types: form.all('types') };
  const knownTypes = knownTypesOf(desk);
  const added = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => addWebhook(ctx, { ...entered, knownTypes }));
  if (added.ok) {
    const { webhookId, secret: shown } = added.value;
    const view = { webhookId, url: entered.url, secret: shown, replaces: false };
    return consoleResponse(desk, consoleWebhookTold(view, desk.reader), 201);
  }
  const field = added.refusal.startsWith('accounts/webhook-types') ? ('types' as const) : ('url' as const);
  const message = accountsSentence(added.refusal, added.facts, desk.reader.locale);
  return showAll(desk, { entered, errors: [{ field, message }] }, 422);
}

type Use = (webhook: Webhook) => Promise<Response> | Response;

async function onWebhook(desk: Desk, request: Request, use: Use): Promise<Response> {
  const { id } = desk.params;
  const webhook = (await listWebhooks(contextOf(desk))).find((each) => each.id === id);
  return webhook ? use(webhook) : problemResponse(desk.site, request, 404);
}

function showOne(
  desk: Desk,
  webhook: Webhook,
  asked: Pick<Partial<WebhookView>, 'errors'>,
  status = 200,
  just: string | null = null,
): Response {
  const known = just === 'queued' || just === 'paused' || just === 'resumed' ? just : null;
  return consoleResponse(desk, consoleWebhook({ webhook, errors: [], just: known, ...asked }, desk.reader), status);
}

async function test(desk: Desk, { id }: Webhook): Promise<Response> {
  await act(desk.site.ledger, desk.signedIn.actor, (ctx) => testWebhook(ctx, { webhookId: id }));
  return seeOther(below(desk, `/${id}?just=queued`));
}

async function pause(desk: Desk, { id }: Webhook): Promise<Response> {
  await act(desk.site.ledger, desk.signedIn.actor, (ctx) => pauseWebhook(ctx, { webhookId: id }));
  return seeOther(below(desk, `/${id}?just=paused`));
}

async function resume(desk: Desk, { id }: Webhook): Promise<Response> {
  await act(desk.site.ledger, desk.signedIn.actor, (ctx) => resumeWebhook(ctx, { webhookId: id }));
  return seeOther(below(desk, `/${id}?just=resumed`));
}

async function secret(desk: Desk, webhook: Webhook): Promise<Response> {
  const { id, url } = webhook;
  const replaced = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => replaceWebhookSecret(ctx, { webhookId: id }));
  if (!replaced.ok) return showOne(desk, webhook, {}, 409);
  const view = { webhookId: id, url, secret: replaced.value.secret, replaces: true };
  return consoleResponse(desk, consoleWebhookTold(view, desk.reader), 201);
}

async function replay(desk: Desk, webhook: Webhook, form: Form): Promise<Response> {
  const { id } = webhook;
  const asked = { webhookId: id, messageId: form.text('message') };
  const queued = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => replayDelivery(ctx, asked));
  return queued.ok ? seeOther(below(desk, `/${id}?just=queued`)) : showOne(desk, webhook, {}, 409);
}

async function remove(desk: Desk, webhook: Webhook, form: Form): Promise<Response> {
  if (form.text('confirm') === '') {
    const message = webhookRemoveUnconfirmed(desk.reader.locale);
    return showOne(desk, webhook, { errors: [{ field: 'confirm', message }] }, 422);
  }
  await act(desk.site.ledger, desk.signedIn.actor, (ctx) => removeWebhook(ctx, { webhookId: webhook.id }));
  return seeOther(below(desk, '?just=removed'));
}
