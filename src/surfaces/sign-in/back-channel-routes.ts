import { accountsSentence, endSessionsAtProvider, readLogoutToken, takeAllowance } from '#accounts';
import { Hono } from 'hono';
import { readForm } from '#kernel/http';
import { act, observe } from '#ledger';
import type { Site } from '../site.ts';

const formLimit = 16_000;
const visitor = { kind: 'visitor' } as const;
// Each may ask the provider for its keys. A provider that signs a whole office out sends all of it from one place, and not twice.
const logouts = { burst: 3_000, seconds: 600 };

/** What the address is answered from. */
export type BackChannel = Pick<Site, 'ledger' | 'organisation' | 'fetch' | 'deviceOf'>;

/**
 * Where a provider says that somebody signed out there. A program sends it, from another site and without a cookie, so no form of ours
 * and no `Origin` is asked for: what counts is the signature.
 */
export function backChannelRoutes(site: BackChannel): Hono {
  const app = new Hono();
  app.post('/sign-in/:provider/back-channel-logout', (c) => logOut(site, c.req.raw, c.req.param('provider')));
  return app;
}

async function logOut(site: BackChannel, request: Request, providerId: string): Promise<Response> {
  if (!(await site.organisation())) return failed(503, 'temporarily_unavailable', '', { 'retry-after': '60' });
  const ctx = observe(site.ledger, visitor);
  const wait = await takeAllowance(ctx, `back-channel/${site.deviceOf(request).network}`, logouts);
  if (wait > 0) return failed(429, 'temporarily_unavailable', '', { 'retry-after': String(wait) });
  const form = await readForm(request, formLimit);
  const tokens = typeof form === 'string' ? [] : form.all('logout_token');
  const [token = '', another] = tokens;
  if (token === '' || another !== undefined) return failed(400, 'invalid_request', 'One logout_token is expected.');
  const read = await readLogoutToken(ctx, { providerId, token }, site.fetch);
  const ended = read.ok ? await act(site.ledger, visitor, (within) => endSessionsAtProvider(within, read.value)) : read;
  if (ended.ok) return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } });
  return failed(400, 'invalid_request', accountsSentence(ended.refusal, ended.facts, 'en'));
}

/** @see OpenID Connect Back-Channel Logout 1.0, section 2.8 */
function failed(status: number, error: string, description: string, more: Readonly<Record<string, string>> = {}): Response {
  return Response.json(
    { error, ...(description === '' ? {} : { error_description: description }) },
    { status, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...more } },
  );
}
