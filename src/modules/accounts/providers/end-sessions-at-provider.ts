import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Logout } from './read-logout-token.ts';

export type EndSessionsAtProviderRefusal = 'accounts/logout-replayed';

/**
 * Somebody signed out at a provider: what they opened here through it ends. No permission: the provider's signed word is the proof.
 * Sessions that they opened in another way stay. Of a person unknown here nothing is done, and the answer is the same.
 * @returns how many sessions ended.
 */
export async function endSessionsAtProvider(
  ctx: Context,
  { providerId, subject, session, jti, expiresAt }: Logout,
): Promise<Outcome<{ ended: number }, EndSessionsAtProviderRefusal>> {
  const fresh = await ctx.db
    .insertInto('accounts.spentLogout')
    .values({ tokenHash: sha256(JSON.stringify([providerId, jti])), expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('expiresAt')
    .executeTakeFirst();
  if (!fresh) return refuse('accounts/logout-replayed');
  const person = await ctx.db
    .selectFrom('accounts.identity as identity')
    .innerJoin('accounts.account as account', 'account.id', 'identity.accountId')
    .select(['account.id', 'account.kind'])
    .where('identity.providerId', '=', providerId)
    .where('identity.subject', '=', subject)
    .executeTakeFirst();
  if (!person) return done({ ended: 0 });
  let sessions = ctx.db.deleteFrom('accounts.session').where('accountId', '=', person.id).where('providerId', '=', providerId);
  if (session !== null)
    // One of which the provider never said which it is may be the one that ended.
    sessions = sessions.where((eb) =>
      eb.or([eb('providerSessionHash', '=', sha256(session)), eb('providerSessionHash', 'is', null)]),
    );
  const ended = (await sessions.returning('id').execute()).length;
  if (ended > 0)
    await ctx.record({
      type: `${person.kind}.signed-out-elsewhere`,
      subject: person.id,
      body: { provider: providerId, sessions: ended },
    });
  return done({ ended });
}
