import { type Context } from '#kernel/context';
import { type Deed, needsSecondPerson } from './four-eyes.ts';
import { isSamePerson, staffHolding } from './staff-holding.ts';

/** How a deed stands, for the page on which it would be done. */
export type SecondPerson =
  | { readonly state: 'not-needed' }
  | {
      readonly state: 'missing' | 'waiting' | 'given';
      /** Who could decide, by name or address. */
      readonly couldDecide: readonly string[];
      readonly reason: string;
      /** When it was asked; of an approval until when it is good. `null` while nobody asked. */
      readonly at: Temporal.Instant | null;
      /** Why somebody did not agree to exactly this. */
      readonly declined: string | null;
      /** Others who wait for somebody to agree to exactly this. */
      readonly askedByOthers: readonly string[];
    };

/** What stands between the actor and a deed. Reads only: an approval stays unused. */
export async function readSecondPerson(ctx: Context, deed: Deed): Promise<SecondPerson> {
  const { actor } = ctx;
  const { permission, object, digest, department = null } = deed;
  if (actor.kind !== 'staff' || !(await needsSecondPerson(ctx, permission))) return { state: 'not-needed' };
  const self = { id: actor.id, email: null as string | null };
  const holders = await staffHolding(ctx.db, permission, department);
  const known = holders.find(({ id }) => id === actor.id) ?? self;
  const others = holders.filter((other) => !isSamePerson(known, other));
  const rows = await ctx.db
    .selectFrom('accounts.approval as approval')
    .innerJoin('accounts.account as asker', 'asker.id', 'approval.askedBy')
    .selectAll('approval')
    .select(['asker.name', 'asker.email'])
    .where('approval.permission', '=', permission)
    .where('approval.object', '=', object)
    .where('approval.digest', '=', digest)
    .where('approval.usedAt', 'is', null)
    .where('approval.expiresAt', '>', ctx.now())
    .orderBy('approval.askedAt', 'desc')
    .execute();
  const own = rows.filter(({ askedBy }) => askedBy === actor.id);
  const given = own.find(({ approved, decidedBy }) => approved === true && others.some(({ id }) => id === decidedBy));
  const waiting = own.find(({ approved }) => approved === null);
  const asked = given ?? waiting;
  const [last] = own;
  return {
    state: given ? 'given' : waiting ? 'waiting' : 'missing',
    couldDecide: others.map(({ name, email }) => name ?? email ?? ''),
    reason: asked?.reason ?? '',
    at: given ? given.expiresAt : (waiting?.askedAt ?? null),
    declined: !asked && last?.approved === false ? last.note : null,
    askedByOthers: rows
      .filter(({ askedBy, approved }) => askedBy !== actor.id && approved === null)
      .map(({ name, email }) => name ?? email ?? ''),
  };
}
