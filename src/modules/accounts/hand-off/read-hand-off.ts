import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { SpendHandOffRefusal, Ticket } from './spend-hand-off.ts';

/** Whom a ticket would sign in, as far as its holder may read it. */
export type HandOffPerson = {
  /** Their name, else their address with its beginning hidden; `null` where neither is known, or nobody is yet. */
  readonly called: string | null;
  /** When the account was opened; `null`: it would be opened now. */
  readonly since: Temporal.Instant | null;
};

/** Looks at a ticket and spends nothing. No permission: whoever holds it could enter. */
export async function readHandOff(
  ctx: Context,
  { ticket, publicUrl }: Omit<Ticket, 'device'>,
): Promise<Outcome<HandOffPerson, SpendHandOffRefusal>> {
  const handOff = await ctx.db
    .selectFrom('accounts.handOff as handOff')
    .innerJoin('accounts.program as program', 'program.id', 'handOff.programId')
    .select(['handOff.programId', 'handOff.subject'])
    .where('handOff.ticketHash', '=', sha256(ticket))
    .where('handOff.expiresAt', '>', ctx.now())
    .where('handOff.audience', '=', publicUrl)
    .where('program.revokedAt', 'is', null)
    .executeTakeFirst();
  if (!handOff) return refuse('accounts/hand-off-unknown');
  const account = await ctx.db
    .selectFrom('accounts.handedIdentity as identity')
    .innerJoin('accounts.account as account', 'account.id', 'identity.accountId')
    .select(['account.name', 'account.email', 'account.createdAt', 'account.leftAt'])
    .where('identity.programId', '=', handOff.programId)
    .where('identity.subject', '=', handOff.subject)
    .executeTakeFirst();
  if (account?.leftAt) return refuse('accounts/account-closed');
  const { name = null, email = null, createdAt: since = null } = account ?? {};
  return done({ called: name ?? (email === null ? null : maskAddress(email)), since });
}

/** Enough for its owner to know it, and too little to write to. */
function maskAddress(email: string): string {
  const at = email.lastIndexOf('@');
  // Of a single letter nothing would be hidden.
  const [first = ''] = at > 1 ? email : '';
  return `${first}…${email.slice(at)}`;
}
