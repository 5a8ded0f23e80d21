import * as oidc from 'openid-client';
import { z } from 'zod';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Audience } from '../tables.ts';
import { type Connection, discoverProvider, type ProviderProblem } from './discover-provider.ts';
import { secretPlace } from './provider-entry.ts';
import { callbackAddress, flowKey, flowPlace, type Outside } from './start-at-provider.ts';

export type ReturnRefusal =
  | ProviderProblem
  | 'accounts/provider-unknown'
  | 'accounts/flow-unknown'
  | 'accounts/provider-declined'
  | 'accounts/provider-answer-wrong';

/** Who came back, by the provider's signed word, and what for. */
export type Arrival = {
  readonly providerId: string;
  readonly audience: Audience;
  readonly subject: string;
  /** Unchecked text of the provider. */
  readonly name: string | null;
  readonly email: string | null;
  /** The provider says that the address is this person's. Counts only where the organisation said that its word does. */
  readonly emailVerified: boolean;
  /** What the provider calls its session; `null` where it does not say. */
  readonly session: string | null;
  readonly accountId: string | null;
  /** The token of the invitation for which this browser left. */
  readonly invitation: string | null;
  readonly returnTo: string | null;
  readonly locale: string;
};

/** @param query What the provider appended to the callback's address. @param cookie Of this browser; `null` without one. */
export type Answer = { readonly providerId: string; readonly query: URLSearchParams; readonly cookie: string | null };

/**
 * Takes what a provider answered. The flow is spent by being looked at, whatever comes of it: called outside of an act.
 * @see RFC 9700, sections 2.1 and 4.4; RFC 9207; OpenID Connect Core 1.0, section 3.1.3.7
 */
export async function returnFromProvider(
  ctx: Context,
  { providerId, query, cookie }: Answer,
  { publicUrl, fetch }: Outside,
): Promise<Outcome<Arrival, ReturnRefusal>> {
  const provider = await ctx.db.selectFrom('accounts.provider').selectAll().where('id', '=', providerId).executeTakeFirst();
  if (!provider || provider.disabledAt) return refuse('accounts/provider-unknown');
  const state = query.get('state');
  if (cookie === null || state === null) return refuse('accounts/flow-unknown');
  const keyHash = flowKey(cookie, state);
  const flow = await ctx.db
    .deleteFrom('accounts.signInFlow')
    .where('keyHash', '=', keyHash)
    // An answer that comes to another provider's address is mixed up, or was.
    .where('providerId', '=', providerId)
    .where('expiresAt', '>', ctx.now())
    .returningAll()
    .executeTakeFirst();
  if (!flow) return refuse('accounts/flow-unknown');
  const clientSecret = provider.clientSecret && ctx.secrets.unseal(secretPlace(providerId), provider.clientSecret).toString();
  const found = await discoverProvider(fetch, { ...provider, clientSecret });
  if (!found.ok) return found;
  const url = new URL(`${callbackAddress(publicUrl, providerId)}?${query.toString()}`);
  const secrets = readSecrets(ctx.secrets.unseal(flowPlace(keyHash), flow.secrets));
  const person = await exchange(found.value, url, { ...secrets, state }, provider.scopes);
  if (!person.ok) return person;
  const { accountId, returnTo, locale } = flow;
  const { invitation } = secrets;
  return done({ providerId, audience: provider.audience, ...person.value, accountId, invitation, returnTo, locale });
}

type FlowSecrets = { readonly verifier: string; readonly nonce: string; readonly invitation: string | null };
type Person = Pick<Arrival, 'subject' | 'name' | 'email' | 'emailVerified' | 'session'>;

async function exchange(
  { config, failure }: Connection,
  url: URL,
  { verifier, nonce, state }: Pick<FlowSecrets, 'verifier' | 'nonce'> & { state: string },
  scopes: string,
): Promise<Outcome<Person, ProviderProblem | 'accounts/provider-declined' | 'accounts/provider-answer-wrong'>> {
  try {
    const tokens = await oidc.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: state,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || claims.sub.length > 255) return refuse('accounts/provider-answer-wrong');
    // Some put the address into the token, others only behind the token.
    const asked = scopes.split(' ').includes('email') && claims['email'] === undefined;
    const elsewhere = asked && config.serverMetadata().userinfo_endpoint !== undefined;
    const said = elsewhere ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : claims;
    return done({
      subject: claims.sub,
      name: textOf(said['name'] ?? claims['name']),
      email: textOf(said['email']),
      emailVerified: said['email_verified'] === true,
      session: typeof claims['sid'] === 'string' ? claims['sid'] : null,
    });
  } catch (error) {
    const unreached = failure();
    if (unreached) return unreached;
    if (error instanceof oidc.AuthorizationResponseError) {
      const { error: reason } = error;
      if (reason === 'access_denied') return refuse('accounts/provider-declined');
      return refuse('accounts/provider-answer-wrong', { reason: known(reason) });
    }
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    return refuse('accounts/provider-answer-wrong', { reason: known(code) });
  }
}

/** A code of the protocol, for whoever mends it; never a sentence that somebody else wrote. */
function known(code: string): string {
  return /^[\w-]{1,60}$/.test(code) ? code.toLowerCase() : 'unknown';
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim().replaceAll('\0', '').slice(0, 200) : null;
}

const secretsForm = z.object({ verifier: z.string(), nonce: z.string(), invitation: z.string().nullable().default(null) });

function readSecrets(bytes: Buffer): FlowSecrets {
  return secretsForm.parse(JSON.parse(bytes.toString()));
}
