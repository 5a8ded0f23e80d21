import { type Context, departmentsOf, holds } from '#kernel/context';
import { type Guarded, guardable, needsSecondPerson } from './four-eyes.ts';
import { readSecondPerson, type SecondPerson } from './read-second-person.ts';
import { switchingOff } from './set-four-eyes.ts';
import { isSamePerson } from './staff-holding.ts';

export type ApprovalState = 'waiting' | 'approved' | 'declined' | 'used' | 'expired';
export type ListedApproval = {
  readonly id: string;
  readonly permission: Guarded;
  /** It lets somebody do more than before. */
  readonly gives: boolean;
  /** What the four-eyes rule itself is to be switched off for has no title. */
  readonly title: string;
  readonly href: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Temporal.Instant;
  readonly state: ApprovalState;
  readonly decidedBy: string | null;
  readonly note: string;
  readonly expiresAt: Temporal.Instant;
  /** Whether whoever looks could decide, now or after a fresh proof. */
  readonly mayDecide: boolean;
};

const most = 200;

/** What the actor asked, and what was asked of those who hold a permission that the actor holds too, there; the newest first. */
export async function listApprovals(ctx: Context): Promise<ListedApproval[]> {
  // No permission of its own: everybody sees what they themselves asked or could be asked.
  const { actor } = ctx;
  if (actor.kind !== 'staff') return [];
  const held = guardable.filter((permission) => departmentsOf(actor, permission).length > 0);
  const self = await ctx.db.selectFrom('accounts.account').select('email').where('id', '=', actor.id).executeTakeFirst();
  const rows = await ctx.db
    .selectFrom('accounts.approval as approval')
    .innerJoin('accounts.account as asker', 'asker.id', 'approval.askedBy')
    .leftJoin('accounts.account as decider', 'decider.id', 'approval.decidedBy')
    .selectAll('approval')
    .select(['asker.email as askerEmail', 'asker.name as askerName'])
    .select(['decider.email as deciderEmail', 'decider.name as deciderName'])
    .where((eb) =>
      eb.or([eb('approval.askedBy', '=', actor.id), ...(held.length > 0 ? [eb('approval.permission', 'in', held)] : [])]),
    )
    .orderBy('approval.askedAt', 'desc')
    .limit(most)
    .execute();
  return rows
    .filter(
      ({ permission, departmentId, askedBy }) => askedBy === actor.id || holds(actor, permission, { department: departmentId }),
    )
    .map((row) => {
      const { id, permission, gives, title, href, reason, askedAt, expiresAt, askerEmail, askerName } = row;
      const state = stateOf(row, ctx.now());
      const own = isSamePerson({ id: actor.id, email: self?.email ?? null }, { id: row.askedBy, email: askerEmail });
      const askedBy = askerName ?? askerEmail ?? '';
      const decidedBy = row.deciderName ?? row.deciderEmail;
      const mayDecide = state === 'waiting' && !own;
      return {
        id,
        permission,
        gives,
        title,
        href,
        reason,
        askedBy,
        askedAt,
        state,
        decidedBy,
        note: row.note ?? '',
        expiresAt,
        mayDecide,
      };
    });
}

type Standing = {
  readonly approved: boolean | null;
  readonly usedAt: Temporal.Instant | null;
  readonly expiresAt: Temporal.Instant;
};

function stateOf({ approved, usedAt, expiresAt }: Standing, now: Temporal.Instant): ApprovalState {
  if (usedAt) return 'used';
  if (approved === false) return 'declined';
  if (Temporal.Instant.compare(expiresAt, now) <= 0) return 'expired';
  return approved === null ? 'waiting' : 'approved';
}

export type FourEyesSetting = {
  readonly permission: Guarded;
  readonly on: boolean;
  /** Of switching it off. */
  readonly secondPerson: SecondPerson;
};

/** What needs two people, for those who decide that. */
export async function listFourEyes(ctx: Context): Promise<FourEyesSetting[]> {
  if (!holds(ctx.actor, 'accounts:manage')) return [];
  return Promise.all(
    guardable.map(async (permission) => ({
      permission,
      on: await needsSecondPerson(ctx, permission),
      secondPerson: await readSecondPerson(ctx, switchingOff(permission)),
    })),
  );
}
