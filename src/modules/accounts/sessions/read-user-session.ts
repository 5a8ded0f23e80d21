import type { Actor, Context } from '#kernel/context';
import { findSession, type SignedIn } from './find-session.ts';

export type SignedInUser = SignedIn<Extract<Actor, { kind: 'user' }>> & {
  /** What they chose; `null` where they did not. */
  readonly timeZone: string | null;
  readonly readingSize: string | null;
};

/** Which user holds this cookie of the portal; else `null`. */
export async function readUserSession(ctx: Context, { token }: { token: string }): Promise<SignedInUser | null> {
  const found = await findSession(ctx, token, 'portal');
  if (!found) return null;
  const actor = { kind: 'user', id: found.account.id, mandates: [] } as const;
  const chosen = await ctx.db
    .selectFrom('accounts.preference')
    .select(['name', 'value'])
    .where('accountId', '=', actor.id)
    .where('name', 'in', ['timeZone', 'readingSize'])
    .execute();
  const value = (name: string) => chosen.find((preference) => preference.name === name)?.value ?? null;
  return { ...found, actor, timeZone: value('timeZone'), readingSize: value('readingSize') };
}
