import type { Context } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { endOfRecord } from './sweep-webhooks.ts';
import { makeWebhookSecret } from './webhook-secret.ts';

export type AddWebhookRefusal =
  | 'accounts/webhook-address-not-valid'
  | 'accounts/webhook-not-https'
  | 'accounts/webhook-types-missing'
  | 'accounts/webhook-types-unknown'
  | 'accounts/webhook-too-many';

export type NewWebhook = {
  readonly url: string;
  readonly types: readonly string[];
  /** Types of public statements that this version makes. */
  readonly knownTypes: readonly string[];
};

const mostWebhooks = 20;
const longestUrl = 2_000;

/** A new receiver. It is told everything of its types that enters the public record from now on. */
export async function addWebhook(
  ctx: Context,
  { url, types, knownTypes }: NewWebhook,
): Promise<Outcome<{ webhookId: string; secret: string }, AddWebhookRefusal>> {
  ctx.require('accounts:connect');
  const address = checkAddress(url);
  if (!address.ok) return address;
  if (types.length === 0) return refuse('accounts/webhook-types-missing');
  if (types.some((type) => !knownTypes.includes(type))) return refuse('accounts/webhook-types-unknown');
  const { count } = await ctx.db
    .selectFrom('accounts.webhook')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count >= mostWebhooks) return refuse('accounts/webhook-too-many', { most: mostWebhooks });
  const webhookId = rowId(ctx.now());
  const { shown, box } = makeWebhookSecret(ctx.secrets, webhookId);
  const nobody = { lease: null, leaseUntil: null, nextAttemptAt: null, oldSecret: null, oldSecretUntil: null };
  await ctx.db
    .insertInto('accounts.webhook')
    .values({
      id: webhookId,
      url: address.value,
      types: [...new Set(types)].toSorted(),
      state: 'active',
      secret: box,
      nextIndex: await endOfRecord(ctx.db),
      createdAt: ctx.now(),
      madeBy: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      ...nobody,
    })
    .execute();
  await ctx.record({ type: 'webhook.added', subject: webhookId, body: { url: address.value, types: [...types] } });
  return done({ webhookId, secret: shown });
}

/** Whether anybody is reached there is found out by sending: what a name leads to today says nothing about tomorrow. */
function checkAddress(text: string): Outcome<string, 'accounts/webhook-address-not-valid' | 'accounts/webhook-not-https'> {
  const url = URL.parse(text.trim());
  if (!url || text.length > longestUrl || url.username !== '' || url.password !== '' || !/^https?:$/.test(url.protocol))
    return refuse('accounts/webhook-address-not-valid');
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !here) return refuse('accounts/webhook-not-https');
  url.hash = '';
  return done(url.href);
}
