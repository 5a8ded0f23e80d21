import type { Context, Permission } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type Deed, needsSecondPerson } from './four-eyes.ts';

export type ApprovalRequest = Deed & {
  /** What it is done to, in words that whoever decides may read. Never what is sealed elsewhere. */
  readonly title: string;
  /** Where it can be looked at: path behind the language, `console/policies/terms/review`. */
  readonly href: string;
  /** Why, as typed. */
  readonly reason: string;
  /** What whoever asks must hold, where it is not what those who decide hold. */
  readonly asks?: Permission;
  /** It lets somebody do more than before, whatever the permission is. */
  readonly gives?: boolean;
};
export type RequestApprovalRefusal =
  | 'accounts/second-person-not-needed'
  | 'accounts/approval-asked'
  | 'accounts/approval-reason-missing';

const longestReason = 2000;
/** A question that nobody answers for so long is asked again, by somebody who still wants it. */
const openFor = { hours: 24 * 7 };

/** Asks others to agree to what the actor may do, but not alone. */
export async function requestApproval(
  ctx: Context,
  { permission, object, digest, department = null, title, href, reason, asks = permission, gives = false }: ApprovalRequest,
): Promise<Outcome<{ approvalId: string }, RequestApprovalRefusal>> {
  ctx.require(asks, { department });
  if (ctx.actor.kind !== 'staff' || !(await needsSecondPerson(ctx, permission)))
    return refuse('accounts/second-person-not-needed');
  const why = reason.trim().slice(0, longestReason);
  if (why === '') return refuse('accounts/approval-reason-missing');
  const askedBy = ctx.actor.id;
  // The asker's row is the lock: a form sent twice asks once.
  await ctx.db.selectFrom('accounts.account').select('id').where('id', '=', askedBy).forUpdate().execute();
  const open = await ctx.db
    .selectFrom('accounts.approval')
    .select('id')
    .where('permission', '=', permission)
    .where('object', '=', object)
    .where('digest', '=', digest)
    .where('askedBy', '=', askedBy)
    .where('decidedAt', 'is', null)
    .where('expiresAt', '>', ctx.now())
    .executeTakeFirst();
  if (open) return refuse('accounts/approval-asked');
  const id = rowId(ctx.now());
  await ctx.db
    .insertInto('accounts.approval')
    .values({
      id,
      permission,
      object,
      digest,
      title,
      href,
      gives,
      askedBy,
      reason: why,
      departmentId: department,
      askedAt: ctx.now(),
      expiresAt: ctx.now().add(openFor),
      decidedBy: null,
      decidedAt: null,
      approved: null,
      note: null,
      usedAt: null,
    })
    .execute();
  const body = { approval: id, permission, object, digest: digest.toString('hex') };
  await ctx.record({ type: 'staff.approval-asked', subject: askedBy, body });
  return done({ approvalId: id });
}
