import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { queueMail } from '#mail';
import { isEmailAddress } from '../create-owner.ts';
import { askForGift, type Gift, giftDeed } from '../approvals/gift.ts';
import type { RequestApprovalRefusal } from '../approvals/request-approval.ts';
import { secondPersonMissing, type SecondPersonRefusal } from '../approvals/second-person-missing.ts';
import { type GrantRoleRefusal, refuseGrant } from '../people/grant-role.ts';
import { findRole } from '../roles/find-role.ts';
import { roleName } from '../roles/role-name.ts';
import { listCustomRoles } from '../roles/save-custom-role.ts';

type Invited = {
  readonly email: string;
  readonly role: string;
  /** `null` in the whole organisation. */
  readonly departmentId: string | null;
};
export type NewInvitation = Invited & {
  /** For the letter: whose it is, where the link leads, and in which language of the pages. */
  readonly organisation: string;
  readonly publicUrl: string;
  readonly locale: string;
};
type InvitedRefusal =
  | 'accounts/email-not-valid'
  | 'accounts/works-here'
  | Exclude<GrantRoleRefusal, 'accounts/person-not-found' | 'accounts/role-held' | 'accounts/above-own' | SecondPersonRefusal>;
export type InviteRefusal = InvitedRefusal | SecondPersonRefusal;

const lasts = Temporal.Duration.from({ hours: 24 * 7 });

/**
 * Asks somebody to join the staff in a role. A second invitation to the same address replaces the first.
 * It goes by mail; where mail is not set up it waits, and the link is handed over.
 * @returns the token of the link, told once.
 */
export async function invite(
  ctx: Context,
  { email, role, departmentId, organisation, publicUrl, locale }: NewInvitation,
): Promise<Outcome<{ invitationId: string; token: string; href: string }, InviteRefusal>> {
  ctx.require('accounts:invite');
  const address = email.trim();
  const wanted = { email: address, role, departmentId };
  const refusal = await refuseInvitation(ctx, wanted);
  if (refusal) return refuse(refusal);
  if (await secondPersonMissing(ctx, await giftDeed(ctx, await invitationGift(ctx, wanted))))
    return refuse('accounts/second-person-needed');
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
      expiresAt: now.add(lasts),
      acceptedAt: null,
      acceptedBy: null,
      revokedAt: null,
    })
    .execute();
  if (invitedBy !== null)
    await ctx.record({ type: 'staff.invited', subject: invitedBy, body: { invitation: id, role, department: departmentId } });
  const href = `${publicUrl}/${locale}/console/invitation?token=${token}`;
  const values = { organisation, href, hours: lasts.total('hours'), roles: roleName(role, await listCustomRoles(ctx), locale) };
  await queueMail(ctx, { to: address, template: 'invitation', locale, values, usefulFor: lasts });
  return done({ invitationId: id, token, href });
}

/** Asks a second person to agree that somebody is invited into a role: the second person could otherwise be made by the first. */
export async function askToInvite(
  ctx: Context,
  { reason, ...invited }: Invited & { readonly reason: string },
): Promise<Outcome<{ approvalId: string }, InvitedRefusal | RequestApprovalRefusal>> {
  ctx.require('accounts:invite');
  const wanted = { ...invited, email: invited.email.trim() };
  const refusal = await refuseInvitation(ctx, wanted);
  if (refusal) return refuse(refusal);
  const department = await ctx.db
    .selectFrom('accounts.department')
    .select('name')
    .where('id', '=', wanted.departmentId)
    .executeTakeFirst();
  const title = [wanted.email, wanted.role, department?.name].filter(Boolean).join(' · ');
  const words = { title, href: 'console/people', reason };
  return askForGift(ctx, await invitationGift(ctx, wanted), 'accounts:invite', words);
}

async function refuseInvitation(ctx: Context, { email, role, departmentId }: Invited): Promise<InvitedRefusal | null> {
  if (!isEmailAddress(email)) return 'accounts/email-not-valid';
  const refusal = await refuseGrant(ctx, role, departmentId);
  if (refusal) return refusal;
  const present = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('kind', '=', 'staff')
    .where('leftAt', 'is', null)
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(email)])))
    .executeTakeFirst();
  return present ? 'accounts/works-here' : null;
}

async function invitationGift(ctx: Context, { email, role, departmentId }: Invited): Promise<Gift> {
  return { object: `invitation/${email}`, terms: [role, departmentId], granted: (await findRole(ctx.db, role)) ?? [] };
}
