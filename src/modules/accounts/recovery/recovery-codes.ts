import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { parseReceiptCode, receiptCode } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';

const howMany = 10;

/** Ten new codes in place of all old ones, told this once. Each has 100 random bits, so that a hash without salt or cost is enough. */
export async function makeRecoveryCodes(ctx: Context): Promise<Outcome<{ codes: string[] }, never>> {
  const { id, kind } = ownAccount(ctx, 'self:secure');
  const codes = Array.from({ length: howMany }, receiptCode);
  // Two presses at once: the second waits here, and replaces the codes of the first instead of joining them.
  await ctx.db.selectFrom('accounts.account').select('id').where('id', '=', id).forUpdate().execute();
  await ctx.db.deleteFrom('accounts.recoveryCode').where('accountId', '=', id).execute();
  await ctx.db
    .insertInto('accounts.recoveryCode')
    .values(codes.map((code) => ({ accountId: id, codeHash: hashOf(id, code), usedAt: null, madeAt: ctx.now() })))
    .execute();
  await ctx.record({ type: `${kind}.recovery-codes-made`, subject: id, body: { codes: howMany } });
  return done({ codes });
}

export type DropRecoveryCodesRefusal = 'accounts/no-recovery-codes';

/** All codes of whoever acts open nothing from now on. */
export async function dropRecoveryCodes(ctx: Context): Promise<Outcome<null, DropRecoveryCodesRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:secure');
  const gone = await ctx.db.deleteFrom('accounts.recoveryCode').where('accountId', '=', id).returning('usedAt').execute();
  if (gone.length === 0) return refuse('accounts/no-recovery-codes');
  await ctx.record({ type: `${kind}.recovery-codes-removed`, subject: id, body: { codes: gone.length } });
  return done(null);
}

/** Within an act: spends the code if it is one of the account's. @returns how many are left, or `null`. */
export async function spendRecoveryCode(
  ctx: Context,
  account: { id: string; kind: string },
  typed: string,
): Promise<number | null> {
  const code = parseReceiptCode(typed);
  if (code === null) return null;
  const spent = await ctx.db
    .updateTable('accounts.recoveryCode')
    .set({ usedAt: ctx.now() })
    .where('accountId', '=', account.id)
    .where('codeHash', '=', hashOf(account.id, code))
    .where('usedAt', 'is', null)
    .returning('accountId')
    .executeTakeFirst();
  if (!spent) return null;
  const left = await countRecoveryCodes(ctx, account.id);
  await ctx.record({ type: `${account.kind}.recovery-code-used`, subject: account.id, body: { left } });
  return left;
}

export async function countRecoveryCodes(ctx: Context, accountId: string): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('accounts.recoveryCode')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('accountId', '=', accountId)
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return n;
}

function hashOf(accountId: string, code: string): Buffer {
  return sha256(`accounts.recovery-code/${accountId}/${code}`);
}
