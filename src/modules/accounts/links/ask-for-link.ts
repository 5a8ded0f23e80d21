import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { mailAddress, queueMail } from '#mail';
import type { Device } from '../sessions/describe-device.ts';
import { linkLasts, sealPart } from './link-box.ts';
import './link-tables.ts';

export type LinkRequest = {
  readonly email: string;
  /** Of the organisation: its confirmed public address and its name, which the letter carries. */
  readonly publicUrl: string;
  readonly organisation: string;
  readonly locale: string;
  readonly device: Device;
};

export type AskForLinkRefusal = 'accounts/email-not-valid';

/**
 * Sends a sign-in link to an address. Anybody may ask, for any address: whether it has an account is not looked at before the link
 * is opened, so there is nothing in the answer or its time to tell.
 * @returns `browser`: 256 random bits as base64url for a cookie of whoever asked; told once and never stored.
 */
export async function askForLink(
  ctx: Context,
  { email, publicUrl, organisation, locale, device }: LinkRequest,
): Promise<Outcome<{ browser: string }, AskForLinkRefusal>> {
  const address = mailAddress(email);
  if (address === null) return refuse('accounts/email-not-valid');
  const now = ctx.now();
  const id = rowId(now);
  const token = randomBytes(32).toString('base64url');
  const browser = randomBytes(32).toString('base64url');
  await ctx.db.deleteFrom('accounts.link').where('expiresAt', '<=', now).execute();
  await ctx.db
    .insertInto('accounts.link')
    .values({
      id,
      tokenHash: sha256(token),
      purpose: 'sign-in',
      address: sealPart(ctx.secrets, id, 'address', address),
      accountId: null,
      browserHash: sha256(browser),
      code: null,
      createdAt: now,
      expiresAt: now.add(linkLasts),
    })
    .execute();
  await queueMail(ctx, {
    to: address,
    template: 'sign-in-link',
    locale,
    usefulFor: linkLasts,
    values: {
      organisation,
      href: `${publicUrl}/${locale}/me/sign-in/open?token=${token}`,
      minutes: linkLasts.total('minutes'),
      ...device,
    },
  });
  return done({ browser });
}
