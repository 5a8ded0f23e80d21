import type { Database } from '#kernel/sql';
import { permissionsOf } from '../roles/grants-of.ts';
import type { KnownPermission } from '../roles/permissions.ts';

export type Holder = { readonly id: string; readonly email: string | null; readonly name: string | null };

/** Who of those present holds a permission there. @param department `null`: in the whole organisation. */
export async function staffHolding(db: Database, permission: KnownPermission, department: string | null): Promise<Holder[]> {
  const rows = await db
    .selectFrom('accounts.assignment as assignment')
    .innerJoin('accounts.account as account', 'account.id', 'assignment.accountId')
    .leftJoin('accounts.customRole as custom', 'custom.id', 'assignment.role')
    .select(['account.id', 'account.email', 'account.name'])
    .select(['assignment.role', 'assignment.departmentId', 'custom.permissions'])
    .where('account.kind', '=', 'staff')
    .where('account.leftAt', 'is', null)
    .orderBy('account.email')
    .execute();
  const there = rows.filter(
    ({ role, departmentId, permissions }) =>
      (departmentId === null || departmentId === department) && permissionsOf(role, permissions).includes(permission),
  );
  return [...new Map(there.map(({ id, email, name }) => [id, { id, email, name }])).values()];
}

/** Two accounts with one address are one person: somebody who left and came back, for one. */
export function isSamePerson(one: Pick<Holder, 'id' | 'email'>, other: Pick<Holder, 'id' | 'email'>): boolean {
  if (one.id === other.id) return true;
  return one.email !== null && other.email !== null && folded(one.email) === folded(other.email);
}

function folded(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}
