import { type Context, holds, PermissionMissing } from '#kernel/context';
import { readPublicLog } from '#ledger';
import type { WebhookState } from './tables.ts';

export type Webhook = {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly state: WebhookState;
  /** When the next attempt follows a failed one. */
  readonly nextAttemptAt: Temporal.Instant | null;
  readonly attempts: number;
  /** Entries of the record that it was not sent or that are of other types. */
  readonly behind: number;
  readonly oldSecretUntil: Temporal.Instant | null;
  readonly deliveries: readonly Delivery[];
};

export type Delivery = {
  readonly messageId: string;
  readonly index: number | null;
  readonly type: string;
  readonly at: Temporal.Instant;
  readonly attempts: number;
  readonly milliseconds: number;
  readonly status: number | null;
  readonly fault: string | null;
  readonly delivered: boolean;
};

const mostDeliveries = 20;

/** Every webhook, oldest first, each with the newest of its deliveries. */
export async function listWebhooks(ctx: Context): Promise<readonly Webhook[]> {
  // Looking needs no fresh proof; every change does.
  if (!holds(ctx.actor, 'accounts:connect')) throw new PermissionMissing('accounts:connect');
  const { size } = await readPublicLog(ctx.db);
  const rows = await ctx.db
    .selectFrom('accounts.webhook')
    .select(['id', 'url', 'types', 'state', 'nextAttemptAt', 'attempts', 'nextIndex', 'oldSecretUntil'])
    .orderBy('id')
    .execute();
  return Promise.all(
    rows.map(async ({ nextIndex, oldSecretUntil, ...row }) => {
      const deliveries = await ctx.db
        .selectFrom('accounts.webhookDelivery')
        .select(['messageId', 'index', 'type', 'at', 'attempts', 'milliseconds', 'status', 'fault', 'delivered'])
        .where('webhookId', '=', row.id)
        .orderBy('at', 'desc')
        .limit(mostDeliveries)
        .execute();
      const overlaps = oldSecretUntil !== null && Temporal.Instant.compare(oldSecretUntil, ctx.now()) > 0;
      return { ...row, behind: Math.max(0, size - nextIndex), oldSecretUntil: overlaps ? oldSecretUntil : null, deliveries };
    }),
  );
}
