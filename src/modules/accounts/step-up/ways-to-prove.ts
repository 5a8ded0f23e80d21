import type { Context } from '#kernel/context';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import { countRecoveryCodes } from '../recovery/recovery-codes.ts';

/** With what an account's owner can show at this address that it is them. */
export type WaysToProve = {
  /** Passkeys made for this address. */
  readonly passkeys: number;
  readonly totp: boolean;
  readonly recoveryCodes: number;
  readonly passphrase: boolean;
};

export async function waysToProve(ctx: Context, accountId: string, party: RelyingParty | null): Promise<WaysToProve> {
  const row = await ctx.db
    .selectFrom('accounts.account as account')
    .select((eb) => [
      eb('account.passphraseHash', 'is not', null).as('passphrase'),
      eb.exists(eb.selectFrom('accounts.totp').select('accountId').where('accountId', '=', accountId)).as('totp'),
      eb
        .selectFrom('accounts.passkey')
        .select((each) => each.fn.countAll<number>().as('n'))
        .where('accountId', '=', accountId)
        .where('rpId', '=', party?.id ?? '')
        .as('passkeys'),
    ])
    .where('account.id', '=', accountId)
    .executeTakeFirstOrThrow();
  return {
    passkeys: row.passkeys ?? 0,
    totp: Boolean(row.totp),
    recoveryCodes: await countRecoveryCodes(ctx, accountId),
    passphrase: Boolean(row.passphrase),
  };
}

/** Whoever set up a second way wants the passphrase alone to open nothing. */
export function asksSecondStep({ passkeys, totp }: WaysToProve): boolean {
  return passkeys > 0 || totp;
}
