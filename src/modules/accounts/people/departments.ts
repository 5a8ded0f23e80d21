import type { Context } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';

export type Department = { readonly id: string; readonly name: string };
export type OpenDepartmentRefusal = 'accounts/name-missing' | 'accounts/name-taken';

const longestName = 80;

/** Opens a part of the organisation in which roles can be held. */
export async function openDepartment(
  ctx: Context,
  { name }: { name: string },
): Promise<Outcome<{ departmentId: string }, OpenDepartmentRefusal>> {
  ctx.require('accounts:manage');
  const called = name.trim().slice(0, longestName);
  if (called === '') return refuse('accounts/name-missing');
  const taken = await ctx.db
    .selectFrom('accounts.department')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', eb.fn<string>('lower', [eb.val(called)])))
    .executeTakeFirst();
  if (taken) return refuse('accounts/name-taken');
  const id = rowId(ctx.now());
  await ctx.db.insertInto('accounts.department').values({ id, name: called, createdAt: ctx.now() }).execute();
  return done({ departmentId: id });
}

export async function listDepartments(ctx: Context): Promise<Department[]> {
  return ctx.db.selectFrom('accounts.department').select(['id', 'name']).orderBy('name').execute();
}
