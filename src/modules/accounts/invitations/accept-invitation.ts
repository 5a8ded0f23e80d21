import { type Context, holds, type Permission } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { objectId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { holdsAll } from '../roles/ceiling.ts';
import { findRole } from '../roles/find-role.ts';
import { assignmentsOf, grantsOf } from '../roles/grants-of.ts';
import { hashPassphrase, shortestPassphrase } from '../sign-in/passphrase.ts';

export type Acceptance = { readonly token: string; readonly name: string; readonly passphrase: string };
export type AcceptInvitationRefusal =
  | 'accounts/invitation-not-found'
  | 'accounts/name-missing'
  | 'accounts/passphrase-too-short'
  | 'accounts/works-here';

/**
 * Whoever holds the link joins the staff; that they could open it is the proof of their address. Needs no permission: the token is it.
 * The role is looked up again, since it may have been removed meanwhile, and so is whoever sent it: what they may not give any more
 * is not given by a letter of theirs that was still under way.
 */
export async function acceptInvitation(
  ctx: Context,
  { token, name, passphrase }: Acceptance,
): Promise<Outcome<{ accountId: string }, AcceptInvitationRefusal>> {
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
  if (!invitation || !granted || !(await mayStillGive(ctx, invitation, granted))) return refuse('accounts/invitation-not-found');
  const called = name.trim().slice(0, 120);
  if (called === '') return refuse('accounts/name-missing');
  if (passphrase.length < shortestPassphrase) return refuse('accounts/passphrase-too-short', { shortest: shortestPassphrase });
  const now = ctx.now();
  const id = objectId();
  const made = await ctx.db
    .insertInto('accounts.account')
    .values({
      id,
      kind: 'staff',
      email: invitation.email,
      name: called,
      passphraseHash: await hashPassphrase(passphrase),
      passphraseSetAt: now,
      createdAt: now,
      leftAt: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return refuse('accounts/works-here');
  await ctx.db
    .insertInto('accounts.assignment')
    .values({ accountId: id, role: invitation.role, departmentId: invitation.departmentId, grantedAt: now })
    .execute();
  await ctx.db
    .updateTable('accounts.invitation')
    .set({ acceptedAt: now, acceptedBy: id, tokenHash: null })
    .where('id', '=', invitation.id)
    .execute();
  await ctx.record({
    type: 'staff.joined',
    subject: id,
    body: { role: invitation.role, department: invitation.departmentId, invitation: invitation.id },
  });
  return done({ accountId: id });
}

type Sent = { readonly invitedBy: string | null; readonly departmentId: string | null };

async function mayStillGive(ctx: Context, { invitedBy, departmentId }: Sent, granted: readonly Permission[]): Promise<boolean> {
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
