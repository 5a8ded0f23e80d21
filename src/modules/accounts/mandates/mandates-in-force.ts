import type { Actor, Mandate } from '#kernel/context';
import type { Database } from '#kernel/sql';
import type { MandateScope } from './mandate.ts';

export type MandateRow = {
  readonly id: string;
  readonly subject: string;
  readonly scope: readonly MandateScope[];
  readonly expiresAt: Temporal.Instant;
};

/** The active mandates of a user whose principal is still here, those included that have run out meanwhile. */
export function mandateRows(db: Database, delegateId: string): Promise<MandateRow[]> {
  return db
    .selectFrom('accounts.mandate as mandate')
    .innerJoin('accounts.account as principal', 'principal.id', 'mandate.principalId')
    .leftJoin('ledger.subject as subject', 'subject.id', 'mandate.principalId')
    .select(['mandate.id', 'principal.id as subject', 'mandate.scope', 'mandate.expiresAt'])
    .where('mandate.delegateId', '=', delegateId)
    .where('mandate.state', '=', 'active')
    .where('principal.leftAt', 'is', null)
    .where('subject.erasedAt', 'is', null)
    .orderBy('mandate.decidedAt')
    .execute();
}

/** Those under which a user acts at this instant. Asked at every request, so that one that ran out is gone with the next. */
export function mandatesInForce(rows: readonly MandateRow[], now: Temporal.Instant): Mandate[] {
  return rows
    .filter(({ expiresAt }) => Temporal.Instant.compare(expiresAt, now) > 0)
    .map(({ id, subject, scope }) => ({ id, subject, scope: new Set(scope) }));
}

type User = Extract<Actor, { kind: 'user' }>;

/** The same user acting under this one mandate and no other, so that every act is recorded with it; `null` when it is not theirs. */
export function actingUnder(actor: User, mandateId: string): { readonly actor: User; readonly mandate: Mandate } | null {
  const mandate = actor.mandates.find(({ id }) => id === mandateId);
  return mandate ? { actor: { ...actor, mandates: [mandate] }, mandate } : null;
}
