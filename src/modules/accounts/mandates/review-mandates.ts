import { type Context, holds, PermissionMissing } from '#kernel/context';
import { accountOf } from './approve-mandate.ts';
import type { MandateKind, MandateScope, MandateState } from './mandate.ts';
import { openRequest, type RequestedWords } from './sealed-words.ts';

export type ReviewedMandate = {
  readonly id: string;
  readonly kind: MandateKind;
  readonly scope: readonly MandateScope[];
  readonly state: MandateState | 'expired';
  readonly delegate: string;
  /** `null` until it is decided who that is. */
  readonly principal: string | null;
  readonly requestedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
};

/** All mandates for staff, the oldest first. Offers are between two people until one accepts. */
export async function listAllMandates(ctx: Context): Promise<ReviewedMandate[]> {
  requireReviewer(ctx);
  const rows = await mandates(ctx).where('mandate.state', '!=', 'offered').orderBy('mandate.requestedAt').limit(1000).execute();
  return rows.map((row) => reviewed(row, ctx.now()));
}

export type MandateCase = ReviewedMandate & {
  /** As typed by the delegate; `null` once they are erased, and for what a principal granted themselves. */
  readonly words: RequestedWords | null;
  /** Whether a user has shown the typed address to be theirs. */
  readonly addressKnown: boolean;
  readonly reason: string | null;
};

/** One mandate with what was asked and shown for it. */
export async function readMandateCase(ctx: Context, id: string): Promise<MandateCase | null> {
  requireReviewer(ctx);
  const row = await mandates(ctx).where('mandate.id', '=', id).where('mandate.state', '!=', 'offered').executeTakeFirst();
  if (!row) return null;
  const waits = row.state === 'requested' || row.state === 'refused';
  const words = waits && row.delegateId !== null ? await openRequest(ctx, row.delegateId, row) : null;
  const addressKnown = words !== null && words.principalAddress !== '' && (await accountOf(ctx, words.principalAddress)) !== null;
  return { ...reviewed(row, ctx.now()), words, addressKnown, reason: row.reason };
}

/** Looking needs no fresh proof, as in every other list; deciding does. */
function requireReviewer({ actor }: Context): void {
  if (!holds(actor, 'accounts:mandates')) throw new PermissionMissing('accounts:mandates');
}

function mandates(ctx: Context) {
  return ctx.db
    .selectFrom('accounts.mandate as mandate')
    .leftJoin('accounts.account as delegate', 'delegate.id', 'mandate.delegateId')
    .leftJoin('accounts.account as principal', 'principal.id', 'mandate.principalId')
    .selectAll('mandate')
    .select(['delegate.name as delegateName', 'delegate.email as delegateEmail'])
    .select(['principal.name as principalName', 'principal.email as principalEmail']);
}

type Row = Awaited<ReturnType<ReturnType<typeof mandates>['executeTakeFirstOrThrow']>>;

function reviewed(row: Row, now: Temporal.Instant): ReviewedMandate {
  const { id, kind, scope, requestedAt, expiresAt, endedAt } = row;
  const expired = row.state === 'active' && Temporal.Instant.compare(expiresAt, now) <= 0;
  return {
    id,
    kind,
    scope,
    state: expired ? 'expired' : row.state,
    delegate: calling(row.delegateName, row.delegateEmail) ?? '',
    principal: calling(row.principalName, row.principalEmail),
    requestedAt,
    expiresAt,
    endedAt,
  };
}

function calling(name: string | null, email: string | null): string | null {
  return name !== null && email !== null ? `${name} (${email})` : (name ?? email);
}
