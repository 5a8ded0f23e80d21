import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { AccountKind } from '../tables.ts';

export type Dispute = {
  readonly id: string;
  /** Whose sign-in it was; the person asked to be told from a stranger, so the desk is told who they are. */
  readonly account: { readonly kind: AccountKind; readonly email: string | null; readonly name: string | null };
  readonly at: Temporal.Instant;
  readonly signIn: { readonly at: Temporal.Instant; readonly method: string; readonly device: string; readonly network: string };
  readonly sessionsEnded: number;
  /** The person has not said that they looked through what was changed since. */
  readonly doubted: boolean;
  readonly closed: { readonly at: Temporal.Instant; readonly note: string } | null;
};

const mostListed = 100;

/** What nobody has looked into yet, oldest first. */
export async function openDisputes(ctx: Context): Promise<Dispute[]> {
  ctx.require('accounts:read');
  const rows = await disputes(ctx)
    .where('dispute.closedAt', 'is', null)
    .orderBy('dispute.at')
    .orderBy('dispute.id')
    .limit(mostListed)
    .execute();
  return rows.map(shape);
}

export async function readDispute(ctx: Context, id: string): Promise<Dispute | null> {
  ctx.require('accounts:read');
  if (!isId(id)) return null;
  const row = await disputes(ctx).where('dispute.id', '=', id).executeTakeFirst();
  return row ? shape(row) : null;
}

export type CloseDisputeRefusal = 'accounts/dispute-not-found' | 'accounts/dispute-closed' | 'accounts/note-missing';

/** A member of staff has looked into it, and writes down what came of it. */
export async function closeDispute(
  ctx: Context,
  { disputeId, note: typed }: { disputeId: string; note: string },
): Promise<Outcome<null, CloseDisputeRefusal>> {
  // Not the reading one: whoever only reads must not be able to make a report go away.
  ctx.require('accounts:disputes');
  const note = typed.trim();
  if (!isId(disputeId)) return refuse('accounts/dispute-not-found');
  const dispute = await ctx.db
    .selectFrom('accounts.dispute as dispute')
    .innerJoin('accounts.account as account', 'account.id', 'dispute.accountId')
    .select(['dispute.accountId', 'dispute.closedAt', 'account.kind'])
    .where('dispute.id', '=', disputeId)
    .forUpdate('dispute')
    .executeTakeFirst();
  if (!dispute) return refuse('accounts/dispute-not-found');
  if (dispute.closedAt) return refuse('accounts/dispute-closed');
  if (note === '' || note.length > 4000) return refuse('accounts/note-missing', { longest: 4000 });
  const closedBy = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  await ctx.db.updateTable('accounts.dispute').set({ closedAt: ctx.now(), closedBy, note }).where('id', '=', disputeId).execute();
  if (closedBy !== dispute.accountId) await settle(ctx, disputeId, dispute.accountId);
  await ctx.record({ type: `${dispute.kind}.dispute-closed`, subject: dispute.accountId, body: { dispute: disputeId } });
  return done(null);
}

/** Whoever closes a report about themselves has not looked through their own list by that. */
async function settle(ctx: Context, disputeId: string, accountId: string): Promise<void> {
  await ctx.db.updateTable('accounts.dispute').set({ settledAt: ctx.now() }).where('id', '=', disputeId).execute();
  const other = await ctx.db
    .selectFrom('accounts.dispute')
    .select('id')
    .where('accountId', '=', accountId)
    .where('settledAt', 'is', null)
    .executeTakeFirst();
  if (!other) await ctx.db.updateTable('accounts.account').set({ doubtedAt: null }).where('id', '=', accountId).execute();
}

function disputes(ctx: Context) {
  return ctx.db
    .selectFrom('accounts.dispute as dispute')
    .innerJoin('accounts.account as account', 'account.id', 'dispute.accountId')
    .selectAll('dispute')
    .select(['account.kind', 'account.email', 'account.name', 'account.doubtedAt']);
}

type Row = Awaited<ReturnType<ReturnType<typeof disputes>['executeTakeFirstOrThrow']>>;

function shape({ id, kind, email, name, at, signedInAt, method, device, network, ...rest }: Row): Dispute {
  return {
    id,
    account: { kind, email, name },
    at,
    signIn: { at: signedInAt, method, device, network },
    sessionsEnded: rest.sessionsEnded,
    doubted: rest.doubtedAt !== null,
    closed: rest.closedAt && { at: rest.closedAt, note: rest.note ?? '' },
  };
}
