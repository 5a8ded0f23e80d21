import type { SignedIn, Surface } from '#accounts';
import type { Page, Reader } from '#design';
import type { Actor, Context } from '#kernel/context';
import { type Form, pageHeaders, setCookie } from '#kernel/http';
import type { Outcome } from '#kernel/outcome';
import { act, observe } from '#ledger';
import type { Organisation } from '#organisation';
import type { Context as Routed } from 'hono';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';

/** Somebody at their own security pages, whichever surface they signed in to. */
export type Seat = {
  readonly site: Site;
  readonly organisation: Organisation;
  readonly signedIn: SignedIn<Actor>;
  readonly reader: Reader;
  respond(page: Page, status?: number): Response;
};

type Handler = (c: Routed) => Promise<Response>;

/** What the security pages ask of the surface that they are mounted on. */
export type Mount = {
  readonly site: Site;
  readonly surface: Surface;
  readonly cookie: 'staff' | 'user';
  page(answer: (seat: Seat, request: Request) => Promise<Response>): Handler;
  form(answer: (seat: Seat, request: Request, form: Form) => Promise<Response>): Handler;
};

export function reading({ site, signedIn }: Seat): Context {
  return observe(site.ledger, signedIn.actor);
}

export function acting<Value, Refusal extends string>(
  { site, signedIn }: Seat,
  verb: (ctx: Context) => Promise<Outcome<Value, Refusal>>,
): Promise<Outcome<Value, Refusal>> {
  return act(site.ledger, signedIn.actor, verb);
}

/** On to the next page under the new token of a session; the cookie of one that lasts longer than the browser says how long. */
export function enter(site: Site, { cookie, token, to }: { cookie: 'staff' | 'user'; token: string; to: string }): Response {
  const seconds = cookie === 'staff' ? null : portalSeconds;
  return seeOther(to, { 'set-cookie': setCookie(cookie, token, { secure: site.secureCookies(), seconds }) });
}

const portalSeconds = 30 * 24 * 3600;

/** Options for the browser's passkey dialogue: read by our script alone. */
export function optionsResponse(options: object): Response {
  return new Response(JSON.stringify(options), {
    headers: { ...pageHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
