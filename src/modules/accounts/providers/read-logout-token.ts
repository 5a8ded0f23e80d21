import * as oidc from 'openid-client';
import { z } from 'zod';
import type { Context } from '#kernel/context';
import type { OutboundFetch } from '#kernel/fetch';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type Connection, discoverProvider, type ProviderProblem } from './discover-provider.ts';
import { secretPlace } from './provider-entry.ts';

/** Somebody signed out at a provider, by its signed word. */
export type Logout = {
  readonly providerId: string;
  readonly subject: string;
  /** The provider's name for the session that ended; `null`: all of this person's. */
  readonly session: string | null;
  readonly jti: string;
  /** Until when the provider stands by the token. */
  readonly expiresAt: Temporal.Instant;
};
export type ReadLogoutRefusal = ProviderProblem | 'accounts/provider-unknown' | 'accounts/logout-token-wrong';

const event = 'http://schemas.openid.net/event/backchannel-logout';
const longest = 8_000;
const events = z.object({ [event]: z.object({}) });
const claimed = z.object({ iss: z.string(), events });
const verified = z.object({
  sub: z.string().min(1).max(255),
  sid: z.string().min(1).max(1_000).nullish(),
  jti: z.string().min(1).max(1_000),
  exp: z.number().int().max(1e11),
  events,
});

/**
 * What a provider says about somebody who signed out there. Changes nothing, and waits for the provider's keys: called outside of an act.
 * A token that names a session without its person is refused, since the library that checks it asks for the person.
 * @see OpenID Connect Back-Channel Logout 1.0, sections 2.4 and 2.6
 */
export async function readLogoutToken(
  ctx: Context,
  { providerId, token }: { providerId: string; token: string },
  fetch: OutboundFetch,
): Promise<Outcome<Logout, ReadLogoutRefusal>> {
  const provider = await ctx.db.selectFrom('accounts.provider').selectAll().where('id', '=', providerId).executeTakeFirst();
  if (!provider || provider.disabledAt) return refuse('accounts/provider-unknown');
  // What does not even claim to come from there makes us ask nobody for keys.
  if (!couldBeLogout(token, provider.issuer)) return refuse('accounts/logout-token-wrong');
  const clientSecret = provider.clientSecret && ctx.secrets.unseal(secretPlace(providerId), provider.clientSecret).toString();
  const found = await discoverProvider(fetch, { ...provider, clientSecret });
  if (!found.ok) return found;
  const claims = await verify(found.value, token);
  if (!claims.ok) return claims;
  const read = verified.safeParse(claims.value);
  if (!read.success) return refuse('accounts/logout-token-wrong');
  const { sub, sid, jti, exp } = read.data;
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(exp * 1000);
  return done({ providerId, subject: sub, session: sid ?? null, jti, expiresAt });
}

function couldBeLogout(token: string, issuer: string): boolean {
  const [head = '', payload = '', , more] = token.split('.');
  if (token.length > longest || more !== undefined) return false;
  const header = z.object({ typ: z.string().optional() }).safeParse(jsonIn(head));
  const claims = claimed.safeParse(jsonIn(payload));
  // Providers of before the final specification write `JWT`, or nothing; what says that it is something else is something else.
  const typed = header.success && /^(application\/)?(logout\+)?jwt$/i.test(header.data.typ ?? 'jwt');
  return typed && claims.success && claims.data.iss === issuer;
}

function jsonIn(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return null;
  }
}

/**
 * Signature, issuer, audience, time and the absence of a nonce are those of an ID token, and the library checks no other kind. So it gets
 * the token as the answer to a request that never leaves this process.
 */
async function verify(
  { config, failure }: Connection,
  token: string,
): Promise<Outcome<oidc.IDToken, ProviderProblem | 'accounts/logout-token-wrong'>> {
  const { token_endpoint: endpoint = '', issuer } = config.serverMetadata();
  const outside = config[oidc.customFetch];
  if (!outside) throw new Error('a connection has its own way out');
  config[oidc.customFetch] = (url, options) =>
    url === new URL(endpoint).href
      ? Promise.resolve(Response.json({ access_token: 'none', token_type: 'Bearer', id_token: token }))
      : outside(url, options);
  const answer = new URL('https://nowhere.invalid/?code=none');
  answer.searchParams.set('iss', issuer);
  try {
    const tokens = await oidc.authorizationCodeGrant(config, answer, { idTokenExpected: true });
    const claims = tokens.claims();
    return claims ? done(claims) : refuse('accounts/logout-token-wrong');
  } catch {
    return failure() ?? refuse('accounts/logout-token-wrong');
  }
}
