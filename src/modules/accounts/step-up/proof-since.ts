import type { Context } from '#kernel/context';
import type { SignInMethod } from '../sessions/sign-in-method.ts';

/** By what a session is proved. */
export type ShownProof = {
  readonly method: SignInMethod;
  readonly providerId?: string;
  /** Of the passkey that answered. */
  readonly passkeySince?: Temporal.Instant;
};

/** Since when the account has had it; `null` for what came with the account and nobody could add later. */
export async function proofSince(
  ctx: Context,
  accountId: string,
  { method, providerId, passkeySince }: ShownProof,
): Promise<Temporal.Instant | null> {
  switch (method) {
    case 'passkey':
      return passkeySince ?? ctx.now();
    case 'totp':
      return newest(
        await ctx.db.selectFrom('accounts.totp').select('createdAt as at').where('accountId', '=', accountId).execute(),
      );
    case 'recovery-code':
      return newest(
        await ctx.db.selectFrom('accounts.recoveryCode').select('madeAt as at').where('accountId', '=', accountId).execute(),
      );
    case 'oidc':
      return newest(
        await ctx.db
          .selectFrom('accounts.identity')
          .select('linkedAt as at')
          .where('accountId', '=', accountId)
          .where('providerId', '=', providerId ?? '')
          .execute(),
      );
    case 'passphrase':
    case 'link': {
      const set = await ctx.db
        .selectFrom('accounts.account')
        .select(['passphraseSetAt', 'emailSetAt'])
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow();
      return method === 'link' ? set.emailSetAt : set.passphraseSetAt;
    }
    default:
      return null;
  }
}

function newest(rows: readonly { readonly at: Temporal.Instant | null }[]): Temporal.Instant | null {
  return rows.reduce<Temporal.Instant | null>(
    (last, { at }) => (last && at && Temporal.Instant.compare(last, at) > 0 ? last : (at ?? last)),
    null,
  );
}
