import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { mailAddress, queueMail } from '#mail';
import { linkLasts, sealPart } from './link-box.ts';
import './link-tables.ts';

export type ChangeAddress = {
  readonly accountId: string;
  readonly email: string;
  readonly publicUrl: string;
  readonly organisation: string;
  readonly locale: string;
};

export type ChangeAddressRefusal = 'accounts/email-not-valid';

/**
 * Begins to change a user's address: a link goes to the new one, and nothing changes before it is opened. Whether somebody else
 * has that address is not told here, only when its owner opens the link.
 */
export async function changeAddress(
  ctx: Context,
  { accountId, email, publicUrl, organisation, locale }: ChangeAddress,
): Promise<Outcome<null, ChangeAddressRefusal>> {
  // Whoever has the address has the account: no delegate may change it, and nobody at a screen left open.
  ctx.require('self:secure', { subject: accountId });
  const address = mailAddress(email);
  if (address === null) return refuse('accounts/email-not-valid');
  const now = ctx.now();
  const id = rowId(now);
  const token = randomBytes(32).toString('base64url');
  // A second wish takes the first one back.
  await ctx.db.deleteFrom('accounts.link').where('accountId', '=', accountId).where('purpose', '=', 'confirm-address').execute();
  await ctx.db
    .insertInto('accounts.link')
    .values({
      id,
      tokenHash: sha256(token),
      purpose: 'confirm-address',
      address: sealPart(ctx.secrets, id, 'address', address),
      accountId,
      browserHash: null,
      code: null,
      createdAt: now,
      expiresAt: now.add(linkLasts),
    })
    .execute();
  await queueMail(ctx, {
    to: address,
    template: 'confirm-address',
    locale,
    usefulFor: linkLasts,
    values: {
      organisation,
      href: `${publicUrl}/${locale}/me/address/confirm?token=${token}`,
      minutes: linkLasts.total('minutes'),
    },
  });
  await ctx.record({ type: 'user.address-change-asked', subject: accountId, body: {} });
  return done(null);
}
