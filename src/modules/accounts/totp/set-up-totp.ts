import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import { matchStep, secretPlace } from './check-totp.ts';

/** A secret on its way to an app. Nothing is stored until a code shows that it arrived, so a form that is left leaves nothing. */
export type TotpOffer = {
  readonly secret: Uint8Array;
  /** The same, sealed for this account for a quarter of an hour: the form carries it back. */
  readonly sealed: string;
};

const lasts = { minutes: 15 };
const endLength = 8;
const secretLength = 20;

/** A fresh secret of 160 bits (RFC 4226 §4, R6) for whoever acts. Writes nothing. */
export function offerTotp(ctx: Context): TotpOffer {
  const { id } = ownAccount(ctx, 'self:secure');
  const secret = randomBytes(secretLength);
  const end = Buffer.alloc(endLength);
  end.writeBigInt64BE(BigInt(ctx.now().add(lasts).epochMilliseconds));
  return { secret, sealed: ctx.secrets.seal(offerPlace(id), Buffer.concat([end, secret])).toString('base64url') };
}

/** The secret of an offer that came back; `null` when it is another's or too old. */
export function readOffer(ctx: Context, sealed: string): TotpOffer | null {
  const { id } = ownAccount(ctx, 'self:secure');
  try {
    const plain = ctx.secrets.unseal(offerPlace(id), Buffer.from(sealed, 'base64url'));
    const end = Number(plain.readBigInt64BE());
    return ctx.now().epochMilliseconds < end ? { secret: plain.subarray(endLength), sealed } : null;
  } catch {
    return null;
  }
}

export type SetUpTotpRefusal = 'accounts/totp-offer-ended' | 'accounts/code-not-recognised' | 'accounts/totp-there';

/** An app that showed its first code is from now on asked for after the passphrase. */
export async function setUpTotp(
  ctx: Context,
  { sealed, code }: { sealed: string; code: string },
): Promise<Outcome<null, SetUpTotpRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:secure');
  const offer = readOffer(ctx, sealed);
  if (!offer) return refuse('accounts/totp-offer-ended');
  const step = matchStep(offer.secret, code, ctx.now(), 0);
  if (step === null) return refuse('accounts/code-not-recognised');
  const kept = await ctx.db
    .insertInto('accounts.totp')
    .values({
      accountId: id,
      secret: ctx.secrets.seal(secretPlace(id), offer.secret),
      createdAt: ctx.now(),
      lastStep: step,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('accountId')
    .executeTakeFirst();
  if (!kept) return refuse('accounts/totp-there');
  await ctx.record({ type: `${kind}.totp-added`, subject: id, body: {} });
  return done(null);
}

function offerPlace(accountId: string): string {
  return `accounts.totp/${accountId}/offer`;
}
