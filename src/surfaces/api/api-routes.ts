import { Hono } from 'hono';
import { generalRefusals, type Route } from '#kernel/contract';
import { problem } from '#kernel/http';
import { apiRoutesList } from './api-document.ts';
import { answerRoute, apiHeaders, type ApiSource } from './answer-route.ts';
import type { VisitorLimits } from './visitor-limits.ts';

type GeneralRefusal = keyof typeof generalRefusals;

/** All of the API, to be mounted below `/api/v1`. */
export function apiRoutes(site: ApiSource, limits: VisitorLimits): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    await next();
    // A failure of ours must be readable from another origin too.
    c.res.headers.set('access-control-allow-origin', '*');
  });
  app.use('*', async (c, next) => {
    if (c.req.method !== 'OPTIONS' && !(await site.organisation()))
      return refused('organisation/not-established', { 'retry-after': '60' });
    return next();
  });
  for (const [path, routes] of Map.groupBy(apiRoutesList, ({ contract }) => contract.path)) {
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
    for (const route of routes) {
      app.on(route.contract.method.toUpperCase(), pattern, (c) => answerRoute(site, limits, route, c.req.raw, c.req.param()));
    }
    const allow = methodsOf(routes);
    app.options(pattern, () => preflight(allow));
    app.all(pattern, () => refused('request/method-not-allowed', { allow }));
  }
  app.all('*', () => refused('request/no-such-address'));
  return app;
}

function methodsOf(routes: readonly Route[]): string {
  return [...new Set(routes.flatMap(({ contract }) => (contract.method === 'get' ? ['GET', 'HEAD'] : ['POST']))), 'OPTIONS'].join(
    ', ',
  );
}

/** Lets pages of any origin send JSON, but never with cookies: for those a browser wants a permission that is not here. */
function preflight(allow: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      allow,
      'access-control-allow-origin': '*',
      'access-control-allow-methods': allow,
      'access-control-allow-headers': 'content-type, if-none-match',
      'access-control-max-age': '86400',
    },
  });
}

function refused(code: GeneralRefusal, headers: Readonly<Record<string, string>> = {}): Response {
  const [status, title] = generalRefusals[code];
  return problem({ status, code, title }, { ...apiHeaders, ...headers });
}
