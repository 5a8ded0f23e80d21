import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { revokeKey } from '../keys/revoke-key.ts';
import { anyAbove } from '../roles/ceiling.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { removeWebhook } from '../webhooks/change-webhook.ts';
import { isLastOwner } from './is-last-owner.ts';
import { listMade } from './list-made.ts';

export type Leaving = {
  readonly accountId: string;
  /** What they made and what is to end with them. Keys belong to programs, so all others go on. */
  readonly programs?: readonly string[];
  readonly webhooks?: readonly string[];
};
export type LeaveRefusal =
  | 'accounts/person-not-found'
  | 'accounts/last-owner'
  | 'accounts/above-own'
  | 'accounts/key-unknown'
  | 'accounts/webhook-not-found';

/**
 * Somebody no longer works here: every session, role and way in ends in this act, and what they did keeps their id.
 * @returns how many sessions were ended.
 */
export async function leave(
  ctx: Context,
  { accountId, programs = [], webhooks = [] }: Leaving,
): Promise<Outcome<{ sessions: number }, LeaveRefusal>> {
  ctx.require('accounts:manage');
  if (programs.length + webhooks.length > 0) ctx.require('accounts:connect');
  const person = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('id', '=', accountId)
    .where('kind', '=', 'staff')
    .where('leftAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!person) return refuse('accounts/person-not-found');
  if (await anyAbove(ctx, [accountId])) return refuse('accounts/above-own');
  if (await isLastOwner(ctx.db, accountId)) return refuse('accounts/last-owner');
  const made = await listMade(ctx, accountId);
  if (!programs.every((id) => made.programs.some((each) => each.id === id))) return refuse('accounts/key-unknown');
  if (!webhooks.every((id) => made.webhooks.some((each) => each.id === id))) return refuse('accounts/webhook-not-found');
  for (const programId of programs) endsNow(await revokeKey(ctx, { programId }));
  for (const webhookId of webhooks) endsNow(await removeWebhook(ctx, { webhookId }));
  return done({ sessions: await shutOut(ctx, accountId) });
}

/** The same for whoever decides it: the console, or the system that the organisation keeps its people in. */
export async function shutOut(ctx: Context, accountId: string): Promise<number> {
  await ctx.db.updateTable('accounts.account').set({ leftAt: ctx.now() }).where('id', '=', accountId).execute();
  await ctx.db.deleteFrom('accounts.assignment').where('accountId', '=', accountId).execute();
  const sessions = await endSessions(ctx, accountId);
  await ctx.record({ type: 'staff.left', subject: accountId, body: { sessions } });
  return sessions;
}

/** Somebody else ended it since it was read: the whole act is taken back, and the page shows what is left. */
function endsNow(outcome: Outcome<null, string>): void {
  if (!outcome.ok) throw new Error(`what was just read is gone: ${outcome.refusal}`);
}
