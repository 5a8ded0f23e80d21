import type { Actor, Context } from '#kernel/context';
import { findSession, type SignedIn } from './find-session.ts';

export type SignedInUser = SignedIn<Extract<Actor, { kind: 'user' }>>;

/** Which user holds this cookie of the portal; else `null`. */
export async function readUserSession(ctx: Context, { token }: { token: string }): Promise<SignedInUser | null> {
  const found = await findSession(ctx, token, 'portal');
  return found && { ...found, actor: { kind: 'user', id: found.account.id, mandates: [] } };
}
