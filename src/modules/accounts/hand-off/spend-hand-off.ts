import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Device } from '../sessions/describe-device.ts';
import { type Held, openSession, type OpenSessionRefusal } from '../sessions/open-session.ts';
import { handedAccount } from './handed-account.ts';

export type Ticket = { readonly ticket: string; readonly publicUrl: string; readonly device: Device } & Held;
export type SpendHandOffRefusal = OpenSessionRefusal | 'accounts/hand-off-unknown';

/**
 * Signs in whom the ticket was made for, and makes their account the first time. No permission: the ticket is the proof.
 * One answer for a ticket that is spent, old, of another site or none.
 */
export async function spendHandOff(
  ctx: Context,
  { ticket, publicUrl, device, held = null }: Ticket,
): Promise<Outcome<{ token: string; returnTo: string | null }, SpendHandOffRefusal>> {
  // Of two that come at once the second waits here, and finds nothing.
  const handOff = await ctx.db
    .deleteFrom('accounts.handOff')
    .where('ticketHash', '=', sha256(ticket))
    .where('expiresAt', '>', ctx.now())
    .where('audience', '=', publicUrl)
    .returning(['programId', 'subject', 'returnTo'])
    .executeTakeFirst();
  if (!handOff) return refuse('accounts/hand-off-unknown');
  const { programId, subject, returnTo } = handOff;
  const accountId = await handedAccount(ctx, { programId, subject });
  if (accountId === null) return refuse('accounts/hand-off-unknown');
  const opened = await openSession(ctx, { accountId, method: 'hand-off', device, held });
  return opened.ok ? done({ token: opened.value.token, returnTo }) : opened;
}
