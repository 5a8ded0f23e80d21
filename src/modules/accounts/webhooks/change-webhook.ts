import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { enqueue } from '#kernel/jobs';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { wakeWebhook } from './deliver-webhook.ts';
import { makeWebhookSecret } from './webhook-secret.ts';

export type ChangeWebhookRefusal = 'accounts/webhook-not-found';

type One = { readonly webhookId: string };
type Changed<Value> = Promise<Outcome<Value, ChangeWebhookRefusal>>;

/** How long both signatures are sent, so that the receiver can be changed without a gap. */
export const secretOverlap = Temporal.Duration.from({ hours: 24 });

/** A new secret. The one before signs beside it during the overlap. */
export async function replaceWebhookSecret(ctx: Context, { webhookId }: One): Changed<{ secret: string }> {
  ctx.require('accounts:connect');
  const webhook = await lockWebhook(ctx, webhookId);
  if (!webhook) return refuse('accounts/webhook-not-found');
  const { shown, box } = makeWebhookSecret(ctx.secrets, webhookId);
  await ctx.db
    .updateTable('accounts.webhook')
    .set({ secret: box, oldSecret: webhook.secret, oldSecretUntil: ctx.now().add(secretOverlap) })
    .where('id', '=', webhookId)
    .execute();
  await ctx.record({ type: 'webhook.secret-replaced', subject: webhookId, body: {} });
  return done({ secret: shown });
}

/** Sends nothing until it is resumed; what happens meanwhile is kept for then. */
export async function pauseWebhook(ctx: Context, { webhookId }: One): Changed<null> {
  ctx.require('accounts:connect');
  if (!(await lockWebhook(ctx, webhookId))) return refuse('accounts/webhook-not-found');
  await ctx.db
    .updateTable('accounts.webhook')
    .set({ state: 'paused', lease: null, leaseUntil: null })
    .where('id', '=', webhookId)
    .execute();
  await ctx.record({ type: 'webhook.paused', subject: webhookId, body: {} });
  return done(null);
}

/** Goes on at the entry at which it stopped: everything that was not accepted since is sent, in order. */
export async function resumeWebhook(ctx: Context, { webhookId }: One): Changed<null> {
  ctx.require('accounts:connect');
  if (!(await lockWebhook(ctx, webhookId))) return refuse('accounts/webhook-not-found');
  await ctx.db
    .updateTable('accounts.webhook')
    .set({ state: 'active', attempts: 0, nextAttemptAt: null, lease: null, leaseUntil: null })
    .where('id', '=', webhookId)
    .execute();
  await wakeWebhook(ctx.db, webhookId);
  await ctx.record({ type: 'webhook.resumed', subject: webhookId, body: {} });
  return done(null);
}

/** A test, to see that the receiver answers and knows the signature. */
export async function testWebhook(ctx: Context, { webhookId }: One): Changed<null> {
  ctx.require('accounts:connect');
  if (!(await lockWebhook(ctx, webhookId))) return refuse('accounts/webhook-not-found');
  await enqueue(ctx.db, 'webhooks/send-once', { webhook: webhookId, index: null }, { attempts: 1 });
  return done(null);
}

/** One message that was sent before, once more and under its old id. */
export async function replayDelivery(
  ctx: Context,
  { webhookId, messageId }: One & { messageId: string },
): Promise<Outcome<null, ChangeWebhookRefusal>> {
  ctx.require('accounts:connect');
  if (!(await lockWebhook(ctx, webhookId))) return refuse('accounts/webhook-not-found');
  const delivery = await ctx.db
    .selectFrom('accounts.webhookDelivery')
    .select('index')
    .where('webhookId', '=', webhookId)
    .where('messageId', '=', messageId)
    .executeTakeFirst();
  if (!delivery || delivery.index === null) return refuse('accounts/webhook-not-found');
  await enqueue(ctx.db, 'webhooks/send-once', { webhook: webhookId, index: delivery.index }, { attempts: 1 });
  return done(null);
}

export async function removeWebhook(ctx: Context, { webhookId }: One): Changed<null> {
  ctx.require('accounts:connect');
  if (!(await lockWebhook(ctx, webhookId))) return refuse('accounts/webhook-not-found');
  await ctx.db.deleteFrom('accounts.webhook').where('id', '=', webhookId).execute();
  await ctx.record({ type: 'webhook.removed', subject: webhookId, body: {} });
  return done(null);
}

async function lockWebhook(ctx: Context, webhookId: string): Promise<{ secret: Buffer } | undefined> {
  if (!isId(webhookId)) return undefined;
  return ctx.db.selectFrom('accounts.webhook').select('secret').where('id', '=', webhookId).forUpdate().executeTakeFirst();
}
