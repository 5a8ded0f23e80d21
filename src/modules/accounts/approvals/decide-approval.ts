import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isSamePerson } from './staff-holding.ts';

export type ApprovalDecision = { readonly approvalId: string; readonly approve: boolean; readonly note: string };
export type DecideApprovalRefusal =
  | 'accounts/approval-not-found'
  | 'accounts/approval-over'
  | 'accounts/own-approval'
  | 'accounts/approval-note-missing';

const longestNote = 2000;
/** What was agreed to yesterday is not what somebody would agree to for ever. */
const goodFor = { hours: 24 };

/** Another person agrees to exactly what was asked, or does not and says why. */
export async function decideApproval(
  ctx: Context,
  { approvalId, approve, note }: ApprovalDecision,
): Promise<Outcome<null, DecideApprovalRefusal>> {
  // Which permission it takes stands in the row.
  const approval = await ctx.db
    .selectFrom('accounts.approval as approval')
    .innerJoin('accounts.account as asker', 'asker.id', 'approval.askedBy')
    .select(['approval.permission', 'approval.object', 'approval.departmentId', 'approval.digest'])
    .select(['approval.decidedAt', 'approval.expiresAt', 'asker.id', 'asker.email'])
    .where('approval.id', '=', approvalId)
    .forUpdate('approval')
    .executeTakeFirst();
  if (!approval) return refuse('accounts/approval-not-found');
  const { permission, object, departmentId } = approval;
  ctx.require(permission, { department: departmentId });
  if (ctx.actor.kind !== 'staff') return refuse('accounts/approval-not-found');
  const self = await ctx.db
    .selectFrom('accounts.account')
    .select(['id', 'email'])
    .where('id', '=', ctx.actor.id)
    .executeTakeFirst();
  if (!self || isSamePerson(self, approval)) return refuse('accounts/own-approval');
  const expired = Temporal.Instant.compare(approval.expiresAt, ctx.now()) <= 0;
  if (approval.decidedAt !== null || expired) return refuse('accounts/approval-over');
  const said = note.trim().slice(0, longestNote);
  if (!approve && said === '') return refuse('accounts/approval-note-missing');
  await ctx.db
    .updateTable('accounts.approval')
    .set({ decidedBy: self.id, decidedAt: ctx.now(), approved: approve, note: said, expiresAt: ctx.now().add(goodFor) })
    .where('id', '=', approvalId)
    .execute();
  const body = { approval: approvalId, permission, object, digest: approval.digest.toString('hex') };
  const type = approve ? 'staff.approval-given' : 'staff.approval-declined';
  await ctx.record({ type, subject: self.id, body });
  return done(null);
}
