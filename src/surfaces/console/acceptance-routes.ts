import { Hono } from 'hono';
import { holds } from '#kernel/context';
import type { Form } from '#kernel/http';
import { idForm } from '#kernel/ids';
import { act } from '#ledger';
import {
  allowReturnAddress,
  callAcceptance,
  consoleAcceptance,
  type ConsoleAcceptanceView,
  consoleAcceptor,
  consoleAcceptors,
  type ConsoleAcceptorsView,
  countDecisions,
  findPerson,
  forbidReturnAddress,
  listReturnAddresses,
  policiesSentence,
  type PolicyRecord,
  readAcceptances,
  readAcceptanceSetting,
  setAcceptance,
} from '#policies';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { contextOf, onDocument } from './on-document.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const formLimit = 8_000;
const policy = '/:lang{[a-z]{2}}/console/policies/:slug/acceptance';
const people = '/:lang{[a-z]{2}}/console/acceptances';

/** Who is asked to accept what, how many answered how, and what one person answered. */
export function acceptanceRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    policy,
    withDesk(site, (desk, request) => onDocument(desk, request, (record) => policyPage(desk, record, justOf(request)))),
  );
  app.post(
    policy,
    withForm(site, formLimit, (desk, request, form) => onDocument(desk, request, (record) => save(desk, record, form))),
  );
  app.post(
    `${policy}/call`,
    withForm(site, formLimit, (desk, request, form) => onDocument(desk, request, (record) => call(desk, record, form))),
  );
  app.get(
    people,
    withDesk(site, (desk) => peoplePage(desk, {})),
  );
  app.post(
    people,
    withForm(site, formLimit, (desk, _, form) => peoplePage(desk, { typed: form.text('called') })),
  );
  app.get(`${people}/:id{${idForm}}`, withDesk(site, showPerson));
  app.post(`${people}/allow`, withForm(site, formLimit, allow));
  app.post(`${people}/forbid`, withForm(site, formLimit, forbid));
  return app;
}

function justOf(request: Request): ConsoleAcceptanceView['just'] {
  const wanted = new URL(request.url).searchParams.get('just');
  return (['saved', 'called'] as const).find((name) => name === wanted) ?? null;
}

async function policyPage(
  desk: Desk,
  { document }: PolicyRecord,
  just: ConsoleAcceptanceView['just'],
  error: string | null = null,
): Promise<Response> {
  const ctx = contextOf(desk);
  const { id: documentId, slug, title, language, departmentId } = document;
  const setting = await readAcceptanceSetting(ctx, { documentId, departmentId });
  if (!setting.ok) throw new Error('a document does not vanish');
  const counts = await countDecisions(ctx, { documentId });
  const mayChange = holds(desk.signedIn.actor, 'policies:publish', { department: departmentId });
  const view = { slug, title, language, ...setting.value, counts, mayChange, just, error };
  return consoleResponse(desk, consoleAcceptance(view, desk.reader), error === null ? 200 : 422);
}

async function save(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const { id: documentId, slug } = record.document;
  const chosen = { documentId, asked: form.text('asked') !== '', again: form.text('again') };
  const saved = await act(site.ledger, signedIn.actor, (ctx) => setAcceptance(ctx, chosen));
  if (saved.ok) return seeOther(`/${reader.locale}/console/policies/${slug}/acceptance?just=saved`);
  return policyPage(desk, record, null, policiesSentence(saved.refusal, saved.facts, reader.locale));
}

async function call(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const { id: documentId, slug } = record.document;
  const said = { documentId, version: Number(form.text('version')) };
  const called = await act(site.ledger, signedIn.actor, (ctx) => callAcceptance(ctx, said));
  if (called.ok) return seeOther(`/${reader.locale}/console/policies/${slug}/acceptance?just=called`);
  return policyPage(desk, record, null, policiesSentence(called.refusal, called.facts, reader.locale));
}

type Shown = { readonly typed?: string; readonly entered?: string; readonly error?: string };

async function peoplePage(desk: Desk, { typed, entered = '', error }: Shown): Promise<Response> {
  const ctx = contextOf(desk);
  const { actor } = desk.signedIn;
  // Posted, so that nobody's address stands in an address.
  const found = typed === undefined ? null : await findPerson(ctx, { called: typed });
  const view: ConsoleAcceptorsView = {
    people: holds(actor, 'acceptances:read') ? { typed: typed ?? '', found } : null,
    returnAddresses: holds(actor, 'accounts:connect') ? await listReturnAddresses(ctx) : null,
    entered,
    error: error ?? null,
  };
  return consoleResponse(desk, consoleAcceptors(view, desk.reader), error === undefined ? 200 : 422);
}

async function showPerson(desk: Desk): Promise<Response> {
  const { id: accountId = '' } = desk.params;
  const acceptances = await readAcceptances(contextOf(desk), { accountId });
  return consoleResponse(desk, consoleAcceptor({ accountId, acceptances }, desk.reader));
}

async function allow(desk: Desk, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const entered = form.text('address');
  const allowed = await act(site.ledger, signedIn.actor, (ctx) => allowReturnAddress(ctx, { address: entered }));
  if (allowed.ok) return seeOther(`/${reader.locale}/console/acceptances`);
  return peoplePage(desk, { entered, error: policiesSentence(allowed.refusal, allowed.facts, reader.locale) });
}

async function forbid(desk: Desk, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  // One that is gone already is what was wanted.
  await act(site.ledger, signedIn.actor, (ctx) => forbidReturnAddress(ctx, { address: form.text('address') }));
  return seeOther(`/${reader.locale}/console/acceptances`);
}
