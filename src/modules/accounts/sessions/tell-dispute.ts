import type { Context } from '#kernel/context';
import { queueMail } from '#mail';

/**
 * Writes to everybody who keeps the organisation secure, or where nobody has that role to its owners, that somebody says a sign-in
 * was not theirs. Called in the act of the dispute.
 */
export async function tellDispute(
  ctx: Context,
  about: { organisation: string; publicUrl: string; zone: string; locale: string },
): Promise<void> {
  const keepers = await ctx.db
    .selectFrom('accounts.account as account')
    .innerJoin('accounts.assignment as assignment', 'assignment.accountId', 'account.id')
    .select(['account.email', 'assignment.role'])
    .where('assignment.role', 'in', ['security', 'owner'])
    .where('assignment.departmentId', 'is', null)
    .where('account.leftAt', 'is', null)
    .execute();
  const role = keepers.some((keeper) => keeper.role === 'security') ? 'security' : 'owner';
  const { organisation, publicUrl, zone, locale } = about;
  const values = { organisation, at: ctx.now().toString(), zone, href: `${publicUrl}/${locale}/console` };
  for (const { email } of keepers.filter((keeper) => keeper.role === role))
    if (email !== null) await queueMail(ctx, { to: email, template: 'not-me', locale, values });
}
