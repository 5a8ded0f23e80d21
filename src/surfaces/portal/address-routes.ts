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
import type { Form } from '#kernel/http';
import { refuse } from '#kernel/outcome';
import { act, observe } from '#ledger';
import { keyedPage } from '../keyed-page.ts';
import type { Site } from '../site.ts';
import { type Self, selfResponse, withSelf, withSelfForm } from './with-self.ts';

const formLimit = 4_000;
const path = '/:lang{[a-z]{2}}/me/address';

/** A user's address: shown, changed by a link to the new one, confirmed where they are signed in. */
export function addressRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withSelf(site, (self) => page(self, { entered: '', error: null, sent: false })),
  );
  app.post(path, withSelfForm(site, formLimit, change));
  app.get(
    `${path}/confirm`,
    withSelf(site, (self, request) => {
      const token = new URL(request.url).searchParams.get('token') ?? '';
      return confirmPage(self, { token, done: false, refused: null });
    }),
  );
  app.post(`${path}/confirm`, withSelfForm(site, formLimit, confirm));
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

async function confirm(self: Self, _: Request, form: Form): Promise<Response> {
  const { site, organisation, signedIn, reader } = self;
  const { locale } = reader;
  const about = { publicUrl: organisation.publicUrl, organisation: organisation.name, zone: organisation.timeZone, locale };
  const confirmed = await act(site.ledger, signedIn.actor, (ctx) => confirmAddress(ctx, { token: form.text('token'), ...about }));
  if (confirmed.ok) return confirmPage(self, { token: '', done: true, refused: null });
  const refused = accountsSentence(confirmed.refusal, confirmed.facts, locale);
  return confirmPage(self, { token: '', done: false, refused }, 422);
}

function confirmPage(self: Self, about: Omit<PortalConfirmAddressView, 'organisation'>, status = 200): Response {
  const { organisation, reader } = self;
  return keyedPage(selfResponse(self, portalConfirmAddress({ organisation: organisation.name, ...about }, reader), status));
}
