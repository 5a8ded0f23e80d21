import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { askForGift, type Gift, giftDeed } from '../approvals/gift.ts';
import type { RequestApprovalRefusal } from '../approvals/request-approval.ts';
import { secondPersonMissing, type SecondPersonRefusal } from '../approvals/second-person-missing.ts';
import { anyAbove, type CeilingRefusal, holdsAll } from '../roles/ceiling.ts';
import { findRole } from '../roles/find-role.ts';

export type RoleGrant = {
  readonly accountId: string;
  readonly role: string;
  /** `null` in the whole organisation. */
  readonly departmentId: string | null;
};
export type GrantRoleRefusal =
  | 'accounts/person-not-found'
  | 'accounts/role-not-found'
  | 'accounts/department-not-found'
  | 'accounts/owner-is-of-the-whole'
  | CeilingRefusal
  | 'accounts/role-held'
  | SecondPersonRefusal;

/** Gives a member of staff a role. It holds from their next request on. */
export async function grantRole(
  ctx: Context,
  { accountId, role, departmentId }: RoleGrant,
): Promise<Outcome<null, GrantRoleRefusal>> {
  ctx.require('accounts:manage');
  const person = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('id', '=', accountId)
    .where('kind', '=', 'staff')
    .where('leftAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!person) return refuse('accounts/person-not-found');
  const refusal = await refuseGrant(ctx, role, departmentId);
  if (refusal) return refuse(refusal);
  if (await anyAbove(ctx, [accountId])) return refuse('accounts/above-own');
  const gift = await grantGift(ctx, { accountId, role, departmentId });
  if (await secondPersonMissing(ctx, await giftDeed(ctx, gift))) return refuse('accounts/second-person-needed');
  const { numInsertedOrUpdatedRows: added } = await ctx.db
    .insertInto('accounts.assignment')
    .values({ accountId, role, departmentId, grantedAt: ctx.now() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (added === 0n) return refuse('accounts/role-held');
  await ctx.record({ type: 'staff.role-granted', subject: accountId, body: { role, department: departmentId } });
  return done(null);
}

/** What a second person agrees to: this role for this person there, with what it allows today. */
async function grantGift(ctx: Context, { accountId, role, departmentId }: RoleGrant): Promise<Gift> {
  return { object: accountId, terms: [role, departmentId], granted: (await findRole(ctx.db, role)) ?? [] };
}

export type AskToGrantRefusal = Exclude<GrantRoleRefusal, SecondPersonRefusal> | RequestApprovalRefusal;

/** Asks a second person to agree that somebody gets a role. */
export async function askToGrant(
  ctx: Context,
  { reason, ...grant }: RoleGrant & { readonly reason: string },
): Promise<Outcome<{ approvalId: string }, AskToGrantRefusal>> {
  ctx.require('accounts:manage');
  const person = await ctx.db
    .selectFrom('accounts.account')
    .select(['name', 'email'])
    .where('id', '=', grant.accountId)
    .where('kind', '=', 'staff')
    .where('leftAt', 'is', null)
    .executeTakeFirst();
  if (!person) return refuse('accounts/person-not-found');
  const refusal = await refuseGrant(ctx, grant.role, grant.departmentId);
  if (refusal) return refuse(refusal);
  if (await anyAbove(ctx, [grant.accountId])) return refuse('accounts/above-own');
  const department = await ctx.db
    .selectFrom('accounts.department')
    .select('name')
    .where('id', '=', grant.departmentId)
    .executeTakeFirst();
  const title = [grant.role, department?.name, person.name ?? person.email].filter(Boolean).join(' · ');
  const words = { title, href: `console/people/${grant.accountId}`, reason };
  return askForGift(ctx, await grantGift(ctx, grant), 'accounts:manage', words);
}

type AboutPerson = 'accounts/person-not-found' | 'accounts/role-held' | 'accounts/above-own' | SecondPersonRefusal;

/** What speaks against giving a role there, whoever is to have it. */
export async function refuseGrant(
  ctx: Context,
  role: string,
  departmentId: string | null,
): Promise<Exclude<GrantRoleRefusal, AboutPerson> | null> {
  const granted = await findRole(ctx.db, role);
  if (!granted) return 'accounts/role-not-found';
  if (role === 'owner' && departmentId !== null) return 'accounts/owner-is-of-the-whole';
  if (departmentId !== null) {
    const department = await ctx.db
      .selectFrom('accounts.department')
      .select('id')
      .where('id', '=', departmentId)
      .executeTakeFirst();
    if (!department) return 'accounts/department-not-found';
  }
  return holdsAll(ctx.actor, granted, departmentId) ? null : 'accounts/wider-than-own';
}
