import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Audience } from '../tables.ts';
import { actingStaff } from './acting-staff.ts';
import { checkEntry, type ProviderEntry, type ProviderEntryRefusal, secretPlace } from './provider-entry.ts';

export type NewProvider = ProviderEntry & {
  readonly id: string;
  readonly audience: Audience;
  readonly issuer: string;
  /** Empty for a client without one. */
  readonly clientSecret: string;
};

export type AddProviderRefusal =
  | ProviderEntryRefusal
  | 'accounts/provider-id-not-valid'
  | 'accounts/provider-id-taken'
  | 'accounts/provider-issuer-not-valid';

// These stand beside the providers in addresses.
const reserved = new Set(['hand-off', 'with', 'new', 'try']);

/** Lets people of an identity provider sign in. Whether it can be reached is tried before and beside this: a provider may be down. */
export async function addProvider(ctx: Context, provider: NewProvider): Promise<Outcome<{ id: string }, AddProviderRefusal>> {
  ctx.require('accounts:connect');
  const subject = actingStaff(ctx);
  const { id, audience, clientSecret } = provider;
  if (!/^[a-z][a-z0-9-]{1,31}$/.test(id) || reserved.has(id)) return refuse('accounts/provider-id-not-valid');
  const issuer = parseIssuer(provider.issuer);
  if (issuer === null) return refuse('accounts/provider-issuer-not-valid');
  const entry = checkEntry(provider);
  if (!entry.ok) return entry;
  const { name, clientId, scopes, addressesVerified, everyoneIsStaff } = entry.value;
  const added = await ctx.db
    .insertInto('accounts.provider')
    .values({
      id,
      audience,
      issuer,
      clientId,
      clientSecret: clientSecret === '' ? null : ctx.secrets.seal(secretPlace(id), Buffer.from(clientSecret)),
      name,
      scopes,
      addressesVerified,
      everyoneIsStaff: audience === 'staff' && everyoneIsStaff,
      createdAt: ctx.now(),
      disabledAt: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return refuse('accounts/provider-id-taken', { id });
  await ctx.record({ type: 'staff.provider-added', subject, body: { provider: id, audience, issuer, clientId } });
  return done({ id });
}

/** An issuer as its provider writes it: compared to the letter, so nothing about it is tidied but the space around it. */
export function parseIssuer(text: string): string | null {
  const issuer = text.trim();
  const url = URL.parse(issuer);
  const plain = url && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return plain && /^https?:$/.test(url.protocol) && issuer.length <= 500 && !/[?#]/.test(issuer) ? issuer : null;
}
