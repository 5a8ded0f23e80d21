import type { Actor, Context } from '#kernel/context';
import { mandatesInForce } from '../mandates/mandates-in-force.ts';
import { findSession, type SignedIn } from './find-session.ts';

export type SignedInUser = SignedIn<Extract<Actor, { kind: 'user' }>>;

/** Which user holds this cookie of the portal, and for whom they may act at this moment; else `null`. */
export async function readUserSession(ctx: Context, { token }: { token: string }): Promise<SignedInUser | null> {
  const found = await findSession(ctx, token, 'portal');
  if (!found) return null;
  const { id } = found.account;
  return { ...found, actor: { kind: 'user', id, mandates: await mandatesInForce(ctx, id) } };
}
