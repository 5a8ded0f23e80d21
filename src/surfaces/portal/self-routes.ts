import { idForm } from '#kernel/ids';
import {
  accountsSentence,
  channels,
  eraseSelf,
  exportSelf,
  listPreferences,
  portalAccountErased,
  portalData,
  portalSettings,
  type PortalSettingsView,
  preferenceNames,
  savePreference,
  topics,
} from '#accounts';
import { Hono } from 'hono';
import { cookieName, type Form, pageHeaders, readCookie, setCookie } from '#kernel/http';
import { done } from '#kernel/outcome';
import { act, observe, readSubject } from '#ledger';
import { eraseAcceptances, exportAcceptances, ownAcceptances } from '#policies';
import { claimQuestion, eraseQuestion, listOwnQuestions, portalOwnQuestions, readByReceipt, supportSentence } from '#support';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { portalHome } from './home-page.tsx';
import { readReceiptCookie } from './receipt-cookie.ts';
import { type Self, selfResponse, withSelf, withSelfForm } from './with-self.ts';

const formLimit = 8_000;
const path = '/:lang{[a-z]{2}}/me';

/** The pages of a signed-in user about themselves. Whatever they change is their own: the verbs take no other id than theirs. */
export function selfRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(path, withSelf(site, showHome));
  app.get(
    `${path}/questions`,
    withSelf(site, (self, request) => showQuestions(self, request)),
  );
  app.post(`${path}/questions`, withSelfForm(site, formLimit, keepQuestion));
  app.post(`${path}/questions/:id{${idForm}}/erase`, withSelfForm(site, formLimit, eraseOwn));
  app.get(
    `${path}/settings`,
    withSelf(site, (self, request) => settingsPage(self, null, new URL(request.url).searchParams.get('just') === 'saved')),
  );
  app.post(`${path}/settings`, withSelfForm(site, formLimit, saveSettings));
  app.post(`${path}/settings/:name{[a-zA-Z]{1,20}}/forget`, withSelfForm(site, formLimit, forget));
  app.get(
    `${path}/data`,
    withSelf(site, (self) => dataPage(self, false)),
  );
  app.get(`${path}/data/account.json`, withSelf(site, download));
  app.post(`${path}/data/erase`, withSelfForm(site, formLimit, eraseAccount));
  return app;
}

function contextOf({ site, signedIn }: Self) {
  return observe(site.ledger, signedIn.actor);
}

async function showHome(self: Self, request: Request): Promise<Response> {
  const ctx = contextOf(self);
  const { id: accountId } = self.signedIn.account;
  const held = readCookie(request, cookieName('receipt', self.site.secureCookies()));
  const matter = held === null ? null : await readByReceipt(ctx, readReceiptCookie(held));
  const acceptances = await ownAcceptances(ctx, { accountId });
  const view = {
    organisation: self.organisation.name,
    questions: await listOwnQuestions(ctx, { accountId }),
    preferences: (await listPreferences(ctx, { accountId })).length,
    asked: acceptances.filter(({ asking }) => asking === 'ask'),
    answered: acceptances.filter(({ decisions }) => decisions.length > 0).length,
    receipt: matter !== null && matter.accountId === null,
  };
  return selfResponse(self, portalHome(view, self.reader));
}

type Entered = { readonly code: string; readonly email: string };

async function showQuestions(
  self: Self,
  request: Request,
  entered: Entered = { code: '', email: '' },
  error: string | null = null,
): Promise<Response> {
  const { signedIn, organisation, reader } = self;
  const asked = new URL(request.url).searchParams.get('just');
  const just = (['kept', 'erased'] as const).find((name) => name === asked) ?? null;
  const questions = await listOwnQuestions(contextOf(self), { accountId: signedIn.account.id });
  const view = { organisation: organisation.name, questions, entered, error, just };
  return selfResponse(self, portalOwnQuestions(view, reader), error === null ? 200 : 422);
}

async function keepQuestion(self: Self, request: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = self;
  const entered = { code: form.text('code'), email: form.text('email') };
  if ((await site.limits.take('lookup', request)) > 0) return problemResponse(site, request, 429);
  const input = { accountId: signedIn.account.id, ...entered };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => claimQuestion(ctx, input));
  if (outcome.ok) return seeOther(`/${reader.locale}/me/questions?just=kept`);
  return showQuestions(self, request, entered, supportSentence(outcome.refusal, outcome.facts, reader.locale));
}

