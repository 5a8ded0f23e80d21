import type { Actor, Context } from '#kernel/context';
import { mandatesInForce } from '../mandates/mandates-in-force.ts';
import { provedAgain } from '../roles/permissions.ts';
import { findSession, type SignedIn } from './find-session.ts';
import { proofLasts } from './limits.ts';

export type SignedInUser = SignedIn<Extract<Actor, { kind: 'user' }>> & {
  /** What they chose; `null` where they did not. */
  readonly timeZone: string | null;
  readonly readingSize: string | null;
};

/** Which user holds this cookie of the portal, and for whom they may act at this moment; else `null`. */
export async function readUserSession(ctx: Context, { token }: { token: string }): Promise<SignedInUser | null> {
  const found = await findSession(ctx, token, 'portal');
  if (!found) return null;
  const fresh = Temporal.Instant.compare(found.session.provedAt, ctx.now().subtract(proofLasts)) >= 0;
  const { id } = found.account;
  const chosen = await ctx.db
    .selectFrom('accounts.preference')
    .select(['name', 'value'])
    .where('accountId', '=', id)
    .where('name', 'in', ['timeZone', 'readingSize'])
    .execute();
  const value = (name: string) => chosen.find((preference) => preference.name === name)?.value ?? null;
  return {
    ...found,
    actor: { kind: 'user', id, mandates: await mandatesInForce(ctx, id), onceProved: fresh ? new Set() : provedAgain },
    timeZone: value('timeZone'),
    readingSize: value('readingSize'),
  };
}
