import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { parseReceiptCode } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import { spendRecoveryCode } from '../recovery/recovery-codes.ts';
import type { Device } from '../sessions/describe-device.ts';
import { type Held, openSession, type OpenSessionRefusal } from '../sessions/open-session.ts';
import { noteRefused } from '../sign-in/note-refused.ts';
import { checkTotp } from '../totp/check-totp.ts';
import { asksSecondStep, type WaysToProve, waysToProve } from './ways-to-prove.ts';

const lasts = { minutes: 5 };

/**
 * After the passphrase: whether a second step is asked for.
 * @returns the token of a half session, which opens nothing but that step, once; `null` when the passphrase is enough.
 */
export async function beginSecondStep(
  ctx: Context,
  { accountId, party }: { accountId: string; party: RelyingParty | null },
): Promise<Outcome<{ token: string } | null, never>> {
  // No permission: nobody is signed in yet.
  if (!asksSecondStep(await waysToProve(ctx, accountId, party))) return done(null);
  const token = randomBytes(32).toString('base64url');
  await ctx.db
    .insertInto('accounts.halfSession')
    .values({ tokenHash: sha256(token), accountId, expiresAt: ctx.now().add(lasts) })
    .execute();
  return done({ token });
}

/** Whose second step a token is for, and what they have for it; `null` when it is over. */
export async function readHalfSession(
  ctx: Context,
  { token, party }: { token: string; party: RelyingParty | null },
): Promise<{ accountId: string; ways: WaysToProve } | null> {
  const half = await halfSession(ctx, token).executeTakeFirst();
  return half ? { accountId: half.id, ways: await waysToProve(ctx, half.id, party) } : null;
}

export type SecondStep = { readonly token: string; readonly code: string; readonly device: Device } & Held;
export type SecondStepRefusal = 'accounts/half-session-ended' | 'accounts/code-not-recognised';
export type SecondStepDone = {
  readonly token: string;
  /** How many recovery codes are left, when one was used. */
  readonly codesLeft: number | null;
};

/**
 * Signs in with a code of the app or a recovery code, after `takeCodeAllowance`. A wrong code leaves the half session as it is.
 * @returns the answer inside an act that is done either way: a wrong code is shown to the account's owner.
 */
export async function finishSecondStep(
  ctx: Context,
  { token, code, device, held = null }: SecondStep,
): Promise<Outcome<Outcome<SecondStepDone, SecondStepRefusal>, OpenSessionRefusal>> {
  // Locked, so that the same half session sent twice at once opens one session.
  const half = await halfSession(ctx, token).forUpdate('half').executeTakeFirst();
  if (!half) return done(refuse('accounts/half-session-ended'));
  const method = parseReceiptCode(code) === null ? 'totp' : 'recovery-code';
  const codesLeft = method === 'recovery-code' ? await spendRecoveryCode(ctx, half, code) : null;
  if (method === 'totp' ? !(await checkTotp(ctx, half.id, code)) : codesLeft === null) {
    await noteRefused(ctx, { accountId: half.id, method, device });
    return done(refuse('accounts/code-not-recognised'));
  }
  await ctx.db.deleteFrom('accounts.halfSession').where('tokenHash', '=', sha256(token)).execute();
  const opened = await openSession(ctx, { accountId: half.id, method, device, held });
  return opened.ok ? done(done({ token: opened.value.token, codesLeft })) : opened;
}

function halfSession(ctx: Context, token: string) {
  return ctx.db
    .selectFrom('accounts.halfSession as half')
    .innerJoin('accounts.account as account', 'account.id', 'half.accountId')
    .select(['account.id', 'account.kind'])
    .where('half.tokenHash', '=', sha256(token))
    .where('half.expiresAt', '>', ctx.now())
    .where('account.leftAt', 'is', null);
}
