import type { Context } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Device } from '../sessions/describe-device.ts';
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
  await noteRefused(ctx, account?.id, device);
  return refuse('accounts/not-recognised');
}

/** Shown to the account's owner. One statement whether or not there is an account, so that the answer takes as long. */
async function noteRefused(ctx: Context, accountId: string | undefined, device: Device): Promise<void> {
  await ctx.db
    .insertInto('accounts.signIn')
    .columns(['id', 'accountId', 'at', 'method', 'outcome', 'device', 'network'])
    .expression((eb) =>
      eb
        .selectFrom('accounts.account')
        .select([
          eb.val(rowId(ctx.now())).as('id'),
          'id as accountId',
          eb.val(ctx.now()).as('at'),
          eb.val('passphrase').as('method'),
          eb.val('refused').as('outcome'),
          eb.val(device.device).as('device'),
          eb.val(device.network).as('network'),
        ])
        .where('id', '=', accountId ?? '00000000-0000-0000-0000-000000000000'),
    )
    .execute();
}
