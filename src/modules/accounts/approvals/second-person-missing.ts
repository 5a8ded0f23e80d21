import type { Context } from '#kernel/context';
import { type Deed, needsSecondPerson } from './four-eyes.ts';
import { isSamePerson, staffHolding } from './staff-holding.ts';

export type SecondPersonRefusal = 'accounts/second-person-needed';

/**
 * Whether a second person must agree before the actor does this. An approval that is there is used up by the question,
 * so a verb asks last, refuses with `SecondPersonRefusal` when told so, and otherwise does what was agreed to.
 */
export async function secondPersonMissing(
  ctx: Context,
  { permission, object, digest, department = null }: Deed,
): Promise<boolean> {
  if (ctx.actor.kind === 'system' || !(await needsSecondPerson(ctx, permission))) return false;
  if (ctx.actor.kind !== 'staff') return true;
  const self = await ctx.db
    .selectFrom('accounts.account')
    .select(['id', 'email'])
    .where('id', '=', ctx.actor.id)
    .executeTakeFirst();
  // Locked, so that of two acts at once the second finds it used.
  const approvals = await ctx.db
    .selectFrom('accounts.approval')
    .select(['id', 'decidedBy'])
    .where('permission', '=', permission)
    .where('object', '=', object)
    .where('digest', '=', digest)
    .where('askedBy', '=', ctx.actor.id)
    .where('approved', '=', true)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', ctx.now())
    .orderBy('decidedAt')
    .forUpdate()
    .execute();
  if (!self || approvals.length === 0) return true;
  const others = (await staffHolding(ctx.db, permission, department)).filter((other) => !isSamePerson(self, other));
  const good = approvals.find(({ decidedBy }) => others.some(({ id }) => id === decidedBy));
  if (!good) return true;
  await ctx.db.updateTable('accounts.approval').set({ usedAt: ctx.now() }).where('id', '=', good.id).execute();
  return false;
}
