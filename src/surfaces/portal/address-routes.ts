import {
  accountsSentence,
  allowLink,
  changeAddress,
  confirmAddress,
  portalAddress,
  type PortalAddressView,
  portalConfirmAddress,
  type PortalConfirmAddressView,
} from '#accounts';
import { Hono } from 'hono';
import { type Form, readForm } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { refuse } from '#kernel/outcome';
import { act, observe } from '#ledger';
import { formProblem } from '../form-problem.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { type Self, selfResponse, withSelf, withSelfForm } from './with-self.ts';

const formLimit = 4_000;
const path = '/:lang{[a-z]{2}}/me/address';

/** A user's address: shown, changed by a link to the new one, confirmed wherever that link is opened. */
export function addressRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withSelf(site, (self) => page(self, { entered: '', error: null, sent: false })),
  );
  app.post(path, withSelfForm(site, formLimit, change));
  app.get(`${path}/confirm`, (c) =>
    confirmPage(site, c.req.raw, { token: c.req.query('token') ?? '', done: false, refused: null }),
  );
  app.post(`${path}/confirm`, (c) => confirm(site, c.req.raw));
  return app;
}

function page(self: Self, view: Pick<PortalAddressView, 'entered' | 'error' | 'sent'>, status = 200): Response {
  const { organisation, signedIn, reader } = self;
  return selfResponse(
    self,
    portalAddress({ organisation: organisation.name, current: signedIn.account.email, ...view }, reader),
    status,
  );
}

async function change(self: Self, request: Request, form: Form): Promise<Response> {
  const { site, organisation, signedIn, reader } = self;
  const { locale } = reader;
  const entered = form.text('email');
  const { network } = site.deviceOf(request);
  const allowed = await allowLink(observe(site.ledger, signedIn.actor), { email: entered, network });
  if (typeof allowed === 'object') {
    const error = accountsSentence('accounts/too-many-attempts', { minutes: Math.ceil(allowed.wait / 60) }, locale);
    return page(self, { entered, error, sent: false }, 429);
  }
  const changed = await act(site.ledger, signedIn.actor, async (ctx) => {
    const about = { accountId: signedIn.account.id, publicUrl: organisation.publicUrl, organisation: organisation.name, locale };
    const asked = await changeAddress(ctx, { ...about, email: entered });
    return asked.ok && allowed === 'quiet' ? refuse('portal/enough-for-now') : asked;
  });
  if (!changed.ok && changed.refusal !== 'portal/enough-for-now')
    return page(self, { entered, error: accountsSentence(changed.refusal, changed.facts, locale), sent: false }, 422);
  return page(self, { entered: '', error: null, sent: true });
}

async function confirm(site: Site, request: Request): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const { name, publicUrl, timeZone } = organisation;
  const locale = localeOf(request);
  const about = { publicUrl, organisation: name, zone: timeZone, locale };
  const confirmed = await act(site.ledger, { kind: 'visitor' }, (ctx) =>
    confirmAddress(ctx, { token: form.text('token'), ...about }),
  );
  if (confirmed.ok) return confirmPage(site, request, { token: '', done: true, refused: null });
  return confirmPage(
    site,
    request,
    { token: '', done: false, refused: accountsSentence(confirmed.refusal, confirmed.facts, locale) },
    422,
  );
}

async function confirmPage(
  site: Site,
  request: Request,
  about: Omit<PortalConfirmAddressView, 'organisation'>,
  status = 200,
): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const reader = { locale: localeOf(request), zone: organisation.timeZone, now: site.ledger.now() };
  const shown = portalConfirmAddress({ organisation: organisation.name, ...about }, reader);
  return selfResponse({ site, organisation, reader, signedIn: null }, shown, status);
}

function localeOf(request: Request): string {
  return interfaceLanguage(new URL(request.url).pathname.split('/')[1] ?? '');
}
