import type { Context } from '#kernel/context';

/** Users with this e-mail address, or whom a program of the organisation calls so; at most ten. */
export async function findPerson(ctx: Context, { called }: { called: string }): Promise<{ accountId: string; called: string }[]> {
  ctx.require('acceptances:read');
  const typed = called.trim();
  if (typed === '' || typed.length > 320 || /\p{Cc}/u.test(typed)) return [];
  const rows = await ctx.db
    .selectFrom('accounts.account as account')
    .leftJoin('accounts.handedIdentity as handed', 'handed.accountId', 'account.id')
    .select(['account.id', 'account.email', 'handed.subject'])
    .where('account.kind', '=', 'user')
    .where((eb) =>
      eb.or([
        eb('handed.subject', '=', typed),
        // As the table compares addresses: A to Z alone are folded.
        eb(
          eb.fn<string>('lower', ['account.email']),
          '=',
          typed.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
        ),
      ]),
    )
    .limit(10)
    .execute();
  const byAccount = new Map(rows.map(({ id, email, subject }) => [id, email ?? subject ?? id]));
  return [...byAccount].map(([accountId, name]) => ({ accountId, called: name }));
}
