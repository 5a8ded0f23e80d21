import { Hono } from 'hono';
import type { Form } from '#kernel/http';
import { act } from '#ledger';
import { chooseNoticeRules, endDocument, endError, loadDraft, type PolicyRecord, rulesError } from '#policies';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { contextOf, onDocument } from './on-document.ts';
import { editor } from './policy-routes.ts';
import type { Desk } from './session.ts';
import { withForm } from './with-desk.ts';

const smallLimit = 64_000;
const path = '/:lang{[a-z]{2}}/console/policies';

/** What a document promises about its own changes and its end. */
export function policyNoticeRoutes(site: Site): Hono {
  const app = new Hono();
  app.post(
    `${path}/:slug/notice-rules`,
    withForm(site, smallLimit, (desk, request, form) => onDocument(desk, request, (record) => choose(desk, record, form))),
  );
  app.post(
    `${path}/:slug/end`,
    withForm(site, smallLimit, (desk, request, form) => onDocument(desk, request, (record) => end(desk, record, form))),
  );
  return app;
}

async function choose(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { locale } = desk.reader;
  const choice = { documentId: record.document.id, audience: form.text('audience'), rules: form.all('rules') };
  const chosen = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => chooseNoticeRules(ctx, choice));
  if (chosen.ok) return seeOther(`/${locale}/console/policies/${record.document.slug}?just=rules-chosen`);
  if (chosen.refusal === 'policies/document-not-found') throw new Error('a document does not vanish');
  const draft = await loadDraft(contextOf(desk), record);
  const errors = [rulesError(locale, { ...chosen, refusal: chosen.refusal })];
  return editor(desk, record, { ...draft, errors, just: null, withdrawal: null, preview: false }, 422);
}

async function end(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { locale } = desk.reader;
  const entered = {
    endsLocal: form.text('endsLocal'),
    reason: form.text('endReason').replaceAll('\r\n', '\n'),
    legalBasis: form.text('endBasis').replaceAll('\r\n', '\n'),
  };
  const ending = { ...entered, documentId: record.document.id, zone: desk.organisation.timeZone };
  const ended = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => endDocument(ctx, ending));
  if (ended.ok) return seeOther(`/${locale}/console/policies/${record.document.slug}?just=ended`);
  if (ended.refusal === 'policies/document-not-found') throw new Error('a document does not vanish');
  const draft = await loadDraft(contextOf(desk), record);
  const errors = [endError(locale, { ...ended, refusal: ended.refusal })];
  const state = { ...draft, errors, just: null, withdrawal: null, preview: false, endingEntered: entered };
  return editor(desk, record, state, 422);
}
