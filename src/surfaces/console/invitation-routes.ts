import {
  acceptInvitation,
  accountsSentence,
  consoleInvitation,
  type ConsoleInvitationView,
  listCustomRoles,
  listProviders,
  openSession,
  readInvitation,
  shortestPassphrase,
} from '#accounts';
import { Hono } from 'hono';
import { readForm, setCookie } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { done } from '#kernel/outcome';
import { act, observe } from '#ledger';
import { formProblem } from '../form-problem.ts';
import { heldToken } from '../held-token.ts';
import { htmlResponse, seeOther } from '../html-response.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import { keyedPage } from '../keyed-page.ts';
import { leaveForProvider } from '../sign-in/leave-for-provider.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { renderBarePage } from './render-console-page.tsx';
import { consoleBanners } from './session.ts';

const formLimit = 16_000;
const path = '/:lang{[a-z]{2}}/console/invitation';
const visitor = { kind: 'visitor' } as const;

/** Where the link of an invitation leads. Looking spends nothing: programs that scan mail follow links. */
export function invitationRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(path, (c) => {
    const state = { token: c.req.query('token') ?? '', name: '', errors: [] };
    return page(site, c.req.raw, interfaceLanguage(c.req.param('lang')), state);
  });
  app.post(`${path}/with/:provider`, (c) =>
    leave(site, c.req.raw, interfaceLanguage(c.req.param('lang')), c.req.param('provider')),
  );
  app.post(path, (c) => accept(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  return app;
}

async function accept(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const input = { token: form.text('token'), name: form.text('name'), passphrase: form.text('passphrase') };
  const outcome = await act(site.ledger, visitor, async (ctx) => {
    const accepted = await acceptInvitation(ctx, input);
    if (!accepted.ok) return accepted;
    const here = { device: site.deviceOf(request), held: heldToken(site, request, 'staff') };
    const opened = await openSession(ctx, { ...accepted.value, method: 'passphrase', ...here });
    if (!opened.ok) throw new Error('whoever joined a moment ago is let in');
    return done(opened.value);
  });
  if (outcome.ok) {
    const cookie = setCookie('staff', outcome.value.token, { secure: site.secureCookies(), seconds: null });
    return seeOther(`/${locale}/console`, { 'set-cookie': cookie });
  }
  const { refusal, facts } = outcome;
  const message = accountsSentence(refusal, facts, locale);
  const field = refusal === 'accounts/passphrase-too-short' ? 'passphrase' : 'name';
  return page(site, request, locale, { token: input.token, name: input.name, errors: [{ field, message }] }, 422);
}

/** Off to a provider, to come back as somebody whom it knows. */
async function leave(site: Site, request: Request, locale: string, providerId: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const token = form.text('token');
  // Nobody is sent away for an invitation that is good for nothing.
  if (!(await readInvitation(observe(site.ledger, visitor), { token })))
    return page(site, request, locale, { token, name: '', errors: [] });
  return leaveForProvider(site, request, {
    providerId,
    surface: 'console',
    accountId: null,
    invitation: token,
    returnTo: null,
    locale,
  });
}

type State = Pick<ConsoleInvitationView, 'token' | 'name' | 'errors'>;

async function page(site: Site, request: Request, locale: string, state: State, status = 200): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const ctx = observe(site.ledger, visitor);
  const invitation = await readInvitation(ctx, state);
  const view = {
    ...state,
    organisation: organisation.name,
    invitation,
    customRoles: await listCustomRoles(ctx),
    shortestPassphrase,
    providers: await listProviders(ctx, 'staff'),
  };
  const reader = { locale, zone: organisation.timeZone, now: site.ledger.now() };
  const shell = {
    organisation: organisation.name,
    banners: consoleBanners(site, organisation),
    query: `?token=${encodeURIComponent(state.token)}`,
  };
  return keyedPage(
    htmlResponse(renderBarePage(consoleInvitation(view, reader), shell, reader, site.assets), invitation === null ? 410 : status),
  );
}
