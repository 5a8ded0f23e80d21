import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { recordByStaff } from './set-acceptance.ts';

export type ReturnAddressRefusal = 'policies/return-address-not-valid' | 'policies/return-address-there';

/** Whether a link may ever lead there: https and a path, with nothing behind it in which a person could be named. */
export function isReturnAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url || text.length > 500 || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return url.href === text && !/[?#]/.test(text);
}

/** Lets acceptance links lead back to an address of the organisation's own site. */
export async function allowReturnAddress(
  ctx: Context,
  { address: typed }: { address: string },
): Promise<Outcome<null, ReturnAddressRefusal>> {
  ctx.require('accounts:connect');
  const address = typed.trim();
  if (!isReturnAddress(address)) return refuse('policies/return-address-not-valid');
  const written = await ctx.db
    .insertInto('policies.returnAddress')
    .values({ address, addedAt: ctx.now() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows !== 1n) return refuse('policies/return-address-there');
  await recordByStaff(ctx, 'staff.return-address-allowed', { address });
  return done(null);
}

/** Links that were made before lead there no more. */
export async function forbidReturnAddress(
  ctx: Context,
  { address }: { address: string },
): Promise<Outcome<null, 'policies/return-address-gone'>> {
  ctx.require('accounts:connect');
  const gone = await ctx.db.deleteFrom('policies.returnAddress').where('address', '=', address).executeTakeFirst();
  if (gone.numDeletedRows !== 1n) return refuse('policies/return-address-gone');
  await ctx.db.updateTable('policies.acceptanceLink').set({ returnTo: null }).where('returnTo', '=', address).execute();
  await recordByStaff(ctx, 'staff.return-address-forbidden', { address });
  return done(null);
}

export async function listReturnAddresses(ctx: Context): Promise<string[]> {
  // Looking opens no door, so it needs no fresh proof.
  scopeOf(ctx, 'accounts:connect');
  const rows = await ctx.db.selectFrom('policies.returnAddress').select('address').orderBy('address').execute();
  return rows.map(({ address }) => address);
}
