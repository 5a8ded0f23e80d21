import type { Context } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { makeToken } from './make-token.ts';

export type OpenScimConnectionRefusal = 'accounts/scim-name-missing' | 'accounts/scim-name-too-long';

const longestName = 80;

/** A new identity system that may create accounts. They hold no role until an owner maps a group to one. */
export async function openScimConnection(
  ctx: Context,
  { name }: { name: string },
): Promise<Outcome<{ connectionId: string; token: string }, OpenScimConnectionRefusal>> {
  ctx.require('accounts:connect');
  const shown = name.trim();
  if (shown === '') return refuse('accounts/scim-name-missing');
  if (shown.length > longestName) return refuse('accounts/scim-name-too-long', { longest: longestName });
  const connectionId = rowId(ctx.now());
  await ctx.db
    .insertInto('accounts.scimConnection')
    .values({ id: connectionId, name: shown, createdAt: ctx.now(), closedAt: null })
    .execute();
  const token = await makeToken(ctx, connectionId);
  await ctx.record({ type: 'scim.connected', subject: connectionId, body: { name: shown } });
  return done({ connectionId, token });
}
