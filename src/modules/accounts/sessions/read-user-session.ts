import type { Actor, Context } from '#kernel/context';
import { mandateRows, mandatesInForce } from '../mandates/mandates-in-force.ts';
import { provedAgain } from '../roles/permissions.ts';
import { findSession, isOpen, markSeen, type SignedIn } from './find-session.ts';
import { proofLasts } from './limits.ts';
import { SessionCache } from './session-cache.ts';

export type SignedInUser = SignedIn<Extract<Actor, { kind: 'user' }>> & {
  /** What they chose; `null` where they did not. */
  readonly timeZone: string | null;
  readonly readingSize: string | null;
};

/** Which user holds this cookie of the portal, and for whom they may act at this moment; else `null`. */
export async function readUserSession(
  ctx: Context,
  { token }: { token: string },
  cache = new SessionCache(),
): Promise<SignedInUser | null> {
  const now = ctx.now();
  const usable = ({ session }: { session: Parameters<typeof isOpen>[0] }) => isOpen(session, 'portal', now);
  const rows = await cache.read('portal', token, now, usable, async (tokenHash) => {
    const session = await findSession(ctx, tokenHash, 'portal');
    if (!session) return null;
    return { session, preferences: await chosenBy(ctx, session.id), mandates: await mandateRows(ctx.db, session.id) };
  });
  if (!rows || !usable(rows)) return null;
  const { session, mandates, preferences } = rows;
  await markSeen(ctx, session);
  const { id, email, name, sessionId, provedAt } = session;
  const fresh = Temporal.Instant.compare(provedAt, now.subtract(proofLasts)) >= 0;
  const value = (wanted: string) => preferences.find((preference) => preference.name === wanted)?.value ?? null;
  return {
    account: { id, email, name },
    session: { id: sessionId, provedAt },
    actor: { kind: 'user', id, mandates: mandatesInForce(mandates, now), onceProved: fresh ? new Set() : provedAgain },
    timeZone: value('timeZone'),
    readingSize: value('readingSize'),
  };
}

function chosenBy(ctx: Context, accountId: string) {
  return ctx.db
    .selectFrom('accounts.preference')
    .select(['name', 'value'])
    .where('accountId', '=', accountId)
    .where('name', 'in', ['timeZone', 'readingSize'])
    .execute();
}
