import type { Context } from '#kernel/context';
import { sameBytes, sha256 } from '#kernel/crypto';
import { type Outcome, refuse } from '#kernel/outcome';
import type { Device } from '../sessions/describe-device.ts';
import type { Held, OpenSessionRefusal } from '../sessions/open-session.ts';
import { takeAllowance } from '../sign-in/take-allowance.ts';
import { admitAddress } from './admit-address.ts';
import { linkLasts, openPart } from './link-box.ts';
import './link-tables.ts';

export type EnterLinkCode = { readonly browser: string; readonly code: string; readonly device: Device } & Held;
export type EnterLinkCodeRefusal = 'accounts/code-not-valid' | OpenSessionRefusal;

/** Five tries for each link: one chance in 200,000. @returns 0 when one more may be made, else the seconds. Called outside of an act. */
export function allowLinkCode(ctx: Context, { browser }: { browser: string }): Promise<number> {
  return takeAllowance(ctx, `link-code/${browser}`, { burst: 5, seconds: 24 * linkLasts.total('seconds') });
}

/** Signs in the browser that asked for a link which was opened elsewhere. A wrong code and a link not opened yet get one answer. */
export async function enterLinkCode(
  ctx: Context,
  { browser, code, device, held = null }: EnterLinkCode,
): Promise<Outcome<{ token: string }, EnterLinkCodeRefusal>> {
  const link = await ctx.db
    .selectFrom('accounts.link')
    .select(['id', 'address', 'code'])
    .where('browserHash', '=', sha256(browser))
    .where('code', 'is not', null)
    .where('expiresAt', '>', ctx.now())
    .forUpdate()
    .executeTakeFirst();
  if (!link?.code) return refuse('accounts/code-not-valid');
  const expected = openPart(ctx.secrets, link.id, 'code', link.code);
  if (!sameBytes(sha256(code.replaceAll(/[\s-]/g, '')), sha256(expected))) return refuse('accounts/code-not-valid');
  await ctx.db.deleteFrom('accounts.link').where('id', '=', link.id).execute();
  return admitAddress(ctx, { address: openPart(ctx.secrets, link.id, 'address', link.address), device, held });
}
