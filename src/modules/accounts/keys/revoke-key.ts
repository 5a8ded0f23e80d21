import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { actingStaff } from '../providers/acting-staff.ts';

export type RevokeKeyRefusal = 'accounts/key-unknown';

/** Ends a program for good: all its keys, and every hand-off that is under way. People it handed over stay signed in. */
export async function revokeKey(ctx: Context, { programId }: { programId: string }): Promise<Outcome<null, RevokeKeyRefusal>> {
  ctx.require('accounts:connect');
  const subject = actingStaff(ctx);
  const program = await ctx.db
    .updateTable('accounts.program')
    .set({ revokedAt: ctx.now() })
    .where('id', '=', programId)
    .where('revokedAt', 'is', null)
    .returning('name')
    .executeTakeFirst();
  if (!program) return refuse('accounts/key-unknown');
  await ctx.db.deleteFrom('accounts.handOff').where('programId', '=', programId).execute();
  await ctx.record({ type: 'staff.key-revoked', subject, body: { program: programId, name: program.name } });
  return done(null);
}
