import { type Context, PermissionMissing } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type Guarded, guardableIn, needsSecondPerson } from './four-eyes.ts';
import { isSamePerson, staffHolding } from './staff-holding.ts';

export type EndFourEyesRefusal =
  | 'accounts/permission-not-known'
  | 'accounts/four-eyes-unchanged'
  | 'accounts/others-could'
  | 'accounts/approval-reason-missing'
  | 'accounts/no-owner';

const longestReason = 2000;

/**
 * For whoever runs the machine, when nobody is left who could be the second person: one person alone does it again. While there are
 * two, they agree to that in the console.
 */
export async function endFourEyes(
  ctx: Context,
  { permission: named, reason }: { permission: string; reason: string },
): Promise<Outcome<{ permission: Guarded }, EndFourEyesRefusal>> {
  ctx.require('accounts:manage');
  if (ctx.actor.kind !== 'system') throw new PermissionMissing('accounts:manage');
  const permission = guardableIn(named);
  if (!permission) return refuse('accounts/permission-not-known');
  if (!(await needsSecondPerson(ctx, permission))) return refuse('accounts/four-eyes-unchanged');
  const [holder, ...rest] = await staffHolding(ctx.db, permission, null);
  if (holder && rest.some((other) => !isSamePerson(holder, other))) return refuse('accounts/others-could');
  const why = reason.trim().slice(0, longestReason);
  if (why === '') return refuse('accounts/approval-reason-missing');
  // Where nobody at all is left, it is an owner's to know.
  const subject = holder?.id ?? (await anyOwner(ctx));
  if (subject === undefined) return refuse('accounts/no-owner');
  await ctx.db.deleteFrom('accounts.fourEyes').where('permission', '=', permission).execute();
  const body = { permission, on: false, reason: why, by: 'operator on the machine' };
  await ctx.record({ type: 'staff.four-eyes-changed', subject, body });
  return done({ permission });
}

async function anyOwner(ctx: Context): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('accounts.assignment as assignment')
    .innerJoin('accounts.account as account', 'account.id', 'assignment.accountId')
    .select('account.id')
    .where('assignment.role', '=', 'owner')
    .where('account.leftAt', 'is', null)
    .orderBy('account.createdAt')
    .executeTakeFirst();
  return row?.id;
}
