import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
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
  /** Signs whoever signed in last out, at the provider, which then tells where it was asked to. */
  signOut(): Promise<void>;
  /** Signs claims as the provider does. */
  token(claims: object, header?: object): string;
  /** New keys; the old ones are gone. */
  rotateKeys(): void;
  close(): Promise<void>;
};

/** A whole OpenID provider on this machine, of another make than ours. */
export async function realProvider(
  t: Hooks,
  redirectUri: string,
  {
    clientId = 'troth',
    told,
    ...change
  }: Configuration & {
    clientId?: string;
    told?: { readonly uri: string; readonly send: (request: Request) => Promise<Response> };
  } = {},
): Promise<RealProvider> {
  const claims: RealProvider['claims'] = new Map();
  const clientSecret = 'a secret of forty-eight letters, shared in person';
  let who: string | null = null;
  let provider: Provider;
  let handle: ReturnType<Provider['callback']>;
  let key: KeyObject;
  let jar = new Map<string, string>();
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
    key = privateKey;
    provider = new Provider(issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [redirectUri],
          id_token_signed_response_alg: 'ES256',
          ...(told && { backchannel_logout_uri: told.uri, backchannel_logout_session_required: true }),
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' }] },
      cookies: { keys: ['for these tests only'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
      features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: told !== undefined } },
      ...(told && { fetch: (url, options) => told.send(new Request(url, options)) }),
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

  /** As a browser, which keeps cookies. */
  async function go(at: URL, body?: URLSearchParams): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie }, ...(body && { method: 'POST', body }) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return answer;
  }

  async function signIn(url: string, subject: string | null): Promise<URL> {
    who = subject;
    jar = new Map();
    let at = new URL(url);
    for (let step = 0; step < 8; step += 1) {
      const answer = await go(at);
      const location = answer.headers.get('location');
      assert(location !== null, `the provider answers ${answer.status}: ${await answer.text()}`);
      at = new URL(location, at);
      if (at.origin !== issuer) return at;
    }
    throw new Error('the provider leads from page to page');
  }

  async function signOut(): Promise<void> {
    const asked = await (await go(new URL('/session/end', issuer))).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked)?.[1];
    assert(xsrf, asked);
    const answer = await go(new URL('/session/end/confirm', issuer), new URLSearchParams({ xsrf, logout: 'yes' }));
    assert(answer.status < 400, await answer.text());
  }

  function token(claims: object, header: object = {}): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'ES256', typ: 'logout+jwt', ...header })}.${part(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }
  return { issuer, clientId, clientSecret, claims, signIn, signOut, token, rotateKeys, close };
}
