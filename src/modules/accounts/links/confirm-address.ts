import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { queueMail } from '#mail';
import { ownAccount } from '../own-account.ts';
import { openPart } from './link-box.ts';
import './link-tables.ts';

export type ConfirmAddress = {
  readonly token: string;
  readonly publicUrl: string;
  readonly organisation: string;
  readonly zone: string;
  readonly locale: string;
};

export type ConfirmAddressRefusal = 'accounts/link-not-valid' | 'accounts/address-taken';

/**
 * Spends the link that shows an address to be its account's. The token shows who reads that mailbox; the session shows whose account it
 * is. Without the second, a link that somebody presses out of politeness would put their address on a stranger's account, and their
 * next sign-in by it would lead them in there. The old address is told.
 */
export async function confirmAddress(
  ctx: Context,
  { token, publicUrl, organisation, zone, locale }: ConfirmAddress,
): Promise<Outcome<null, ConfirmAddressRefusal>> {
  const { id: accountId } = ownAccount(ctx, 'self:manage');
  const now = ctx.now();
  const link = await ctx.db
    .selectFrom('accounts.link as link')
    .innerJoin('accounts.account as account', 'account.id', 'link.accountId')
    .select(['link.id', 'link.address', 'account.id as accountId', 'account.email'])
    .where('link.tokenHash', '=', sha256(token))
    .where('link.accountId', '=', accountId)
    .where('link.purpose', '=', 'confirm-address')
    .where('link.expiresAt', '>', now)
    .where('account.leftAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!link) return refuse('accounts/link-not-valid');
  const address = openPart(ctx.secrets, link.id, 'address', link.address);
  const taken = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('kind', '=', 'user')
    .where('id', '!=', link.accountId)
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(address)])))
    .executeTakeFirst();
  if (taken) return refuse('accounts/address-taken');
  await ctx.db.deleteFrom('accounts.link').where('id', '=', link.id).execute();
  await ctx.db
    .updateTable('accounts.account')
    .set({ email: address, emailSetAt: now, emailBefore: link.email })
    .where('id', '=', link.accountId)
    .execute();
  if (link.email !== null && link.email !== address)
    await queueMail(ctx, {
      to: link.email,
      template: 'address-changed',
      locale,
      values: { organisation, at: now.toString(), zone, href: `${publicUrl}/${locale}` },
    });
  await ctx.record({ type: 'user.address-changed', subject: link.accountId, body: {} });
  return done(null);
}