async function eraseOwn(self: Self, request: Request): Promise<Response> {
  const { site, signedIn, reader } = self;
  const { id = '' } = self.params;
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => eraseQuestion(ctx, { id, accountId: signedIn.account.id }));
  return outcome.ok ? seeOther(`/${reader.locale}/me/questions?just=erased`) : problemResponse(site, request, 404);
}

async function settingsPage(self: Self, error: PortalSettingsView['error'], just: boolean): Promise<Response> {
  const chosen = await listPreferences(contextOf(self), { accountId: self.signedIn.account.id });
  const view = { chosen, timeZones: Intl.supportedValuesOf('timeZone'), error, just };
  return selfResponse(self, portalSettings(view, self.reader), error ? 422 : 200);
}

async function saveSettings(self: Self, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = self;
  const several = (name: string, options: readonly string[]) =>
    options.filter((option) => form.text(`${name}-${option}`) !== '').join(',');
  const [from, to] = [form.text('contactFrom'), form.text('contactTo')];
  const values = {
    language: form.text('language'),
    timeZone: form.text('timeZone'),
    readingSize: form.text('readingSize'),
    topics: several('topics', topics),
    channels: several('channels', channels),
    contactHours: from === '' && to === '' ? '' : `${from}-${to}`,
  };
  const outcome = await act(site.ledger, signedIn.actor, async (ctx) => {
    for (const name of preferenceNames) {
      const saved = await savePreference(ctx, { accountId: signedIn.account.id, name, value: values[name] });
      if (!saved.ok) return saved;
    }
    return done(null);
  });
  if (!outcome.ok) {
    const name = preferenceNames.find((known) => known === outcome.facts['name']) ?? 'language';
    return settingsPage(self, { name, message: accountsSentence(outcome.refusal, outcome.facts, reader.locale) }, false);
  }
  return seeOther(`/${values.language === '' ? reader.locale : values.language}/me/settings?just=saved`);
}

async function forget(self: Self, request: Request): Promise<Response> {
  const { site, signedIn, reader } = self;
  const name = preferenceNames.find((known) => known === self.params['name']);
  if (!name) return problemResponse(site, request, 404);
  await act(site.ledger, signedIn.actor, (ctx) => savePreference(ctx, { accountId: signedIn.account.id, name, value: '' }));
  return seeOther(`/${reader.locale}/me/settings?just=saved`);
}

async function dataPage(self: Self, unconfirmed: boolean): Promise<Response> {
  const ctx = contextOf(self);
  const { id: accountId, email } = self.signedIn.account;
  const questions = await listOwnQuestions(ctx, { accountId });
  const view = {
    organisation: self.organisation.name,
    email,
    entries: (await readSubject(ctx, accountId)).entries.length,
    questions: questions.length,
    published: questions.filter(({ publishedAt }) => publishedAt !== null).length,
    acceptances: (await ownAcceptances(ctx, { accountId })).filter(({ decisions }) => decisions.length > 0).length,
    unconfirmed,
  };
  return selfResponse(self, portalData(view, self.reader), unconfirmed ? 422 : 200);
}

async function download(self: Self): Promise<Response> {
  const ctx = contextOf(self);
  const { id: accountId } = self.signedIn.account;
  const held = await exportSelf(ctx, { accountId });
  const questions = await listOwnQuestions(ctx, { accountId });
  const acceptances = await exportAcceptances(ctx, { accountId });
  return new Response(`${JSON.stringify({ format: 'troth-account/v1', ...held, questions, acceptances }, null, 2)}\n`, {
    headers: {
      ...pageHeaders,
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="account.json"',
      'cache-control': 'no-store',
    },
  });
}

async function eraseAccount(self: Self, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader, organisation } = self;
  const { id: accountId } = signedIn.account;
  if (form.text('confirm') === '') return dataPage(self, true);
  const outcome = await act(site.ledger, signedIn.actor, async (ctx) => {
    for (const { id } of await listOwnQuestions(ctx, { accountId })) {
      const erased = await eraseQuestion(ctx, { id, accountId });
      if (!erased.ok) return erased;
    }
    await eraseAcceptances(ctx, { accountId });
    return eraseSelf(ctx, { accountId, organisation: organisation.name, locale: reader.locale });
  });
  if (!outcome.ok) throw new Error(`an account that is signed in can be erased: ${outcome.refusal}`);
  const response = selfResponse({ ...self, signedIn: null }, portalAccountErased({ organisation: organisation.name }, reader));
  response.headers.append('set-cookie', setCookie('user', '', { secure: site.secureCookies(), seconds: 0 }));
  return response;
}
