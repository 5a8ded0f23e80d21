import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import { longestLabel, readLabel } from './label.ts';

export type RenamePasskeyRefusal = 'accounts/passkey-label-not-valid' | 'accounts/passkey-not-found';

/** A name says which device it was, so that the right one is removed when that is lost. */
export async function renamePasskey(
  ctx: Context,
  { passkeyId, label: typed }: { passkeyId: string; label: string },
): Promise<Outcome<{ label: string }, RenamePasskeyRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:manage');
  const label = readLabel(typed);
  if (label === null) return refuse('accounts/passkey-label-not-valid', { longest: longestLabel });
  if (!isId(passkeyId)) return refuse('accounts/passkey-not-found');
  const renamed = await ctx.db
    .updateTable('accounts.passkey')
    .set({ label })
    .where('id', '=', passkeyId)
    .where('accountId', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (!renamed) return refuse('accounts/passkey-not-found');
  await ctx.record({ type: `${kind}.passkey-renamed`, subject: id, body: { passkey: passkeyId, label } });
  return done({ label });
}
