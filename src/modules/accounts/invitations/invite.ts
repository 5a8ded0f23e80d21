import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isEmailAddress } from '../create-owner.ts';
import { type GrantRoleRefusal, refuseGrant } from '../people/grant-role.ts';

export type NewInvitation = { readonly email: string; readonly role: string; readonly departmentId: string | null };
export type InviteRefusal =
  | 'accounts/email-not-valid'
  | 'accounts/works-here'
  | Exclude<GrantRoleRefusal, 'accounts/person-not-found' | 'accounts/role-held'>;

const lasts = Temporal.Duration.from({ hours: 24 * 7 });

/**
 * Asks somebody to join the staff in a role. A second invitation to the same address replaces the first.
 * @returns the token of the link, told once; it goes by mail, or by hand where mail is not set up.
 */
export async function invite(
  ctx: Context,
  { email, role, departmentId }: NewInvitation,
): Promise<Outcome<{ invitationId: string; token: string; expiresAt: Temporal.Instant }, InviteRefusal>> {
  ctx.require('accounts:invite');
  const address = email.trim();
  if (!isEmailAddress(address)) return refuse('accounts/email-not-valid');
  const refusal = await refuseGrant(ctx, role, departmentId);
  if (refusal) return refuse(refusal);
  const present = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('kind', '=', 'staff')
    .where('leftAt', 'is', null)
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(address)])))
    .executeTakeFirst();
  if (present) return refuse('accounts/works-here');
  const now = ctx.now();
  await ctx.db
    .updateTable('accounts.invitation')
    .set({ revokedAt: now, tokenHash: null })
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(address)])))
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .execute();
  const token = randomBytes(32).toString('base64url');
  const id = rowId(now);
  const expiresAt = now.add(lasts);
  const invitedBy = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  await ctx.db
    .insertInto('accounts.invitation')
    .values({
      id,
      tokenHash: sha256(token),
      email: address,
      role,
      departmentId,
      invitedBy,
      createdAt: now,
      expiresAt,
      acceptedAt: null,
      acceptedBy: null,
      revokedAt: null,
    })
    .execute();
  if (invitedBy !== null)
    await ctx.record({ type: 'staff.invited', subject: invitedBy, body: { invitation: id, role, department: departmentId } });
  return done({ invitationId: id, token, expiresAt });
}
