import type { Context, Permission } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { askForGift, type Gift, giftDeed } from '../approvals/gift.ts';
import type { RequestApprovalRefusal } from '../approvals/request-approval.ts';
import { secondPersonMissing, type SecondPersonRefusal } from '../approvals/second-person-missing.ts';
import { anyAbove, type CeilingRefusal, holdsAll } from './ceiling.ts';
import { permissionsOf } from './grants-of.ts';
import { permissions } from './permissions.ts';
import { isRole } from './roles.ts';

export type CustomRole = { readonly id: string; readonly name: string; readonly permissions: readonly string[] };
type RoleRefusal = 'accounts/name-missing' | 'accounts/role-name-not-valid' | 'accounts/permission-not-known' | CeilingRefusal;
export type SaveCustomRoleRefusal = RoleRefusal | SecondPersonRefusal;

/** Puts a role together from permissions, or changes one; whoever holds it is changed with it. */
export async function saveCustomRole(ctx: Context, role: CustomRole): Promise<Outcome<null, SaveCustomRoleRefusal>> {
  ctx.require('accounts:manage');
  const judged = await judge(ctx, role);
  if (!judged.ok) return judged;
  const { id, name, known, added, holders } = judged.value;
  const gift = giftOf(judged.value);
  if (added.length > 0 && (await secondPersonMissing(ctx, await giftDeed(ctx, gift))))
    return refuse('accounts/second-person-needed');
  await ctx.db
    .insertInto('accounts.customRole')
    .values({ id, name, permissions: known, createdAt: ctx.now() })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name, permissions: known }))
    .execute();
  for (const accountId of holders)
    await ctx.record({ type: 'staff.role-changed', subject: accountId, body: { role: id, permissions: known } });
  return done(null);
}

/** Asks a second person to agree to a new role, or to one that allows more than before. */
export async function askToSaveRole(
  ctx: Context,
  { reason, ...role }: CustomRole & { readonly reason: string },
): Promise<Outcome<{ approvalId: string }, RoleRefusal | RequestApprovalRefusal>> {
  ctx.require('accounts:manage');
  const judged = await judge(ctx, role);
  if (!judged.ok) return judged;
  const { name, known, added } = judged.value;
  if (added.length === 0) return refuse('accounts/second-person-not-needed');
  // The role as it would be stands nowhere else that whoever decides could look at it.
  const words = { title: `${name} (${role.id}): ${known.join(', ')}`, href: 'console/roles', reason };
  return askForGift(ctx, giftOf(judged.value), 'accounts:manage', words);
}

type Judged = {
  readonly id: string;
  readonly name: string;
  readonly known: Permission[];
  /** What it did not allow until now. */
  readonly added: readonly Permission[];
  readonly holders: readonly string[];
};

async function judge(ctx: Context, { id, name, permissions: wanted }: CustomRole): Promise<Outcome<Judged, RoleRefusal>> {
  const called = name.trim().slice(0, 80);
  if (called === '') return refuse('accounts/name-missing');
  if (isRole(id) || !/^[a-z][a-z0-9-]{1,39}$/.test(id)) return refuse('accounts/role-name-not-valid');
  const known = permissions.filter((permission) => wanted.includes(permission));
  if (known.length !== new Set(wanted).size || known.length === 0) return refuse('accounts/permission-not-known');
  const row = await ctx.db
    .selectFrom('accounts.customRole')
    .select('permissions')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const before = row ? permissionsOf(id, row.permissions) : [];
  // What is taken away counts as well: whoever could not give it is not the one to take it.
  if (!holdsAll(ctx.actor, [...known, ...before], null)) return refuse('accounts/wider-than-own');
  const rows = await ctx.db.selectFrom('accounts.assignment').select('accountId').distinct().where('role', '=', id).execute();
  const holders = rows.map(({ accountId }) => accountId);
  if (await anyAbove(ctx, holders)) return refuse('accounts/above-own');
  return done({ id, name: called, known, added: known.filter((each) => !before.includes(each)), holders });
}

function giftOf({ id, known, added }: Judged): Gift {
  return { object: `role/${id}`, terms: [...known], granted: added };
}

export async function listCustomRoles(ctx: Context): Promise<CustomRole[]> {
  return ctx.db.selectFrom('accounts.customRole').select(['id', 'name', 'permissions']).orderBy('id').execute();
}
