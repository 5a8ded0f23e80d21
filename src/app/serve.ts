import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { pageHeaders } from '#kernel/http';
import { PermissionMissing, ProofNeeded } from '#kernel/context';
import { readPublicLog } from '#ledger';
import { apiRoutes } from '../surfaces/api/api-routes.ts';
import { consoleRoutes } from '../surfaces/console/console-routes.ts';
import { setUpRoutes } from '../surfaces/console/set-up-routes.ts';
import { serveLog } from '../surfaces/log/serve-log.ts';
import { acceptanceLinkRoutes } from '../surfaces/portal/acceptance-link-routes.ts';
import { acceptanceRoutes } from '../surfaces/portal/acceptance-routes.ts';
import { addressRoutes } from '../surfaces/portal/address-routes.ts';
import { portalSignInRoutes } from '../surfaces/portal/sign-in-routes.ts';
import { portalRoutes } from '../surfaces/portal/portal-routes.ts';
import { selfRoutes } from '../surfaces/portal/self-routes.ts';
import { portalSecurityRoutes } from '../surfaces/portal/security-routes.ts';
import { wayToConfirm } from '../surfaces/security/way-to-confirm.ts';
import { scimRoutes } from '../surfaces/scim/scim-routes.ts';
import { backChannelRoutes } from '../surfaces/sign-in/back-channel-routes.ts';
import { elsewhereRoutes } from '../surfaces/sign-in/elsewhere-routes.ts';
import { handOffRoutes } from '../surfaces/sign-in/hand-off-routes.ts';
import type { Site } from '../surfaces/site.ts';
import { storiesRoutes } from '../surfaces/stories/stories-routes.ts';
import { type KeptPage, PageCache } from '../surfaces/trust/page-cache.ts';
import { problemResponse } from '../surfaces/trust/problem-response.ts';
import { pageAddress, renderAddress } from '../surfaces/trust/render-address.ts';
import { trustRoutes } from '../surfaces/trust/trust-routes.ts';
import { healthRoutes, type Health } from './health-routes.ts';
import type { Log } from './log-line.ts';
import { serveAsset } from './serve-asset.ts';
import { sendKept } from './send-kept.ts';

type Serving = {
  readonly site: Site;
  readonly stories: boolean;
  /** Fills `addresses` while a request is under way. */
  readonly addresses: WeakMap<Request, string>;
  readonly clientOf: (request: IncomingMessage) => string;
  readonly health: Health;
  readonly log: Log;
  readonly offlineVerifier: () => Promise<Uint8Array | null>;
};

/** The whole of HTTP: kept pages answer before the router is asked; everything else goes through it. */
export function createTrothServer(serving: Serving): { server: Server; pages: PageCache } {
  const pages = new PageCache();
  const app = routes(serving, pages);
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const kept = request.method === 'GET' || request.method === 'HEAD' ? pages.at(request.url ?? '', Date.now()) : undefined;
    if (kept) sendKept(request, response, kept);
    else void listener(request, response);
  });
  // A slow sender holds a connection, not a worker; these bounds keep it from holding one for long.
  server.requestTimeout = 120_000;
  server.headersTimeout = 20_000;
  server.keepAliveTimeout = 10_000;
  return { server, pages };
}

function routes(serving: Serving, pages: PageCache): Hono<{ Bindings: HttpBindings }> {
  const { site, log } = serving;
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use('*', (c, next) => {
    serving.addresses.set(c.req.raw, serving.clientOf(c.env.incoming));
    return next();
  });
  app.route('/', healthRoutes(serving.health));
  app.get('/assets/*', (c) => serveAsset(site.assets, c.req.raw));
  if (serving.stories) app.route('/', storiesRoutes(site.assets));
  app.route('/', setUpRoutes(site));
  app.get('/log/*', async (c, next) => {
    const answer = await serveLog(site, new URL(c.req.url).pathname.slice('/log/'.length));
    return answer ?? next();
  });
  app.get('/verify/offline.html', async (c) => {
    const file = await serving.offlineVerifier();
    if (!file) return problemResponse(site, c.req.raw, 404);
    // It carries its own policy with the hashes of what is inside; the one for pages would forbid exactly that.
    const { 'content-security-policy': _, 'integrity-policy': __, ...headers } = pageHeaders;
    return new Response(Buffer.from(file), {
      headers: { ...headers, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=60' },
    });
  });
  app.route('/api/v1', apiRoutes(site, site.limits));
  app.route('/scim/v2', scimRoutes(site));
  app.route('/', elsewhereRoutes(site));
  app.route('/', backChannelRoutes(site));
  app.route('/', handOffRoutes(site));
  app.route('/', consoleRoutes(site));
  app.route('/', portalSecurityRoutes(site));
  app.route('/', portalSignInRoutes(site));
  app.route('/', addressRoutes(site));
  app.route('/', acceptanceRoutes(site));
  app.route('/', acceptanceLinkRoutes(site));
  app.route('/', portalRoutes(site));
  app.route('/', selfRoutes(site));
  app.get('*', async (c, next) => {
    const made = await keptPage(serving, pages, c.req.raw);
    if (made === null) return next();
    if (made instanceof Response) return made;
    sendKept(c.env.incoming, c.env.outgoing, made);
    return RESPONSE_ALREADY_SENT;
  });
  app.route('/', trustRoutes(site));
  app.notFound((c) => problemResponse(site, c.req.raw, 404));
  app.onError((error, c) => {
    if (error instanceof ProofNeeded) return wayToConfirm(c.req.raw) ?? problemResponse(site, c.req.raw, 403);
    if (error instanceof PermissionMissing) return problemResponse(site, c.req.raw, 403);
    const reference = crypto.randomUUID().slice(0, 8);
    log.error('request-failed', { reference, method: c.req.method }, error);
    return failed(site, c.req.raw, reference);
  });
  return app;
}

/** With the database gone even the page about it cannot be made; a plain sentence can. */
async function failed(site: Site, request: Request, reference: string): Promise<Response> {
  try {
    // Asked first, because the answer for programs needs no database and would call this a mistake of ours for good.
    await readPublicLog(site.ledger.db);
    return await problemResponse(site, request, 500, null, reference);
  } catch {
    return new Response(`This page cannot be shown at the moment. Nothing was lost. Reference: ${reference}\n`, {
      status: 503,
      headers: {
        ...pageHeaders,
        'content-type': 'text/plain; charset=utf-8',
        'retry-after': '10',
        'cache-control': 'no-store',
      },
    });
  }
}

/** The public page at an address, made and kept; where it is elsewhere, the way there; `null` when it is no public page. */
async function keptPage({ site }: Serving, pages: PageCache, request: Request): Promise<KeptPage | Response | null> {
  const organisation = await site.organisation();
  if (!organisation) return null;
  const url = new URL(request.url);
  // One page has one address, or caches and search engines keep two.
  if (url.pathname.length > 1 && url.pathname.endsWith('/')) return moved(url);
  const address = pageAddress(url);
  const known = pages.at(address, Date.now());
  if (known) return known;
  const { revision } = pages;
  const rendered = await renderAddress(site, organisation, address.slice(1));
  return rendered && pages.keep(address, rendered.bytes, rendered.validUntil?.epochMilliseconds ?? Infinity, revision);
}

/** To the address without its last slash. Of several slashes in front one stays: two would lead to another site. */
function moved({ pathname, search }: URL): Response {
  const location = `/${pathname.replace(/^\/+/, '').replace(/\/+$/, '')}${search}`;
  return new Response(null, { status: 301, headers: { ...pageHeaders, location, 'cache-control': 'public, max-age=60' } });
}
