import type { Context } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done } from '#kernel/outcome';
import { listStaff, type StaffMember } from './list-staff.ts';

/** After so long without use, access is more risk than help. */
export const unusedAfter = Temporal.Duration.from({ hours: 24 * 90 });

export type ReviewedPerson = StaffMember & { readonly unusedSince: Temporal.Instant | null };

/** Who of those present has roles and has not used them for 90 days, the longest first; `unusedSince` is `null` for the others. */
export function judgeAccess(staff: readonly StaffMember[], now: Temporal.Instant): ReviewedPerson[] {
  const limit = now.subtract(unusedAfter);
  return staff
    .filter(({ leftAt }) => leftAt === null)
    .map((person) => {
      const last = person.seenAt ?? person.joinedAt;
      const unused = person.roles.length > 0 && Temporal.Instant.compare(last, limit) < 0;
      return { ...person, unusedSince: unused ? last : null };
    })
    .toSorted((a, b) => {
      if (a.unusedSince && b.unusedSince) return Temporal.Instant.compare(a.unusedSince, b.unusedSince);
      return Number(b.unusedSince !== null) - Number(a.unusedSince !== null);
    });
}

/** Notes that somebody looked through who may do what, and what they left as it was. */
export async function reviewAccess(ctx: Context): Promise<Outcome<{ unused: number }, never>> {
  ctx.require('accounts:manage');
  const people = judgeAccess(await listStaff(ctx), ctx.now());
  const unused = people.filter(({ unusedSince }) => unusedSince !== null).length;
  const by = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  await ctx.db
    .insertInto('accounts.accessReview')
    .values({ id: rowId(ctx.now()), at: ctx.now(), by, people: people.length, unused })
    .execute();
  if (by !== null) await ctx.record({ type: 'staff.access-reviewed', subject: by, body: { people: people.length, unused } });
  return done({ unused });
}

export async function lastAccessReview(ctx: Context): Promise<Temporal.Instant | null> {
  ctx.require('accounts:read');
  const row = await ctx.db.selectFrom('accounts.accessReview').select('at').orderBy('at', 'desc').limit(1).executeTakeFirst();
  return row?.at ?? null;
}
