import type { Context, Granted } from '#kernel/context';
import { assignmentsOf, grantsOf } from '../roles/grants-of.ts';
import { findSession, isOpen, markSeen, type SignedIn } from './find-session.ts';
import { proofLasts } from './limits.ts';
import { SessionCache } from './session-cache.ts';

export type SignedInStaff = SignedIn<{ readonly kind: 'staff'; readonly id: string } & Granted> & {
  /** Names of roles, those of single departments included. */
  readonly roles: readonly string[];
};

/** Which member of staff holds this cookie of the console, and what they may do at this moment; else `null`. */
export async function readStaffSession(
  ctx: Context,
  { token }: { token: string },
  cache = new SessionCache(),
): Promise<SignedInStaff | null> {
  const now = ctx.now();
  const usable = ({ session }: { session: Parameters<typeof isOpen>[0] }) => isOpen(session, 'console', now);
  const rows = await cache.read('console', token, now, usable, async (tokenHash) => {
    const session = await findSession(ctx, tokenHash, 'console');
    return session && { session, assignments: await assignmentsOf(ctx.db, session.id) };
  });
  if (!rows || !usable(rows)) return null;
  const { session, assignments } = rows;
  await markSeen(ctx, session);
  const { id, email, name, sessionId, provedAt } = session;
  const fresh = Temporal.Instant.compare(provedAt, now.subtract(proofLasts)) >= 0;
  const { granted, roles } = grantsOf(assignments, fresh);
  return {
    account: { id, email, name },
    session: { id: sessionId, provedAt },
    actor: { kind: 'staff', id, ...granted },
    roles,
  };
}
