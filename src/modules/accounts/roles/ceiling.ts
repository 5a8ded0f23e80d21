import { sql } from 'kysely';
import { type Actor, type Context, holds, type Permission } from '#kernel/context';
import { type AssignmentRow, grantsOf } from './grants-of.ts';

/**
 * The ceiling over everybody who manages access: nobody makes another more powerful than themselves, and nobody touches the access of
 * somebody who is. Each verb that gives, takes or resets access asks one of the two.
 */
export type CeilingRefusal = 'accounts/wider-than-own' | 'accounts/above-own';

/** Whether somebody holds there all that they are about to give away. */
export function holdsAll(actor: Actor, granted: readonly Permission[], department: string | null): boolean {
  return granted.every((permission) => holds(actor, permission, { department }));
}

/**
 * Whether one of these accounts holds anything, anywhere, that the actor does not hold there. Without it whoever may manage accounts
 * could reset the second step of an owner, or let every owner but one go. Whoever calls holds the accounts' rows, which giving a role
 * waits for.
 */
export async function anyAbove(ctx: Context, accountIds: readonly string[]): Promise<boolean> {
  if (ctx.actor.kind === 'system' || accountIds.length === 0) return false;
  const rows = await ctx.db
    .selectFrom('accounts.assignment as assignment')
    .leftJoin('accounts.customRole as custom', 'custom.id', 'assignment.role')
    .select(['assignment.accountId', 'assignment.role', 'assignment.departmentId', 'custom.permissions'])
    .where('assignment.accountId', '=', sql<string>`any(${[...accountIds]}::uuid[])`)
    .execute();
  return isAbove(ctx.actor, rows);
}

/** The same for rows that were read: what a page offers. */
export function isAbove(actor: Actor, rows: readonly AssignmentRow[]): boolean {
  const { may, within } = grantsOf(rows, true).granted;
  return !holdsAll(actor, [...may], null) || [...within].some(([department, there]) => !holdsAll(actor, [...there], department));
}
