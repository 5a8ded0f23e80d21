import type { Context } from '#kernel/context';
import { addressKey } from './mandate.ts';

/** Whether whoever decides is, by their address, one of the two it is about: staff are users too, and nobody decides for themselves. */
export async function isOwnMandate(ctx: Context, addresses: readonly (string | null)[]): Promise<boolean> {
  if (ctx.actor.kind !== 'staff') return false;
  const self = await ctx.db.selectFrom('accounts.account').select('email').where('id', '=', ctx.actor.id).executeTakeFirst();
  if (!self || self.email === null) return false;
  const own = addressKey(self.email);
  return addresses.some((address) => address !== null && addressKey(address) === own);
}
