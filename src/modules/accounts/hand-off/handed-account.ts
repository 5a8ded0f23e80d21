import type { Context } from '#kernel/context';
import { objectId } from '#kernel/ids';

/** Whether a text can be the organisation's own id of a person. */
export function isHandedSubject(subject: string): boolean {
  return /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(subject) && subject.trim() === subject;
}

export type Handed = { readonly programId: string; readonly subject: string };

/** The account of whom a program calls so; `null` when it named nobody so yet. Whoever calls has asked who acts. */
export async function findHandedAccount(ctx: Context, { programId, subject }: Handed): Promise<string | null> {
  const known = await ctx.db
    .selectFrom('accounts.handedIdentity')
    .select('accountId')
    .where('programId', '=', programId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return known?.accountId ?? null;
}

/** The same, made the first time; `null` when the program was revoked. Whoever calls has asked who acts. */
export async function handedAccount(ctx: Context, handed: Handed): Promise<string | null> {
  // Locked, so that two first mentions of one newcomer make one account.
  const program = await ctx.db
    .selectFrom('accounts.program')
    .select('revokedAt')
    .where('id', '=', handed.programId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!program || program.revokedAt) return null;
  return (await findHandedAccount(ctx, handed)) ?? join(ctx, handed);
}

async function join(ctx: Context, { programId, subject }: Handed): Promise<string> {
  const id = objectId();
  const now = ctx.now();
  const none = { email: null, name: null, passphraseHash: null, passphraseSetAt: null, leftAt: null };
  await ctx.db
    .insertInto('accounts.account')
    .values({ id, kind: 'user', createdAt: now, ...none })
    .execute();
  await ctx.db.insertInto('accounts.handedIdentity').values({ programId, subject, accountId: id, linkedAt: now }).execute();
  await ctx.record({ type: 'user.joined', subject: id, body: { through: 'hand-off', program: programId } });
  return id;
}
