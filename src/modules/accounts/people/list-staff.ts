import type { Context } from '#kernel/context';

export type HeldRole = { readonly role: string; readonly departmentId: string | null; readonly department: string | null };
export type StaffMember = {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly joinedAt: Temporal.Instant;
  readonly leftAt: Temporal.Instant | null;
  /** The last time a session of theirs was used, or a sign-in succeeded. */
  readonly seenAt: Temporal.Instant | null;
  readonly roles: readonly HeldRole[];
};

/** Everybody who works here or did, the present ones first. */
export async function listStaff(ctx: Context): Promise<StaffMember[]> {
  ctx.require('accounts:read');
  const people = await ctx.db
    .selectFrom('accounts.account as account')
    .select((eb) => [
      'account.id',
      'account.email',
      'account.name',
      'account.createdAt',
      'account.leftAt',
      eb.fn
        .coalesce(
          eb
            .selectFrom('accounts.session as session')
            .select((inner) => inner.fn.max('session.seenAt').as('at'))
            .whereRef('session.accountId', '=', 'account.id'),
          eb
            .selectFrom('accounts.signIn as signIn')
            .select((inner) => inner.fn.max('signIn.at').as('at'))
            .whereRef('signIn.accountId', '=', 'account.id')
            .where('signIn.outcome', '=', 'signed-in'),
        )
        .as('seenAt'),
    ])
    .where('account.kind', '=', 'staff')
    .orderBy((eb) => eb('account.leftAt', 'is not', null))
    .orderBy('account.email')
    .execute();
  const rows = await ctx.db
    .selectFrom('accounts.assignment as assignment')
    .leftJoin('accounts.department as department', 'department.id', 'assignment.departmentId')
    .select(['assignment.accountId', 'assignment.role', 'assignment.departmentId', 'department.name as department'])
    .orderBy('assignment.role')
    .orderBy('department.name')
    .execute();
  const roles = Map.groupBy(rows, ({ accountId }) => accountId);
  return people.map(({ id, email, name, createdAt, leftAt, seenAt }) => ({
    id,
    email,
    name,
    joinedAt: createdAt,
    leftAt,
    seenAt,
    roles: (roles.get(id) ?? []).map(({ role, departmentId, department }) => ({ role, departmentId, department })),
  }));
}
