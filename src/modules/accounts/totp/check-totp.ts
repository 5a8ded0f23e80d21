import type { Context } from '#kernel/context';
import { sameBytes } from '#kernel/crypto';
import { stepAt, totpCode } from './totp-code.ts';

// A clock half a minute off, or a code typed as it changed (RFC 6238 §5.2).
const stepsAround = [0, -1, 1];

/** The step whose code this is, later than the last one accepted; `null` when there is none. */
export function matchStep(secret: Uint8Array, typed: string, now: Temporal.Instant, after: number): number | null {
  const code = Buffer.from(typed.replaceAll(/\s/g, ''));
  const steps = stepsAround.map((off) => stepAt(now) + off);
  return steps.find((step) => step > after && sameBytes(Buffer.from(totpCode(secret, step)), code)) ?? null;
}

/** Within an act: whether this is a code of the account's app, and no older one than the last. From now on it is spent. */
export async function checkTotp(ctx: Context, accountId: string, typed: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('accounts.totp')
    .select(['secret', 'lastStep'])
    .where('accountId', '=', accountId)
    // The same code sent twice at once: the second waits, and finds it spent.
    .forUpdate()
    .executeTakeFirst();
  if (!row) return false;
  const step = matchStep(ctx.secrets.unseal(secretPlace(accountId), row.secret), typed, ctx.now(), row.lastStep);
  if (step === null) return false;
  await ctx.db.updateTable('accounts.totp').set({ lastStep: step }).where('accountId', '=', accountId).execute();
  return true;
}

export function secretPlace(accountId: string): string {
  return `accounts.totp/${accountId}/secret`;
}
