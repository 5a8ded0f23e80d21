import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Configuration, Provider } from 'oidc-provider';

type Hooks = { after(hook: () => Promise<void>): void };

export type RealProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the provider knows of each subject beside it. */
  readonly claims: Map<string, Record<string, string | boolean>>;
  /** Goes there as a browser, signs in as this subject (`null`: says no), and comes back with the callback's address. */
  signIn(url: string, subject: string | null): Promise<URL>;
  /** New keys; the old ones are gone. */
  rotateKeys(): void;
  close(): Promise<void>;
};

/** A whole OpenID provider on this machine, of another make than ours. */
export async function realProvider(
  t: Hooks,
  redirectUri: string,
  { clientId = 'troth', ...change }: Configuration & { clientId?: string } = {},
): Promise<RealProvider> {
  const claims: RealProvider['claims'] = new Map();
  const clientSecret = 'a secret of forty-eight letters, shared in person';
  let who: string | null = null;
  let provider: Provider;
  let handle: ReturnType<Provider['callback']>;
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/login/') !== true) {
      void handle(request, response);
      return;
    }
    const result = who === null ? { error: 'access_denied' } : { login: { accountId: who } };
    void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  const issuer = `http://127.0.0.1:${address.port}`;

  const rotateKeys = () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    provider = new Provider(issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [redirectUri],
          id_token_signed_response_alg: 'ES256',
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' }] },
      cookies: { keys: ['for these tests only'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      interactions: { url: (_ctx, { uid }) => `/login/${uid}` },
      ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
      findAccount: (_ctx, accountId) => ({
        accountId,
        claims: () => Promise.resolve({ sub: accountId, ...claims.get(accountId) }),
      }),
      async loadExistingGrant(ctx) {
        const grant = new ctx.oidc.provider.Grant({ clientId, accountId: ctx.oidc.session?.accountId ?? '' });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
      ...change,
    });
    handle = provider.callback();
  };
  rotateKeys();
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  t.after(close);

  async function signIn(url: string, subject: string | null): Promise<URL> {
    who = subject;
    const jar = new Map<string, string>();
    let at = new URL(url);
    for (let step = 0; step < 8; step += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        jar.set(name, value);
      }
      const location = answer.headers.get('location');
      assert(location !== null, `the provider answers ${answer.status}: ${await answer.text()}`);
      at = new URL(location, at);
      if (at.origin !== issuer) return at;
    }
    throw new Error('the provider leads from page to page');
  }
  return { issuer, clientId, clientSecret, claims, signIn, rotateKeys, close };
}
