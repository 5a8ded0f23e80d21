import type { Actor, Context } from '#kernel/context';
import type { Acting } from './acting.tsx';
import { actingUnder, mandateRows, mandatesInForce } from './mandates-in-force.ts';

type User = Extract<Actor, { kind: 'user' }>;

/** Somebody inside a mandate: who acts, under which mandate and no other, and for whom. */
export type ReadActing = { readonly actor: User; readonly accountId: string; readonly under: Acting };

/**
 * Asked of the tables at every request inside a mandate. What a process keeps about sessions may be a second old, and a mandate that
 * was ended or cut must not live that much longer. A foreign mandate, one that is over and one that never was are alike `null`.
 */
export async function readActing(ctx: Context, mandateId: string): Promise<ReadActing | null> {
  if (ctx.actor.kind !== 'user') return null;
  const mandates = mandatesInForce(await mandateRows(ctx.db, ctx.actor.id), ctx.now());
  const found = actingUnder({ ...ctx.actor, mandates }, mandateId);
  if (!found) return null;
  const { kind, scope, expiresAt, name, email } = await ctx.db
    .selectFrom('accounts.mandate as mandate')
    .innerJoin('accounts.account as principal', 'principal.id', 'mandate.principalId')
    .select(['mandate.kind', 'mandate.scope', 'mandate.expiresAt', 'principal.name', 'principal.email'])
    .where('mandate.id', '=', mandateId)
    .executeTakeFirstOrThrow();
  const under = { id: mandateId, kind, scope, expiresAt, person: name ?? email ?? '' };
  return { actor: found.actor, accountId: found.mandate.subject, under };
}
