import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';

export type DoubtedKind = 'passkey' | 'provider' | 'totp' | 'recovery-codes' | 'passphrase' | 'address';
/** A way in that is newer than the sign-in that was not its owner's. */
export type DoubtedChange = {
  readonly kind: DoubtedKind;
  /** Of a passkey or a provider; else empty. */
  readonly id: string;
  /** What its owner knows it by: the name of a passkey or provider, an address; else empty. */
  readonly label: string;
  readonly at: Temporal.Instant;
};
export type Doubt = {
  /** The first sign-in that is doubted. */
  readonly since: Temporal.Instant;
  /** Oldest first. */
  readonly changes: readonly DoubtedChange[];
  /** Names exactly these changes, for `settleDoubt`. */
  readonly seen: string;
};

/** What was added or changed about the proofs of whoever acts since a sign-in that was not them; `null` where nothing is doubted. */
export async function readDoubt(ctx: Context): Promise<Doubt | null> {
  const { id } = ownAccount(ctx, 'self:read');
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select(['doubtedAt', 'email', 'emailSetAt', 'passphraseSetAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (account.doubtedAt === null) return null;
  const { first } = await ctx.db
    .selectFrom('accounts.dispute')
    .select((eb) => eb.fn.min('signedInAt').as('first'))
    .where('accountId', '=', id)
    .where('settledAt', 'is', null)
    .executeTakeFirstOrThrow();
  const since: Temporal.Instant = first ?? account.doubtedAt;
  const found = [...(await addedTo(ctx, id)), ...setOn(account)]
    .filter(({ at }) => Temporal.Instant.compare(at, since) >= 0)
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  const named = found.map(({ kind, id: which, at }) => [kind, which, at.toString()]);
  return { since, changes: found, seen: sha256(JSON.stringify(named)).toString('base64url') };
}

async function addedTo(ctx: Context, accountId: string): Promise<DoubtedChange[]> {
  const passkeys = await ctx.db
    .selectFrom('accounts.passkey')
    .select(['id', 'label', 'createdAt as at'])
    .where('accountId', '=', accountId)
    .execute();
  const providers = await ctx.db
    .selectFrom('accounts.identity as identity')
    .innerJoin('accounts.provider as provider', 'provider.id', 'identity.providerId')
    .select(['provider.id', 'provider.name as label', 'identity.linkedAt as at'])
    .where('identity.accountId', '=', accountId)
    .execute();
  const app = await ctx.db.selectFrom('accounts.totp').select('createdAt as at').where('accountId', '=', accountId).execute();
  const codes = await ctx.db
    .selectFrom('accounts.recoveryCode')
    .select('madeAt as at')
    .distinct()
    .where('accountId', '=', accountId)
    .execute();
  return [
    ...passkeys.map((row) => ({ kind: 'passkey' as const, ...row })),
    ...providers.map((row) => ({ kind: 'provider' as const, ...row })),
    ...app.map(({ at }) => ({ kind: 'totp' as const, id: '', label: '', at })),
    ...codes.flatMap(({ at }) => (at ? [{ kind: 'recovery-codes' as const, id: '', label: '', at }] : [])),
  ];
}

type Set = {
  readonly email: string | null;
  readonly emailSetAt: Temporal.Instant | null;
  readonly passphraseSetAt: Temporal.Instant | null;
};

function setOn({ email, emailSetAt, passphraseSetAt }: Set): DoubtedChange[] {
  return [
    ...(passphraseSetAt ? [{ kind: 'passphrase' as const, id: '', label: '', at: passphraseSetAt }] : []),
    ...(emailSetAt ? [{ kind: 'address' as const, id: '', label: email ?? '', at: emailSetAt }] : []),
  ];
}

export type SettleDoubtRefusal = 'accounts/not-doubted' | 'accounts/changed-since-looked';

/**
 * Whoever acts has looked through everything that was changed. Adding a passkey alone settles nothing: an intruder's stands beside it.
 * The report stays with those who keep the organisation secure.
 * @param seen Of the list that was looked at; one that has grown meanwhile is looked at again.
 */
export async function settleDoubt(ctx: Context, { seen }: { seen: string }): Promise<Outcome<null, SettleDoubtRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:secure');
  await ctx.db.selectFrom('accounts.account').select('id').where('id', '=', id).forUpdate().execute();
  const doubt = await readDoubt(ctx);
  if (!doubt) return refuse('accounts/not-doubted');
  if (doubt.seen !== seen) return refuse('accounts/changed-since-looked');
  await ctx.db
    .updateTable('accounts.dispute')
    .set({ settledAt: ctx.now() })
    .where('accountId', '=', id)
    .where('settledAt', 'is', null)
    .execute();
  await ctx.db.updateTable('accounts.account').set({ doubtedAt: null }).where('id', '=', id).execute();
  await ctx.record({ type: `${kind}.doubt-settled`, subject: id, body: { changes: doubt.changes.length } });
  return done(null);
}
