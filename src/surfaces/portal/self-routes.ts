import { idForm } from '#kernel/ids';
import {
  accountsSentence,
  channels,
  eraseSelf,
  exportSelf,
  listMandates,
  listPreferences,
  type Look,
  noteLook,
  offers,
  placeOf,
  portalAccountErased,
  portalOtherErased,
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
import {
  claimQuestion,
  eraseQuestion,
  listOwnQuestions,
  ownQuestionIds,
  portalOwnQuestions,
  readByReceipt,
  supportSentence,
  takeReceiptAllowance,
} from '#support';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { portalHome } from './home-page.tsx';
import { readReceiptCookie } from './receipt-cookie.ts';
import { type Place, type Whose, ownPlace } from './whose.ts';
import { selfResponse } from './with-self.ts';

const formLimit = 8_000;

/** The pages of a signed-in user about themselves. */
export function selfRoutes(site: Site): Hono {
  const app = new Hono();
  const own = ownPlace(site);
  app.get(own.path, own.page(showHome));
  personRoutes(app, own);
  return app;
}

/** The pages about one person, at both places. Whatever they show and change is that person's: a form cannot name another. */
export function personRoutes(app: Hono, { path, page, form }: Place): void {
  app.get(
    `${path}/questions`,
    page((whose, request) => showQuestions(whose, request)),
  );
  app.post(`${path}/questions`, form(formLimit, keepQuestion));
  app.post(`${path}/questions/:id{${idForm}}/erase`, form(formLimit, eraseOwn));
  app.get(
    `${path}/settings`,
    page((whose, request) => settingsPage(whose, null, new URL(request.url).searchParams.get('just') === 'saved')),
  );
  app.post(`${path}/settings`, form(formLimit, saveSettings));
  app.post(`${path}/settings/:name{[a-zA-Z]{1,20}}/forget`, form(formLimit, forget));
  app.get(
    `${path}/data`,
    page((whose) => dataPage(whose, false)),
  );
  app.get(`${path}/data/account.json`, page(download));
  app.post(`${path}/data/erase`, form(formLimit, eraseAccount));
}

function contextOf({ site, actor }: Whose) {
  return observe(site.ledger, actor);
}

/** What a delegate looks at stands in what was done for the person. Before the page is made: no look without its entry. */
async function looked({ site, actor, accountId, under }: Whose, what: Look): Promise<void> {
  if (under) await act(site.ledger, actor, (ctx) => noteLook(ctx, { accountId, what }));
}

async function showHome(whose: Whose, request: Request): Promise<Response> {
  const ctx = contextOf(whose);
  const { accountId, site } = whose;
  const held = readCookie(request, cookieName('receipt', site.secureCookies()));
  const receipt = held === null ? null : readReceiptCookie(site.ledger.secrets, held);
  const matter = receipt === null ? null : await readByReceipt(ctx, receipt);
  const { forMe, offers, asDelegate } = await listMandates(ctx, accountId);
  const acceptances = await ownAcceptances(ctx, { accountId });
  const view = {
    organisation: whose.organisation.name,
    questions: await listOwnQuestions(ctx, { accountId }),
    preferences: (await listPreferences(ctx, { accountId })).length,
    asked: acceptances.filter(({ asking }) => asking === 'ask'),
    answered: acceptances.filter(({ decisions }) => decisions.length > 0).length,
    receipt: matter !== null && matter.accountId === null,
    mandates: { forMe, offers, asDelegate },
  };
  return selfResponse(whose, portalHome(view, whose.reader));
}

type Entered = { readonly code: string; readonly known: string };

async function showQuestions(
  whose: Whose,
  request: Request,
  entered: Entered = { code: '', known: '' },
  error: string | null = null,
): Promise<Response> {
  const { accountId, organisation, reader, under } = whose;
  await looked(whose, 'questions');
  const asked = new URL(request.url).searchParams.get('just');
  const just = (['asked', 'kept', 'erased'] as const).find((name) => name === asked) ?? null;
  const questions = await listOwnQuestions(contextOf(whose), { accountId });
  const view = { under, organisation: organisation.name, questions, entered, error, just };
  return selfResponse(whose, portalOwnQuestions(view, reader), error === null ? 200 : 422);
}

async function keepQuestion(whose: Whose, request: Request, form: Form): Promise<Response> {
  const { site, actor, accountId, reader, under } = whose;
  const entered = { code: form.text('code'), known: form.text('known') };
  const ctx = observe(site.ledger, actor);
  if ((await site.limits.take('lookup', request)) > 0 || (await takeReceiptAllowance(ctx, entered)) > 0)
    return problemResponse(site, request, 429);
  const input = { accountId, code: entered.code, email: entered.known, reference: entered.known };
  const outcome = await act(site.ledger, actor, (tx) => claimQuestion(tx, input));
  if (outcome.ok) return seeOther(`${placeOf(reader.locale, under, 'questions')}?just=kept`);
  return showQuestions(whose, request, entered, supportSentence(outcome.refusal, outcome.facts, reader.locale));
}

async function eraseOwn(whose: Whose, request: Request): Promise<Response> {
  const { site, actor, accountId, reader, under } = whose;
  const { id = '' } = whose.params;
  const outcome = await act(site.ledger, actor, (ctx) => eraseQuestion(ctx, { id, accountId }));
  if (!outcome.ok) return problemResponse(site, request, 404);
  // A delegate who may erase and not read has no list to come back to.
  return seeOther(
    offers(under, 'self:read') ? `${placeOf(reader.locale, under, 'questions')}?just=erased` : placeOf(reader.locale, under),
  );
}

async function settingsPage(whose: Whose, error: PortalSettingsView['error'], just: boolean): Promise<Response> {
  await looked(whose, 'settings');
  const chosen = await listPreferences(contextOf(whose), { accountId: whose.accountId });
  const view = { under: whose.under, chosen, timeZones: Intl.supportedValuesOf('timeZone'), error, just };
  return selfResponse(whose, portalSettings(view, whose.reader), error ? 422 : 200);
}

async function saveSettings(whose: Whose, _: Request, form: Form): Promise<Response> {
  const { site, actor, accountId, reader, under } = whose;
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
  const outcome = await act(site.ledger, actor, async (ctx) => {
    for (const name of preferenceNames) {
      const saved = await savePreference(ctx, { accountId, name, value: values[name] });
      if (!saved.ok) return saved;
    }
    return done(null);
  });
  if (!outcome.ok) {
    const name = preferenceNames.find((known) => known === outcome.facts['name']) ?? 'language';
    return settingsPage(whose, { name, message: accountsSentence(outcome.refusal, outcome.facts, reader.locale) }, false);
  }
  // Whose language was chosen goes on in it; a delegate goes on in their own.
  const locale = under || values.language === '' ? reader.locale : values.language;
  return seeOther(`${placeOf(locale, under, 'settings')}?just=saved`);
}

async function forget(whose: Whose, request: Request): Promise<Response> {
  const { site, actor, accountId, reader, under } = whose;
  const name = preferenceNames.find((known) => known === whose.params['name']);
  if (!name) return problemResponse(site, request, 404);
  await act(site.ledger, actor, (ctx) => savePreference(ctx, { accountId, name, value: '' }));
  return seeOther(`${placeOf(reader.locale, under, 'settings')}?just=saved`);
}

async function dataPage(whose: Whose, unconfirmed: boolean): Promise<Response> {
  const { accountId, under, organisation, reader } = whose;
  const ctx = contextOf(whose);
  const reads = offers(under, 'self:read');
  if (reads) await looked(whose, 'data');
  const questions = reads ? await listOwnQuestions(ctx, { accountId }) : [];
  const view = {
    under,
    organisation: organisation.name,
    email: under ? under.person : whose.signedIn.account.email,
    entries: (await readSubject(ctx, accountId)).entries.length,
    questions: questions.length,
    published: questions.filter(({ publishedAt }) => publishedAt !== null).length,
    acceptances: (await ownAcceptances(ctx, { accountId })).filter(({ decisions }) => decisions.length > 0).length,
    unconfirmed,
  };
  return selfResponse(whose, portalData(view, reader), unconfirmed ? 422 : 200);
}

async function download(whose: Whose): Promise<Response> {
  const ctx = contextOf(whose);
  const { accountId } = whose;
  await looked(whose, 'download');
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

async function eraseAccount(whose: Whose, _: Request, form: Form): Promise<Response> {
  const { site, actor, accountId, reader, organisation, under } = whose;
  if (form.text('confirm') === '') return dataPage(whose, true);
  const outcome = await act(site.ledger, actor, async (ctx) => {
    for (const id of await ownQuestionIds(ctx, { accountId })) {
      const erased = await eraseQuestion(ctx, { id, accountId });
      if (!erased.ok) return erased;
    }
    await eraseAcceptances(ctx, { accountId });
    return eraseSelf(ctx, { accountId, organisation: organisation.name, locale: reader.locale });
  });
  if (!outcome.ok) throw new Error(`an account that is signed in can be erased: ${outcome.refusal}`);
  if (under) return selfResponse(whose, portalOtherErased({}, reader));
  const response = selfResponse({ ...whose, signedIn: null }, portalAccountErased({ organisation: organisation.name }, reader));
  response.headers.append('set-cookie', setCookie('user', '', { secure: site.secureCookies(), seconds: 0 }));
  return response;
}
