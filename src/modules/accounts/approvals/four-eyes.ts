import type { Context } from '#kernel/context';
import type { KnownPermission } from '../roles/permissions.ts';

/** What can be made to need a second person. Each verb behind one of these asks `secondPersonMissing`. */
export const guardable = ['policies:publish', 'support:erase', 'accounts:manage'] as const satisfies readonly KnownPermission[];

export type Guarded = (typeof guardable)[number];

export function guardableIn(name: string): Guarded | undefined {
  return guardable.find((permission) => permission === name);
}

/** One deed, so exactly that an approval of it covers no other. */
export type Deed = {
  readonly permission: Guarded;
  /** What it is done to. */
  readonly object: string;
  /** SHA-256 over everything that is agreed to; 32 bytes. */
  readonly digest: Buffer;
  readonly department?: string | null;
};

export async function needsSecondPerson({ db }: Pick<Context, 'db'>, permission: Guarded): Promise<boolean> {
  const row = await db
    .selectFrom('accounts.fourEyes')
    .select('permission')
    .where('permission', '=', permission)
    .executeTakeFirst();
  return row !== undefined;
}
