import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { objectId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Device } from '../sessions/describe-device.ts';
import { type Held, openSession, type OpenSessionRefusal } from '../sessions/open-session.ts';

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
  // Locked, so that two tickets for one newcomer make one account.
  const program = await ctx.db
    .selectFrom('accounts.program')
    .select('revokedAt')
    .where('id', '=', programId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!program || program.revokedAt) return refuse('accounts/hand-off-unknown');
  const known = await ctx.db
    .selectFrom('accounts.handedIdentity')
    .select('accountId')
    .where('programId', '=', programId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  const accountId = known?.accountId ?? (await join(ctx, programId, subject));
  const opened = await openSession(ctx, { accountId, method: 'hand-off', device, held });
  return opened.ok ? done({ token: opened.value.token, returnTo }) : opened;
}

async function join(ctx: Context, programId: string, subject: string): Promise<string> {
  const id = objectId();
  const now = ctx.now();
  const none = { email: null, name: null, passphraseHash: null, passphraseSetAt: null, leftAt: null };
  await ctx.db
    .insertInto('accounts.account')
    .values({ id, kind: 'user', createdAt: now, ...none })
    .execute();
  await ctx.db.insertInto('accounts.handedIdentity').values({ programId, subject, accountId: id, linkedAt: now }).execute();
  await ctx.record({ type: 'user.joined', subject: id, body: { through: 'hand-off', program: programId } });
  return id;
}
