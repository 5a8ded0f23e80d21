import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Device } from '../sessions/describe-device.ts';
import { noteRefused } from './note-refused.ts';
import { hashPassphrase, matchesPassphrase } from './passphrase.ts';
import { takeAllowance } from './take-allowance.ts';

export type SignIn = { readonly email: string; readonly passphrase: string; readonly device: Device };
export type CheckPassphraseRefusal = 'accounts/not-recognised' | 'accounts/too-many-attempts';

const seconds = 15 * 60;

// Checked in place of a missing account's hash, so that an unknown address takes as long as a wrong passphrase.
let decoy: Promise<string> | undefined;

/**
 * Who this is among staff, if the passphrase fits. An unknown address and a wrong passphrase get the same answer in the same time.
 * Called outside of an act: attempts are counted whatever comes of them.
 */
export async function checkPassphrase(
  ctx: Context,
  { email, passphrase, device }: SignIn,
): Promise<Outcome<{ accountId: string }, CheckPassphraseRefusal>> {
  const address = email.trim().toLowerCase();
  // Guessing from one place ends soon; the wider bucket ends guessing from many, and lets nobody be locked out by one other.
  const wait =
    (await takeAllowance(ctx, `passphrase/${address}/${device.network}`, { burst: 10, seconds })) ||
    (await takeAllowance(ctx, `passphrase/${address}`, { burst: 100, seconds }));
  if (wait > 0) return refuse('accounts/too-many-attempts', { minutes: Math.ceil(wait / 60) });
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select(['id', 'passphraseHash'])
    .where('kind', '=', 'staff')
    .where('leftAt', 'is', null)
    // Folded by the database on both sides: under its C locale it leaves letters such as Ä alone, which JavaScript would not.
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(email.trim())])))
    .executeTakeFirst();
  const known = account?.passphraseHash ?? null;
  const fits = await matchesPassphrase(passphrase, known ?? (await (decoy ??= hashPassphrase('no such account'))));
  if (account && known !== null && fits) return done({ accountId: account.id });
  await noteRefused(ctx, { accountId: account?.id, method: 'passphrase', device });
  return refuse('accounts/not-recognised');
}
