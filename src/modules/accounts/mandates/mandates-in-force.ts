import type { Actor, Context, Mandate } from '#kernel/context';

/**
 * The mandates under which a user acts at this moment. Asked at every request, so that one that ended, ran out or whose principal was
 * erased is gone with the next.
 */
export async function mandatesInForce(ctx: Context, delegateId: string): Promise<Mandate[]> {
  const rows = await ctx.db
    .selectFrom('accounts.mandate as mandate')
    .innerJoin('accounts.account as principal', 'principal.id', 'mandate.principalId')
    .leftJoin('ledger.subject as subject', 'subject.id', 'mandate.principalId')
    .select(['mandate.id', 'principal.id as subject', 'mandate.scope'])
    .where('mandate.delegateId', '=', delegateId)
    .where('mandate.state', '=', 'active')
    .where('mandate.expiresAt', '>', ctx.now())
    .where('principal.leftAt', 'is', null)
    .where('subject.erasedAt', 'is', null)
    .orderBy('mandate.decidedAt')
    .execute();
  return rows.map(({ id, subject, scope }) => ({ id, subject, scope: new Set(scope) }));
}

type User = Extract<Actor, { kind: 'user' }>;

/** The same user acting under this one mandate and no other, so that every act is recorded with it; `null` when it is not theirs. */
export function actingUnder(actor: User, mandateId: string): { readonly actor: User; readonly mandate: Mandate } | null {
  const mandate = actor.mandates.find(({ id }) => id === mandateId);
  return mandate ? { actor: { ...actor, mandates: [mandate] }, mandate } : null;
}
