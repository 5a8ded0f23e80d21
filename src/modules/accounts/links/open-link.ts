import { randomInt } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sameBytes, sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Device } from '../sessions/describe-device.ts';
import type { Held, OpenSessionRefusal } from '../sessions/open-session.ts';
import { admitAddress } from './admit-address.ts';
import { openPart, sealPart } from './link-box.ts';
import './link-tables.ts';

export type OpenLink = {
  readonly token: string;
  /** The cookie of the browser in which the link was opened, if it has one. */
  readonly browser: string | null;
  readonly device: Device;
} & Held;

export type OpenLinkRefusal = 'accounts/link-not-valid' | OpenSessionRefusal;

/** Signed in here, or the code with which the browser that asked gets in. */
export type OpenedLink = { readonly token: string } | { readonly code: string };

/**
 * Spends a sign-in link. In the browser that asked it signs in at once. Anywhere else it would sign in whoever opened it, so a
 * link forwarded or mistyped would put one person into the account of another; there it becomes a code for the browser that asked.
 * The code exists only from then on, so that nobody can guess it before the mailbox's owner opened the link.
 */
export async function openLink(
  ctx: Context,
  { token, browser, device, held = null }: OpenLink,
): Promise<Outcome<OpenedLink, OpenLinkRefusal>> {
  const link = await ctx.db
    .selectFrom('accounts.link')
    .select(['id', 'address', 'browserHash'])
    .where('tokenHash', '=', sha256(token))
    .where('purpose', '=', 'sign-in')
    .where('expiresAt', '>', ctx.now())
    .forUpdate()
    .executeTakeFirst();
  if (!link?.browserHash) return refuse('accounts/link-not-valid');
  const { id } = link;
  if (browser !== null && sameBytes(sha256(browser), link.browserHash)) {
    await ctx.db.deleteFrom('accounts.link').where('id', '=', id).execute();
    return admitAddress(ctx, { address: openPart(ctx.secrets, id, 'address', link.address), device, held });
  }
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await ctx.db
    .updateTable('accounts.link')
    .set({ tokenHash: null, code: sealPart(ctx.secrets, id, 'code', code) })
    .where('id', '=', id)
    .execute();
  return done({ code });
}
