import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';

export type RemovePasskeyRefusal = 'accounts/passkey-not-found';

/** A passkey that was lost or is no longer used opens nothing from now on. The last one may go too: it may be the stolen one. */
export async function removePasskey(
  ctx: Context,
  { passkeyId }: { passkeyId: string },
): Promise<Outcome<null, RemovePasskeyRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:secure');
  if (!isId(passkeyId)) return refuse('accounts/passkey-not-found');
  const removed = await ctx.db
    .deleteFrom('accounts.passkey')
    .where('id', '=', passkeyId)
    .where('accountId', '=', id)
    .returning('label')
    .executeTakeFirst();
  if (!removed) return refuse('accounts/passkey-not-found');
  await ctx.record({ type: `${kind}.passkey-removed`, subject: id, body: { passkey: passkeyId, label: removed.label } });
  return done(null);
}
