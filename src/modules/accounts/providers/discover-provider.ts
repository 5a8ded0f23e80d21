import * as oidc from 'openid-client';
import type { FetchRefusal, OutboundFetch } from '#kernel/fetch';
import { type Outcome, done, type Refused, refuse } from '#kernel/outcome';

export type ProviderProblem =
  | 'accounts/provider-not-reached'
  | 'accounts/provider-not-understood'
  | 'accounts/provider-other-issuer'
  | 'accounts/provider-too-weak';

export type ProviderClient = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string | null };

/** How a provider is talked to: its description, and whether the last request got through at all. */
export type Connection = { readonly config: oidc.Configuration; readonly failure: () => Refused<ProviderProblem> | null };

// Public keys only: with HS256 the client secret would be one, and `none` is no signature.
const algorithms = new Set(
  ['RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((size) => `${family}${size}`)).concat('EdDSA', 'Ed25519'),
);
const bounds = { bytes: 500_000, milliseconds: 8_000 };
const clockToleranceSeconds = 5;

/**
 * Reads how a provider describes itself, anew each time: keys and addresses that it withdrew are gone at once, a new key is known at once.
 * @see OpenID Connect Discovery 1.0, section 4
 */
export async function discoverProvider(
  fetch: OutboundFetch,
  { issuer, clientId, clientSecret }: ProviderClient,
): Promise<Outcome<Connection, ProviderProblem>> {
  let problem: Refused<FetchRefusal> | null = null;
  const through: oidc.CustomFetch = async (url, { method, headers, body }) => {
    const fetched = await fetch(url, { method, headers, ...bodyOf(body) }, bounds);
    problem = fetched.ok ? null : fetched;
    if (!fetched.ok) throw new Error(fetched.refusal);
    return fetched.value;
  };
  const failure = () =>
    problem && refuse('accounts/provider-not-reached', { reason: problem.refusal.replace('fetch/', '').replaceAll('-', '_') });
  // The way out itself decides where plain http is let through: to this machine, at the operator's word.
  const execute = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
  let found: oidc.Configuration;
  try {
    found = await oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), { [oidc.customFetch]: through, execute });
  } catch (error) {
    const other = error instanceof oidc.ClientError && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';
    return (
      failure() ??
      refuse(other ? 'accounts/provider-other-issuer' : 'accounts/provider-not-understood', other ? { says: '' } : {})
    );
  }
  const server = found.serverMetadata();
  if (server.issuer !== issuer) return refuse('accounts/provider-other-issuer', { says: server.issuer.slice(0, 200) });
  if (!server.authorization_endpoint || !server.token_endpoint || !server.jwks_uri)
    return refuse('accounts/provider-not-understood');
  const offered = server.id_token_signing_alg_values_supported ?? ['RS256'];
  const accepted = offered.filter((name) => algorithms.has(name));
  const challenges = server.code_challenge_methods_supported;
  if (accepted.length === 0 || (challenges && !challenges.includes('S256'))) return refuse('accounts/provider-too-weak');
  const config = new oidc.Configuration(
    restricted(server, accepted),
    clientId,
    { [oidc.clockTolerance]: clockToleranceSeconds },
    clientAuthentication(clientSecret, server.token_endpoint_auth_methods_supported),
  );
  config[oidc.customFetch] = through;
  for (const extend of [...execute, oidc.enableNonRepudiationChecks]) extend(config);
  return done({ config, failure });
}

/** The provider's own description, without the function that the library adds and with what is accepted of what it offers. */
function restricted(server: oidc.ServerMetadata, accepted: string[]): oidc.ServerMetadata {
  const described = Object.entries(server).filter(([, value]) => typeof value !== 'function');
  return { ...Object.fromEntries(described), issuer: server.issuer, id_token_signing_alg_values_supported: accepted };
}

function clientAuthentication(secret: string | null, methods: readonly string[] = ['client_secret_basic']): oidc.ClientAuth {
  if (secret === null) return oidc.None();
  return methods.includes('client_secret_basic') ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
}

function bodyOf(body: oidc.FetchBody): { body?: string | Uint8Array } {
  if (body === null || body === undefined) return {};
  if (typeof body === 'string' || body instanceof Uint8Array) return { body };
  if (body instanceof URLSearchParams) return { body: body.toString() };
  throw new Error('a request to a provider has a form or nothing in it');
}
