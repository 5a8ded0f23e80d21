import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type Deed, type Guarded, guardableIn, needsSecondPerson } from './four-eyes.ts';
import { requestApproval, type RequestApprovalRefusal } from './request-approval.ts';
import { secondPersonMissing, type SecondPersonRefusal } from './second-person-missing.ts';
import { isSamePerson, staffHolding } from './staff-holding.ts';

export type SetFourEyesRefusal =
  | 'accounts/permission-not-known'
  | 'accounts/four-eyes-unchanged'
  | 'accounts/nobody-else-could'
  | SecondPersonRefusal;

/** Whether a permission needs two people from now on. On is one person's choice; off takes two, or it would protect from nobody. */
export async function setFourEyes(
  ctx: Context,
  { permission: named, on }: { permission: string; on: boolean },
): Promise<Outcome<null, SetFourEyesRefusal>> {
  ctx.require('accounts:manage');
  const permission = guardableIn(named);
  if (!permission) return refuse('accounts/permission-not-known');
  if ((await needsSecondPerson(ctx, permission)) === on) return refuse('accounts/four-eyes-unchanged');
  if (on) {
    const [first, ...rest] = await staffHolding(ctx.db, permission, null);
    if (!first || rest.every((other) => isSamePerson(first, other))) return refuse('accounts/nobody-else-could');
    await ctx.db
      .insertInto('accounts.fourEyes')
      .values({ permission })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  } else {
    if (await secondPersonMissing(ctx, switchingOff(permission))) return refuse('accounts/second-person-needed');
    await ctx.db.deleteFrom('accounts.fourEyes').where('permission', '=', permission).execute();
  }
  if (ctx.actor.kind === 'staff')
    await ctx.record({ type: 'staff.four-eyes-changed', subject: ctx.actor.id, body: { permission, on } });
  return done(null);
}

/** Asks for the second person whom switching off needs. */
export async function askFourEyesOff(
  ctx: Context,
  { permission: named, reason }: { permission: string; reason: string },
): Promise<Outcome<{ approvalId: string }, 'accounts/permission-not-known' | RequestApprovalRefusal>> {
  ctx.require('accounts:manage');
  const permission = guardableIn(named);
  if (!permission) return refuse('accounts/permission-not-known');
  return requestApproval(ctx, { ...switchingOff(permission), title: '', href: 'console/approvals', reason });
}

/** Decided by those who hold the permission itself: at least two did when it was switched on. */
export function switchingOff(permission: Guarded): Deed {
  const object = `four-eyes/${permission}`;
  return { permission, object, digest: sha256(`${object}/off`) };
}
