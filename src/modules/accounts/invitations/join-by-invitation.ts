import { type Context, holds, type Permission } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { objectId } from '#kernel/ids';
import { holdsAll } from '../roles/ceiling.ts';
import { findRole } from '../roles/find-role.ts';
import { assignmentsOf, grantsOf } from '../roles/grants-of.ts';

/** An invitation that may be accepted at this moment. */
export type OpenInvitation = {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly departmentId: string | null;
  readonly invitedBy: string | null;
};

/**
 * The invitation of a token, held until the act ends. The role is looked up again, since it may have been removed meanwhile, and so is
 * whoever sent it: what they may not give any more is not given by a letter of theirs that was still under way.
 */
export async function holdInvitation(ctx: Context, token: string): Promise<OpenInvitation | null> {
  const invitation = await ctx.db
    .selectFrom('accounts.invitation')
    .select(['id', 'email', 'role', 'departmentId', 'invitedBy'])
    .where('tokenHash', '=', sha256(token))
    .where('expiresAt', '>', ctx.now())
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  const granted = invitation && (await findRole(ctx.db, invitation.role));
  return invitation && granted && (await mayStillGive(ctx, invitation, granted)) ? invitation : null;
}

export type Joining = {
  readonly name: string | null;
  /** `null`: whoever joins signs in elsewhere. */
  readonly passphraseHash: string | null;
  readonly through?: string;
};

/** Spends an invitation. @returns the new account, or `null` when somebody of this address works here already. */
export async function joinByInvitation(
  ctx: Context,
  { id: invitation, email, role, departmentId }: OpenInvitation,
  { name, passphraseHash, through }: Joining,
): Promise<string | null> {
  const now = ctx.now();
  const passphraseSetAt = passphraseHash === null ? null : now;
  const made = await ctx.db
    .insertInto('accounts.account')
    .values({ id: objectId(), kind: 'staff', email, name, passphraseHash, passphraseSetAt, createdAt: now, leftAt: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return null;
  await ctx.db.insertInto('accounts.assignment').values({ accountId: made.id, role, departmentId, grantedAt: now }).execute();
  await ctx.db
    .updateTable('accounts.invitation')
    .set({ acceptedAt: now, acceptedBy: made.id, tokenHash: null })
    .where('id', '=', invitation)
    .execute();
  const body = { role, department: departmentId, invitation, ...(through === undefined ? {} : { through }) };
  await ctx.record({ type: 'staff.joined', subject: made.id, body });
  return made.id;
}

async function mayStillGive(
  ctx: Context,
  { invitedBy, departmentId }: OpenInvitation,
  granted: readonly Permission[],
): Promise<boolean> {
  // Sent from the machine itself.
  if (invitedBy === null) return true;
  const here = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('id', '=', invitedBy)
    .where('leftAt', 'is', null)
    .executeTakeFirst();
  if (!here) return false;
  const inviter = { kind: 'staff', id: invitedBy, ...grantsOf(await assignmentsOf(ctx.db, invitedBy), true).granted } as const;
  return holds(inviter, 'accounts:invite') && holdsAll(inviter, granted, departmentId);
}
