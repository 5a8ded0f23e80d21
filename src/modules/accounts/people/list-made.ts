import { type Context, holds, PermissionMissing } from '#kernel/context';

/** What goes on without whoever made it. */
export type Made = {
  readonly programs: readonly { readonly id: string; readonly name: string }[];
  readonly webhooks: readonly { readonly id: string; readonly url: string }[];
};

/** Programs with keys and receivers of messages that somebody made, for whoever decides what becomes of them when that person leaves. */
export async function listMade(ctx: Context, accountId: string): Promise<Made> {
  // Looking needs no fresh proof; every change does.
  if (!holds(ctx.actor, 'accounts:manage')) throw new PermissionMissing('accounts:manage');
  const programs = await ctx.db
    .selectFrom('accounts.program')
    .select(['id', 'name'])
    .where('madeBy', '=', accountId)
    .where('revokedAt', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute();
  const webhooks = await ctx.db
    .selectFrom('accounts.webhook')
    .select(['id', 'url'])
    .where('madeBy', '=', accountId)
    .orderBy('url')
    .orderBy('id')
    .execute();
  return { programs, webhooks };
}
