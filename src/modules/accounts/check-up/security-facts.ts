import type { Context } from '#kernel/context';
import { ownAccount } from '../own-account.ts';
import { ownPasskeys } from '../passkeys/own-passkeys.ts';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import { ownSessions } from '../sessions/own-sessions.ts';
import { waysToProve } from '../step-up/ways-to-prove.ts';
import type { SecurityFacts } from './judge-security.ts';

/** What the check-up of whoever acts judges. */
export async function securityFacts(
  ctx: Context,
  { party, sessionId }: { party: RelyingParty | null; sessionId: string },
): Promise<SecurityFacts> {
  const { id, kind } = ownAccount(ctx, 'self:read');
  const ways = await waysToProve(ctx, id, party);
  const { doubtedAt } = await ctx.db
    .selectFrom('accounts.account')
    .select('doubtedAt')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const passkeys = await ownPasskeys(ctx);
  const sessions = await ownSessions(ctx);
  return {
    ...ways,
    kind,
    doubted: doubtedAt !== null,
    strandedPasskeys: passkeys.length - ways.passkeys,
    otherSessions: sessions.filter((session) => session.id !== sessionId).map(({ seenAt }) => seenAt),
  };
}
