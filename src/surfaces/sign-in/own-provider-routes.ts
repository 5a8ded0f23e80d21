import { listIdentities, listProviders, ownProviders, ownProvidersPath, type OwnProvidersView, unlinkIdentity } from '#accounts';
import { Hono } from 'hono';
import { address } from '#design';
import { may } from '#kernel/context';
import { act, observe } from '#ledger';
import { consoleResponse, type Desk } from '../console/session.ts';
import { withDesk, withForm } from '../console/with-desk.ts';
import { seeOther } from '../html-response.ts';
import { selfResponse, type Self, withSelf, withSelfForm } from '../portal/with-self.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { leaveForProvider } from './leave-for-provider.ts';

const formLimit = 4_000;

/** Whose page it is: a desk of the console or a user of the portal, which differ in nothing here but in where they are. */
type Own = Desk | Self;

/** Where somebody who is signed in adds and removes providers to sign in at. */
export function ownProviderRoutes(site: Site): Hono {
  const app = new Hono();
  for (const [surface, page, form] of [
    ['console', withDesk, withForm],
    ['portal', withSelf, withSelfForm],
  ] as const) {
    const path = `/:lang{[a-z]{2}}/${ownProvidersPath[surface].join('/')}`;
    const at = surface;
    app.get(
      path,
      page(site, (own: Own, request: Request) => show(own, at, request, null)),
    );
    app.post(
      `${path}/:provider/add`,
      form(site, formLimit, (own: Own, request: Request) => add(own, at, request)),
    );
    app.post(
      `${path}/:provider/remove`,
      form(site, formLimit, (own: Own, request: Request) => remove(own, at, request)),
    );
  }
  return app;
}

function isDesk(own: Desk | Self): own is Desk {
  return own.signedIn.actor.kind === 'staff';
}

type At = OwnProvidersView['surface'];

async function show(own: Own, surface: At, request: Request, refused: OwnProvidersView['refused']): Promise<Response> {
  const { site, signedIn } = own;
  const { actor, account } = signedIn;
  const ctx = observe(site.ledger, actor);
  const identities = await listIdentities(ctx, account.id);
  const providers = await listProviders(ctx, surface === 'console' ? 'staff' : 'users');
  const just = new URL(request.url).searchParams.get('just');
  const view: OwnProvidersView = {
    surface,
    identities,
    others: providers.filter(({ id }) => !identities.some(({ providerId }) => providerId === id)),
    proved: may(actor, 'self:secure', { subject: account.id }),
    just: just === 'linked' || just === 'unlinked' ? just : null,
    refused,
  };
  const page = ownProviders(view, own.reader);
  const status = refused ? 422 : 200;
  return isDesk(own) ? consoleResponse(own, page, status) : selfResponse(own, page, status);
}

async function add(own: Own, surface: At, request: Request): Promise<Response> {
  const { site, reader, signedIn } = own;
  const { id } = signedIn.account;
  if (!may(signedIn.actor, 'self:secure', { subject: id })) return seeOther(address(reader.locale, ...ownProvidersPath[surface]));
  const leaving = { providerId: own.params['provider'] ?? '', surface, accountId: id, returnTo: null, locale: reader.locale };
  return leaveForProvider(site, request, leaving);
}

async function remove(own: Own, surface: At, request: Request): Promise<Response> {
  const { site, reader, signedIn } = own;
  const { actor, account } = signedIn;
  const here = address(reader.locale, ...ownProvidersPath[surface]);
  if (!may(actor, 'self:secure', { subject: account.id })) return seeOther(here);
  const link = { accountId: account.id, providerId: own.params['provider'] ?? '' };
  const removed = await act(site.ledger, actor, (ctx) => unlinkIdentity(ctx, link));
  if (removed.ok) return seeOther(`${here}?just=unlinked`);
  return removed.refusal === 'accounts/identity-unknown'
    ? problemResponse(site, request, 404)
    : show(own, surface, request, removed);
}
