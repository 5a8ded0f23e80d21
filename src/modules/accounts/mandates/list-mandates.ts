import type { Context } from '#kernel/context';
import { actsFor, type MandateAct } from './acts-under.ts';
import type { MandateKind, MandateScope, MandateState } from './mandate.ts';
import { offerKey } from './offer-mandate.ts';
import { requireOneself } from './require-oneself.ts';
import { openOffer, openRequest } from './sealed-words.ts';

/** A mandate as one of its two sides sees it. */
export type SeenMandate = {
  readonly id: string;
  readonly kind: MandateKind;
  readonly scope: readonly MandateScope[];
  /** `expired`: its time ran out. */
  readonly state: MandateState | 'expired';
  /** The other side, by name or address as far as whoever looks knows it; empty once that side is erased. */
  readonly person: string;
  /** Of an offer: what its maker wrote. */
  readonly words: string;
  readonly expiresAt: Temporal.Instant;
  /** Why staff refused. */
  readonly reason: string | null;
  /** What was done under it, newest first. */
  readonly acts: readonly MandateAct[];
};

export type OwnMandates = {
  /** Who acts for me, or was asked to. */
  readonly forMe: readonly SeenMandate[];
  /** For whom I act, or asked to. */
  readonly asDelegate: readonly SeenMandate[];
  /** What is offered to my address. */
  readonly offers: readonly SeenMandate[];
};

/** All mandates in which a user has a part. For the user alone: who else acts for somebody is no business of a delegate. */
export async function listMandates(ctx: Context, accountId: string): Promise<OwnMandates> {
  requireOneself(ctx, accountId);
  const self = await ctx.db.selectFrom('accounts.account').select('email').where('id', '=', accountId).executeTakeFirst();
  const own = self && self.email !== null ? offerKey(self.email) : null;
  const rows = await ctx.db
    .selectFrom('accounts.mandate as mandate')
    .leftJoin('accounts.account as delegate', 'delegate.id', 'mandate.delegateId')
    .leftJoin('accounts.account as principal', 'principal.id', 'mandate.principalId')
    .selectAll('mandate')
    .select(['delegate.name as delegateName', 'delegate.email as delegateEmail'])
    .select(['principal.name as principalName', 'principal.email as principalEmail'])
    .where((eb) =>
      eb.or([
        eb('mandate.delegateId', '=', accountId),
        eb('mandate.principalId', '=', accountId),
        ...(own ? [eb('mandate.addressHash', '=', own)] : []),
      ]),
    )
    .orderBy('mandate.requestedAt', 'desc')
    .execute();
  const acts = new Map<string, ReadonlyMap<string, readonly MandateAct[]>>();
  // Nothing is done under an offer; whoever it is made to has no business in the other person's record.
  for (const { principalId, state } of rows)
    if (principalId !== null && state !== 'offered' && !acts.has(principalId))
      acts.set(principalId, await actsFor(ctx, principalId));
  const seen = await Promise.all(
    rows.map(async (row) => {
      const { id, kind, scope, expiresAt, reason, delegateId, principalId } = row;
      const over = Temporal.Instant.compare(expiresAt, ctx.now()) <= 0;
      const state = over && (row.state === 'active' || row.state === 'offered') ? ('expired' as const) : row.state;
      const asPrincipal = principalId === accountId;
      const offer = row.state === 'offered' && principalId !== null ? await openOffer(ctx, principalId, row) : null;
      const request = principalId === null && delegateId !== null ? await openRequest(ctx, delegateId, row) : null;
      const person = asPrincipal
        ? (row.delegateName ?? row.delegateEmail ?? offer?.delegateAddress)
        : (row.principalName ?? row.principalEmail ?? request?.principalName);
      const done = principalId === null ? undefined : acts.get(principalId)?.get(id);
      const mandate = { id, kind, scope, state, person: person ?? '', words: offer?.words ?? '', expiresAt, reason };
      return { side: asPrincipal ? 'forMe' : delegateId === accountId ? 'asDelegate' : 'offers', ...mandate, acts: done ?? [] };
    }),
  );
  const of = (side: string) => seen.flatMap(({ side: own, ...mandate }) => (own === side ? [mandate] : []));
  return { forMe: of('forMe'), asDelegate: of('asDelegate'), offers: of('offers').filter(({ state }) => state === 'offered') };
}
