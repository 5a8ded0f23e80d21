import { isId } from '#kernel/ids';
import { listDepartments } from '#accounts';
import { type Context, departmentsOf } from '#kernel/context';
import type { DepartmentChoices } from '#policies';

/** Whom a document may be given to by whoever asks. */
export async function departmentsToWrite(ctx: Context): Promise<DepartmentChoices> {
  const scope = departmentsOf(ctx.actor, 'policies:write');
  const all = await listDepartments(ctx);
  return { whole: scope === 'all', list: scope === 'all' ? all : all.filter(({ id }) => scope.includes(id)) };
}

/** What a form says: empty is the whole organisation; what no form of ours would send is a department that does not exist. */
export function departmentIn(sent: string): string | null {
  return sent === '' ? null : isId(sent) ? sent : crypto.randomUUID();
}
