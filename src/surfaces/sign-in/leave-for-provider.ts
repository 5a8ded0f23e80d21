import { goToProvider, providerProblem, type ProviderProblemView, startAtProvider, takeAllowance } from '#accounts';
import { setCookie } from '#kernel/http';
import { observe } from '#ledger';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { bareResponse } from './bare-response.ts';

/** Ties what comes back from a provider to this browser. */
export const elsewhereCookie = 'elsewhere';
const cookieSeconds = 600;
// Each asks a machine that is not ours. Wide enough for an office that comes to work behind one address.
const departures = { burst: 300, seconds: 600 };

export type Leaving = {
  readonly providerId: string;
  readonly surface: 'console' | 'portal';
  readonly accountId: string | null;
  readonly invitation?: string;
  readonly returnTo: string | null;
  readonly locale: string;
};

/** The page with the link to the provider, and the cookie that ties what comes back to this browser. */
export async function leaveForProvider(site: Site, request: Request, { surface, ...leaving }: Leaving): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const ctx = observe(site.ledger, { kind: 'visitor' });
  const wait = await takeAllowance(ctx, `elsewhere/${site.deviceOf(request).network}`, departures);
  if (wait > 0) return problemResponse(site, request, 429);
  const departure = { ...leaving, audience: surface === 'console' ? ('staff' as const) : ('users' as const) };
  const outside = { publicUrl: organisation.publicUrl, fetch: site.fetch };
  const started = await startAtProvider(ctx, departure, outside);
  if (!started.ok) {
    if (started.refusal === 'accounts/provider-unknown') return problemResponse(site, request, 404);
    return problemAtProvider(site, request, leaving.locale, { surface, refused: started }, 502);
  }
  const { cookie: secret, ...there } = started.value;
  const kind = leaving.invitation !== undefined ? 'accept' : leaving.accountId !== null ? 'add' : 'sign-in';
  const page = await bareResponse(site, request, { locale: leaving.locale }, (_organisation, reader) =>
    goToProvider({ ...there, surface, kind }, reader),
  );
  page.headers.append('set-cookie', setCookie(elsewhereCookie, secret, { secure: site.secureCookies(), seconds: cookieSeconds }));
  return page;
}

/** Why nobody is signed in. */
export function problemAtProvider(
  site: Site,
  request: Request,
  locale: string,
  view: ProviderProblemView,
  status: number,
): Promise<Response> {
  return bareResponse(site, request, { locale, status }, (_organisation, reader) => providerProblem(view, reader));
}
