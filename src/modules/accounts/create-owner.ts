import type { Context } from '#kernel/context';
import { objectId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { hashPassphrase, shortestPassphrase } from './sign-in/passphrase.ts';

export type NewOwner = { readonly email: string; readonly passphrase: string };
export type CreateOwnerRefusal = 'accounts/email-not-valid' | 'accounts/passphrase-too-short' | 'accounts/owner-exists';

/** The first person of an installation. Staff are subjects too: what they do is recorded under a key of their own. */
export async function createOwner(
  ctx: Context,
  { email, passphrase }: NewOwner,
): Promise<Outcome<{ accountId: string }, CreateOwnerRefusal>> {
  ctx.require('accounts:manage');
  const address = email.trim();
  if (!isEmailAddress(address)) return refuse('accounts/email-not-valid');
  if (passphrase.length < shortestPassphrase) return refuse('accounts/passphrase-too-short', { shortest: shortestPassphrase });
  const existing = await ctx.db
    .selectFrom('accounts.assignment')
    .select('accountId')
    .where('role', '=', 'owner')
    .executeTakeFirst();
  if (existing) return refuse('accounts/owner-exists');
  const id = objectId();
  const now = ctx.now();
  const passphraseHash = await hashPassphrase(passphrase);
  await ctx.db
    .insertInto('accounts.account')
    .values({
      id,
      kind: 'staff',
      email: address,
      name: null,
      passphraseHash,
      passphraseSetAt: now,
      createdAt: now,
      leftAt: null,
    })
    .execute();
  await ctx.db
    .insertInto('accounts.assignment')
    .values({ accountId: id, role: 'owner', departmentId: null, grantedAt: now })
    .execute();
  await ctx.record({ type: 'staff.joined', subject: id, body: { role: 'owner' } });
  return done({ accountId: id });
}

/** What the HTML standard accepts in `type=email`, with a dot in the domain unless it is this machine. */
export function isEmailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>(),;:"[\]\\]{1,64}@(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i.test(text);
}
