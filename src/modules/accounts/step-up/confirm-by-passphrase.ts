import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import type { Device } from '../sessions/describe-device.ts';
import { noteRefused } from '../sign-in/note-refused.ts';
import { matchesPassphrase } from '../sign-in/passphrase.ts';
import { proveAgain, type ProveAgainRefusal } from './prove-again.ts';

export type PassphraseConfirmation = { readonly sessionId: string; readonly passphrase: string; readonly device: Device };
export type ConfirmByPassphraseRefusal = 'accounts/passphrase-not-recognised';

/** Whoever acts proves again with their passphrase, after `takeCodeAllowance`. @returns the answer inside an act done either way. */
export async function confirmByPassphrase(
  ctx: Context,
  { sessionId, passphrase, device }: PassphraseConfirmation,
): Promise<Outcome<Outcome<{ token: string }, ConfirmByPassphraseRefusal>, ProveAgainRefusal>> {
  const { id } = ownAccount(ctx, 'self:manage');
  const { passphraseHash } = await ctx.db
    .selectFrom('accounts.account')
    .select('passphraseHash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (passphraseHash === null || !(await matchesPassphrase(passphrase, passphraseHash))) {
    await noteRefused(ctx, { accountId: id, method: 'passphrase', device });
    return done(refuse('accounts/passphrase-not-recognised'));
  }
  const proved = await proveAgain(ctx, { sessionId, method: 'passphrase' });
  return proved.ok ? done(proved) : proved;
}
