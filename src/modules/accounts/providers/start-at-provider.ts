import * as oidc from 'openid-client';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import type { OutboundFetch } from '#kernel/fetch';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { returnPath } from '../return-path.ts';
import type { Audience } from '../tables.ts';
import { discoverProvider, type ProviderProblem } from './discover-provider.ts';
import { secretPlace } from './provider-entry.ts';

export type Departure = {
  readonly providerId: string;
  readonly audience: Audience;
  /** Who wants to add the provider to their account; `null` when somebody signs in. */
  readonly accountId: string | null;
  /** The token of the invitation that is to be accepted. Kept here, sealed: the provider never learns it. */
  readonly invitation?: string;
  /** As it was asked for. What leads elsewhere is left out. */
  readonly returnTo: string | null;
  readonly locale: string;
};
/** What the process gives: its address, and its way out. */
export type Outside = { readonly publicUrl: string; readonly fetch: OutboundFetch };
export type StartRefusal = ProviderProblem | 'accounts/provider-unknown';

/** How long somebody may take at the provider. */
export const flowLasts = Temporal.Duration.from({ minutes: 10 });

export const callbackAddress = (publicUrl: string, providerId: string): string => `${publicUrl}/sign-in/${providerId}/callback`;
export const flowPlace = (keyHash: Uint8Array): string => `accounts.sign-in-flow/${Buffer.from(keyHash).toString('hex')}`;
/** The cookie alone, or an address alone, finds no flow. */
export const flowKey = (cookie: string, state: string): Buffer => sha256(`${cookie}.${state}`);

/**
 * Prepares a sign-in elsewhere. Called outside of an act, because it waits for the provider.
 * @returns the address to go on to, and the secret for this browser's cookie: 256 random bits.
 */
export async function startAtProvider(
  ctx: Context,
  { providerId, audience, accountId, invitation, returnTo, locale }: Departure,
  { publicUrl, fetch }: Outside,
): Promise<Outcome<{ url: string; host: string; name: string; cookie: string }, StartRefusal>> {
  const provider = await ctx.db
    .selectFrom('accounts.provider')
    .selectAll()
    .where('id', '=', providerId)
    .where('audience', '=', audience)
    .where('disabledAt', 'is', null)
    .executeTakeFirst();
  if (!provider) return refuse('accounts/provider-unknown');
  const clientSecret = provider.clientSecret && ctx.secrets.unseal(secretPlace(providerId), provider.clientSecret).toString();
  const found = await discoverProvider(fetch, { ...provider, clientSecret });
  if (!found.ok) return found;
  const [cookie, state, nonce] = [oidc.randomState(), oidc.randomState(), oidc.randomNonce()];
  const verifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(found.value.config, {
    redirect_uri: callbackAddress(publicUrl, providerId),
    scope: provider.scopes,
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    response_mode: 'query',
  });
  const keyHash = flowKey(cookie, state);
  await ctx.db.deleteFrom('accounts.signInFlow').where('expiresAt', '<=', ctx.now()).execute();
  await ctx.db
    .insertInto('accounts.signInFlow')
    .values({
      keyHash,
      providerId,
      secrets: ctx.secrets.seal(flowPlace(keyHash), Buffer.from(JSON.stringify({ verifier, nonce, invitation }))),
      accountId,
      returnTo: returnPath(returnTo, audience === 'staff' ? 'console' : 'portal'),
      locale,
      expiresAt: ctx.now().add(flowLasts),
    })
    .execute();
  return done({ url: url.href, host: url.host, name: provider.name, cookie });
}
