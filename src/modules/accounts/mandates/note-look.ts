import { type Context, mandateOf } from '#kernel/context';
import { type Outcome, done } from '#kernel/outcome';
import { actsFor } from './acts-under.ts';

export type Look = 'questions' | 'settings' | 'data' | 'download' | 'acceptances';

/**
 * Records that a delegate read what is held about somebody, for both to see: each download, and each kind of page once in a day.
 * What people read of themselves is recorded nowhere.
 */
export async function noteLook(
  ctx: Context,
  { accountId, what }: { accountId: string; what: Look },
): Promise<Outcome<null, never>> {
  ctx.require('self:read', { subject: accountId });
  const mandate = mandateOf(ctx.actor, accountId);
  if (!mandate) return done(null);
  const dayAgo = ctx.now().subtract({ hours: 24 });
  const acts = (await actsFor(ctx, accountId)).get(mandate.id) ?? [];
  const lately = acts.some(
    (act) => act.type === 'user.looked-at' && act.what === what && Temporal.Instant.compare(act.at, dayAgo) > 0,
  );
  if (what === 'download' || !lately) await ctx.record({ type: 'user.looked-at', subject: accountId, body: { what } });
  return done(null);
}
