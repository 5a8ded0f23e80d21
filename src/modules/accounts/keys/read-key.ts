import type { Actor, Context, Permission } from '#kernel/context';
import { sameBytes, sha256 } from '#kernel/crypto';
import { permissions } from '../roles/permissions.ts';
import { keyForm } from './new-secret.ts';

export type Program = Extract<Actor, { kind: 'program' }>;

/** Which program sent this key, while it counts; else `null`. The program is named in the record, whichever of its keys was sent. */
export async function readKey(ctx: Context, key: string): Promise<Program | null> {
  const [, prefix, secret] = keyForm.exec(key) ?? [];
  if (prefix === undefined || secret === undefined) return null;
  const now = ctx.now();
  const row = await ctx.db
    .selectFrom('accounts.programKey as key')
    .innerJoin('accounts.program as program', 'program.id', 'key.programId')
    .select(['program.id', 'program.scopes', 'key.secretHash', 'key.usedAt'])
    .where('key.prefix', '=', prefix)
    .where('key.expiresAt', '>', now)
    .where('program.revokedAt', 'is', null)
    .executeTakeFirst();
  if (!row || !sameBytes(row.secretHash, sha256(secret))) return null;
  const hour = now.subtract({ milliseconds: now.epochMilliseconds % 3_600_000 });
  if (!row.usedAt || Temporal.Instant.compare(row.usedAt, hour) < 0)
    await ctx.db.updateTable('accounts.programKey').set({ usedAt: hour }).where('prefix', '=', prefix).execute();
  // From data, so only what this version knows.
  const may = new Set<Permission>(permissions.filter((permission) => row.scopes.includes(permission)));
  return { kind: 'program', id: row.id, may, within: new Map(), onceProved: new Set() };
}
