import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import './link-tables.ts';

export type RestoreAddressRefusal = 'accounts/no-address-before' | 'accounts/address-taken';

/** The address of whoever acts is the one again that it was before the last change. Links under way to any other are spent. */
export async function restoreAddress(ctx: Context): Promise<Outcome<null, RestoreAddressRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:secure');
  const { emailBefore } = await ctx.db
    .selectFrom('accounts.account')
    .select('emailBefore')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (emailBefore === null) return refuse('accounts/no-address-before');
  const taken = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('kind', '=', kind)
    .where('id', '!=', id)
    .where('leftAt', 'is', null)
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(emailBefore)])))
    .executeTakeFirst();
  if (taken) return refuse('accounts/address-taken');
  await ctx.db.deleteFrom('accounts.link').where('accountId', '=', id).execute();
  await ctx.db
    .updateTable('accounts.account')
    .set({ email: emailBefore, emailSetAt: null, emailBefore: null })
    .where('id', '=', id)
    .execute();
  await ctx.record({ type: `${kind}.address-restored`, subject: id, body: {} });
  return done(null);
}
