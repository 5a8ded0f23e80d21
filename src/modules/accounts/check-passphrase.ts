import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { hashPassphrase, matchesPassphrase } from './passphrase.ts';

export type SignIn = { readonly email: string; readonly passphrase: string };
export type CheckPassphraseRefusal = 'accounts/not-recognised' | 'accounts/too-many-attempts';

const attemptWindow = Temporal.Duration.from({ minutes: 15 });
const attemptLimit = 10;

// Checked in place of a missing account's hash, so that an unknown address takes as long as a wrong passphrase.
let decoy: Promise<string> | undefined;

/** Who this is, if the passphrase fits. An unknown address and a wrong passphrase get the same answer in the same time. */
export async function checkPassphrase(
  ctx: Context,
  { email, passphrase }: SignIn,
): Promise<Outcome<{ staffId: string }, CheckPassphraseRefusal>> {
  const emailHash = hashOf(email);
  const { failures } = await ctx.db
    .selectFrom('accounts.failedSignIn')
    .select((eb) => eb.fn.countAll<number>().as('failures'))
    .where('emailHash', '=', emailHash)
    .where('at', '>', ctx.now().subtract(attemptWindow))
    .executeTakeFirstOrThrow();
  if (failures >= attemptLimit) return refuse('accounts/too-many-attempts', { minutes: attemptWindow.minutes });
  const staff = await ctx.db
    .selectFrom('accounts.staff')
    .select(['id', 'passphraseHash'])
    // Folded by the database on both sides: under its C locale it leaves letters such as Ä alone, which JavaScript would not.
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(email.trim())])))
    .executeTakeFirst();
  const fits = await matchesPassphrase(
    passphrase,
    staff?.passphraseHash ?? (await (decoy ??= hashPassphrase('no such account'))),
  );
  return staff && fits ? done({ staffId: staff.id }) : refuse('accounts/not-recognised');
}

/** A verb of its own because the check itself refuses, and a refusal writes nothing. */
export async function noteFailedSignIn(ctx: Context, { email }: { email: string }): Promise<Outcome<null, never>> {
  const recent = ctx.now().subtract(attemptWindow);
  await ctx.db.deleteFrom('accounts.failedSignIn').where('at', '<', recent).execute();
  await ctx.db
    .insertInto('accounts.failedSignIn')
    .values({ id: rowId(ctx.now()), emailHash: hashOf(email), at: ctx.now() })
    .execute();
  return done(null);
}

function hashOf(email: string): Buffer {
  return sha256(email.trim().toLowerCase());
}
