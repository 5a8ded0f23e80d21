import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';

export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly department: string | null;
  readonly expiresAt: Temporal.Instant;
};

/** What the holder of a link was invited to; `null` when it is spent, taken back, replaced, too old or invented. */
export async function readInvitation(ctx: Context, { token }: { token: string }): Promise<Invitation | null> {
  const row = await open(ctx)
    .where('invitation.tokenHash', '=', sha256(token))
    .where('invitation.expiresAt', '>', ctx.now())
    .executeTakeFirst();
  return row ?? null;
}

/** All that wait to be accepted, too old ones included, the newest first. */
export async function listInvitations(ctx: Context): Promise<Invitation[]> {
  ctx.require('accounts:read');
  return open(ctx).orderBy('invitation.createdAt', 'desc').execute();
}

function open(ctx: Context) {
  return ctx.db
    .selectFrom('accounts.invitation as invitation')
    .leftJoin('accounts.department as department', 'department.id', 'invitation.departmentId')
    .select(['invitation.id', 'invitation.email', 'invitation.role', 'department.name as department', 'invitation.expiresAt'])
    .where('invitation.acceptedAt', 'is', null)
    .where('invitation.revokedAt', 'is', null);
}
