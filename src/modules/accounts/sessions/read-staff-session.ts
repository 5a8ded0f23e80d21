import type { Context, Granted } from '#kernel/context';
import { grantsOf } from '../roles/grants-of.ts';
import { findSession, type SignedIn } from './find-session.ts';
import { proofLasts } from './limits.ts';

export type SignedInStaff = SignedIn<{ readonly kind: 'staff'; readonly id: string } & Granted> & {
  /** Names of roles, those of single departments included. */
  readonly roles: readonly string[];
};

/** Which member of staff holds this cookie of the console, and what they may do at this moment; else `null`. */
export async function readStaffSession(ctx: Context, { token }: { token: string }): Promise<SignedInStaff | null> {
  const found = await findSession(ctx, token, 'console');
  if (!found) return null;
  const { id } = found.account;
  const fresh = Temporal.Instant.compare(found.session.provedAt, ctx.now().subtract(proofLasts)) >= 0;
  const { granted, roles } = await grantsOf(ctx.db, id, fresh);
  return { ...found, actor: { kind: 'staff', id, ...granted }, roles };
}
