import type { Context } from '#kernel/context';
import { instantText } from '#kernel/context';
import { objectId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isOwnMandate } from './is-own-mandate.ts';
import { addressKey, mandateScopeOf } from './mandate.ts';
import { mandateEnd, type MandateEndRefusal } from './mandate-end.ts';
import { recordDecision } from './record-decision.ts';
import { openRequest } from './sealed-words.ts';

export type MandateApproval = {
  readonly mandateId: string;
  /** The account that has the address shown to be theirs, or a new one that nobody can sign in to: of a child, a patient, a dead person. */
  readonly principal: 'by-address' | 'without-sign-in';
  /** As asked, or less. */
  readonly scope: readonly string[];
  /** Last day, `2027-06-30`; as asked, or earlier. */
  readonly until: string;
  readonly zone: string;
};
export type ApproveMandateRefusal =
  | 'accounts/mandate-not-found'
  | 'accounts/mandate-over'
  | 'accounts/own-mandate'
  | 'accounts/mandate-scope-not-known'
  | 'accounts/mandate-wider'
  | 'accounts/principal-not-found'
  | 'accounts/mandate-with-oneself'
  | MandateEndRefusal;

/** Staff have looked at the proof, and somebody acts for somebody else from their next request on. */
export async function approveMandate(
  ctx: Context,
  input: MandateApproval,
): Promise<Outcome<{ principalId: string }, ApproveMandateRefusal>> {
  ctx.require('accounts:mandates');
  const { mandateId, zone, until } = input;
  const mandate = await ctx.db
    .selectFrom('accounts.mandate as mandate')
    .innerJoin('accounts.account as delegate', 'delegate.id', 'mandate.delegateId')
    .select(['mandate.id', 'mandate.kind', 'mandate.scope', 'mandate.state', 'mandate.expiresAt', 'mandate.sealed'])
    .select(['delegate.id as delegateId', 'delegate.email', 'delegate.leftAt'])
    .where('mandate.id', '=', mandateId)
    .forUpdate('mandate')
    .executeTakeFirst();
  const words = mandate && (await openRequest(ctx, mandate.delegateId, mandate));
  if (!mandate || !words || mandate.leftAt) return refuse('accounts/mandate-not-found');
  if (mandate.state !== 'requested') return refuse('accounts/mandate-over');
  if (await isOwnMandate(ctx, [mandate.email, words.principalAddress])) return refuse('accounts/own-mandate');
  const scope = mandateScopeOf(input.scope);
  if (!scope) return refuse('accounts/mandate-scope-not-known');
  const end = mandateEnd({ until, zone, bornOn: words.bornOn }, ctx.now());
  if (!end.ok) return end;
  const longer = Temporal.Instant.compare(end.value, mandate.expiresAt) > 0;
  if (longer || scope.some((each) => !mandate.scope.includes(each))) return refuse('accounts/mandate-wider');
  const found = input.principal === 'by-address' ? await accountOf(ctx, words.principalAddress) : null;
  if (input.principal === 'by-address' && found === null) return refuse('accounts/principal-not-found');
  if (found === mandate.delegateId) return refuse('accounts/mandate-with-oneself');
  const principalId = found ?? (await openWithoutSignIn(ctx, words.principalName));
  const decidedBy = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  await ctx.db
    .updateTable('accounts.mandate')
    .set({ state: 'active', principalId, scope, expiresAt: end.value, decidedAt: ctx.now(), decidedBy })
    .where('id', '=', mandateId)
    .execute();
  const body = { mandate: mandateId, kind: mandate.kind, scope, expiresAt: instantText(end.value) };
  for (const subject of [mandate.delegateId, principalId])
    await ctx.record({ type: 'user.mandate-granted', subject, body: { ...body, newAccount: found === null } });
  await recordDecision(ctx, mandateId, 'approved');
  return done({ principalId });
}

/** The user who has shown that an address is theirs. */
export async function accountOf(ctx: Context, address: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('kind', '=', 'user')
    .where('leftAt', 'is', null)
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', addressKey(address)))
    .executeTakeFirst();
  return row?.id ?? null;
}

async function openWithoutSignIn(ctx: Context, name: string): Promise<string> {
  const id = objectId();
  await ctx.db
    .insertInto('accounts.account')
    .values({
      id,
      kind: 'user',
      // An address signs in; this account has none until somebody shows one to be the person's own.
      email: null,
      name,
      passphraseHash: null,
      passphraseSetAt: null,
      createdAt: ctx.now(),
      leftAt: null,
    })
    .execute();
  return id;
}
