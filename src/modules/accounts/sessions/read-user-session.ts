import type { Actor, Context } from '#kernel/context';
import { provedAgain } from '../roles/permissions.ts';
import { findSession, type SignedIn } from './find-session.ts';
import { proofLasts } from './limits.ts';

export type SignedInUser = SignedIn<Extract<Actor, { kind: 'user' }>>;

/** Which user holds this cookie of the portal; else `null`. */
export async function readUserSession(ctx: Context, { token }: { token: string }): Promise<SignedInUser | null> {
  const found = await findSession(ctx, token, 'portal');
  if (!found) return null;
  const fresh = Temporal.Instant.compare(found.session.provedAt, ctx.now().subtract(proofLasts)) >= 0;
  return {
    ...found,
    actor: { kind: 'user', id: found.account.id, mandates: [], onceProved: fresh ? new Set() : provedAgain },
  };
}
