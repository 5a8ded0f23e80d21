import type { Context } from '#kernel/context';
import { readSubject } from '#ledger';
import { listMandates } from '../mandates/list-mandates.ts';

const leftOut = ['hashes of session tokens, recovery codes and links', 'keys of passkeys', 'the secret of an authenticator app'];

/**
 * Everything this module holds about a person, as data: to be read by them, or taken elsewhere.
 * Hashes and sealed secrets are named and left out: they tell nothing about the person and would open doors. How they prove who they
 * are and who else acts for them is theirs alone: a delegate who may read the rest does not get it.
 */
export async function exportSelf(ctx: Context, { accountId }: { accountId: string }): Promise<Record<string, unknown>> {
  ctx.require('self:read', { subject: accountId });
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select(['id', 'kind', 'email', 'emailSetAt', 'emailBefore', 'name', 'createdAt'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const sessions = await ctx.db
    .selectFrom('accounts.session')
    .select(['method', 'createdAt', 'seenAt', 'expiresAt', 'device', 'network'])
    .where('accountId', '=', accountId)
    .orderBy('createdAt')
    .execute();
  const signIns = await ctx.db
    .selectFrom('accounts.signIn')
    .select(['at', 'method', 'outcome', 'device', 'network'])
    .where('accountId', '=', accountId)
    .orderBy('at')
    .execute();
  const preferences = await ctx.db
    .selectFrom('accounts.preference')
    .select(['name', 'value', 'chosenAt'])
    .where('accountId', '=', accountId)
    .orderBy('name')
    .execute();
  const oneself = ctx.actor.kind !== 'user' || ctx.actor.id === accountId ? await heldForOneself(ctx, accountId) : {};
  const { entries } = await readSubject(ctx, accountId);
  const events = entries.map(({ n, index, canonical }) => ({
    n,
    privateLogEntry: index,
    event: JSON.parse(Buffer.from(canonical).toString('utf8')) as unknown,
  }));
  return { account, preferences, sessions, signIns, ...oneself, events, leftOut };
}

async function heldForOneself(ctx: Context, accountId: string): Promise<Record<string, unknown>> {
  const passkeys = await ctx.db
    .selectFrom('accounts.passkey')
    .select(['label', 'rpId', 'transports', 'backedUp', 'createdAt', 'usedAt'])
    .where('accountId', '=', accountId)
    .orderBy('createdAt')
    .execute();
  const app = await ctx.db.selectFrom('accounts.totp').select('createdAt').where('accountId', '=', accountId).executeTakeFirst();
  const identities = await ctx.db
    .selectFrom('accounts.identity')
    .select(['providerId', 'subject', 'linkedAt', 'usedAt'])
    .where('accountId', '=', accountId)
    .orderBy('linkedAt')
    .execute();
  const handedOver = await ctx.db
    .selectFrom('accounts.handedIdentity')
    .select(['programId', 'subject', 'linkedAt'])
    .where('accountId', '=', accountId)
    .orderBy('linkedAt')
    .execute();
  const disputes = await ctx.db
    .selectFrom('accounts.dispute')
    .select(['at', 'signedInAt', 'method', 'device', 'network', 'sessionsEnded', 'closedAt', 'note'])
    .where('accountId', '=', accountId)
    .orderBy('at')
    .execute();
  const mandates = await listMandates(ctx, accountId);
  return { passkeys, authenticatorApp: app ?? null, identities, handedOver, disputes, mandates };
}
