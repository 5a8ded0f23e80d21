import {
  addProvider,
  changeProvider,
  consoleConnections,
  consoleProvider,
  consoleProviders,
  disableProvider,
  enableProvider,
  type EnteredProvider,
  type Provider,
  providerConfirmMissing,
  providerError,
  type ProviderView,
  readProviders,
  tryProvider,
} from '#accounts';
import { Hono } from 'hono';
import { holds, PermissionMissing } from '#kernel/context';
import type { Form } from '#kernel/http';
import { act, observe } from '#ledger';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const formLimit = 32_000;
const path = '/:lang{[a-z]{2}}/console/connections';

/** Who else may let people in. */
export function providerRoutes(site: Site): Hono {
  const app = new Hono();
  const one = `${path}/providers/:id`;
  app.get(path, withDesk(site, showConnections));
  app.get(`${path}/providers`, withDesk(site, showProviders));
  app.get(
    `${path}/providers/new`,
    withDesk(site, (desk) => showProvider(desk, { saved: null, entered: blank, errors: [], tried: false })),
  );
  app.post(`${path}/providers/new`, withForm(site, formLimit, sendNew));
  app.get(
    one,
    withDesk(site, (desk, request) => onProvider(desk, request, (provider) => showProvider(desk, asSaved(provider)))),
  );
  app.post(
    one,
    withForm(site, formLimit, (desk, request, form) => onProvider(desk, request, (provider) => sendChange(desk, provider, form))),
  );
  app.post(
    `${one}/disable`,
    withForm(site, formLimit, (desk, request, form) => onProvider(desk, request, (provider) => disable(desk, provider, form))),
  );
  app.post(
    `${one}/enable`,
    withForm(site, formLimit, (desk, request) => onProvider(desk, request, (provider) => enable(desk, provider))),
  );
  return app;
}

const blank: EnteredProvider = {
  id: '',
  audience: 'users',
  issuer: '',
  clientId: '',
  name: '',
  scopes: 'openid email profile',
  addressesVerified: false,
  everyoneIsStaff: false,
};
const justs = ['added', 'changed', 'disabled', 'enabled'] as const;

function contextOf(desk: Desk) {
  return observe(desk.site.ledger, desk.signedIn.actor);
}

const listAddress = ({ reader }: Desk, just: (typeof justs)[number]) =>
  `/${reader.locale}/console/connections/providers?just=${just}`;

function showConnections(desk: Desk): Response {
  if (!holds(desk.signedIn.actor, 'accounts:connect')) throw new PermissionMissing('accounts:connect');
  return consoleResponse(desk, consoleConnections(desk.reader));
}

async function showProviders(desk: Desk, request: Request): Promise<Response> {
  const just = justs.find((name) => name === new URL(request.url).searchParams.get('just')) ?? null;
  return consoleResponse(desk, consoleProviders({ providers: await readProviders(contextOf(desk)), just }, desk.reader));
}

type Shown = Omit<ProviderView, 'publicUrl'>;

function showProvider(desk: Desk, shown: Shown, status = 200): Response {
  if (!holds(desk.signedIn.actor, 'accounts:connect')) throw new PermissionMissing('accounts:connect');
  const view = { ...shown, publicUrl: desk.organisation.publicUrl };
  return consoleResponse(desk, consoleProvider(view, desk.reader), status);
}

function asSaved({ name, hasSecret, disabledAt, ...provider }: Provider): Shown {
  const saved = { name, hasSecret, disabled: disabledAt !== null };
  return { saved, entered: { ...provider, name }, errors: [], tried: false };
}

async function onProvider(
  desk: Desk,
  request: Request,
  answer: (provider: Provider) => Promise<Response> | Response,
): Promise<Response> {
  const { id } = desk.params;
  const provider = (await readProviders(contextOf(desk))).find((each) => each.id === id);
  return provider ? answer(provider) : problemResponse(desk.site, request, 404);
}

function enteredIn(form: Form): EnteredProvider {
  return {
    id: form.text('id').trim(),
    audience: form.text('audience') === 'staff' ? 'staff' : 'users',
    issuer: form.text('issuer'),
    clientId: form.text('clientId'),
    name: form.text('name'),
    scopes: form.text('scopes'),
    addressesVerified: form.text('addressesVerified') !== '',
    everyoneIsStaff: form.text('everyoneIsStaff') !== '',
  };
}

async function sendNew(desk: Desk, _request: Request, form: Form): Promise<Response> {
  const shown: Shown = { saved: null, entered: enteredIn(form), errors: [], tried: false };
  if (form.text('act') === 'try') return tryIt(desk, shown);
  const provider = { ...shown.entered, clientSecret: form.text('clientSecret') };
  const added = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => addProvider(ctx, provider));
  if (added.ok) return seeOther(listAddress(desk, 'added'));
  return showProvider(desk, { ...shown, errors: [providerError(desk.reader.locale, added)] }, 422);
}

async function sendChange(desk: Desk, provider: Provider, form: Form): Promise<Response> {
  const { id, audience, issuer } = provider;
  const shown: Shown = { ...asSaved(provider), entered: { ...enteredIn(form), id, audience, issuer } };
  if (form.text('act') === 'try') return tryIt(desk, shown);
  const change = { ...shown.entered, clientSecret: form.text('clientSecret') };
  const changed = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => changeProvider(ctx, change));
  if (changed.ok) return seeOther(listAddress(desk, 'changed'));
  return showProvider(desk, { ...shown, errors: [providerError(desk.reader.locale, changed)] }, 422);
}

async function tryIt(desk: Desk, shown: Shown): Promise<Response> {
  const tried = await tryProvider(contextOf(desk), shown.entered, desk.site.fetch);
  if (tried.ok) return showProvider(desk, { ...shown, tried: true });
  return showProvider(desk, { ...shown, errors: [providerError(desk.reader.locale, tried)] }, 422);
}

async function disable(desk: Desk, provider: Provider, form: Form): Promise<Response> {
  if (form.text('confirm') === '')
    return showProvider(desk, { ...asSaved(provider), errors: [providerConfirmMissing(desk.reader.locale)] }, 422);
  await act(desk.site.ledger, desk.signedIn.actor, (ctx) => disableProvider(ctx, { id: provider.id }));
  return seeOther(listAddress(desk, 'disabled'));
}

async function enable(desk: Desk, { id }: Provider): Promise<Response> {
  await act(desk.site.ledger, desk.signedIn.actor, (ctx) => enableProvider(ctx, { id }));
  return seeOther(listAddress(desk, 'enabled'));
}
