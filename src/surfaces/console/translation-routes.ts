import { Hono } from 'hono';
import type { Form } from '#kernel/http';
import { act } from '#ledger';
import {
  consoleTranslation,
  isLanguage,
  loadTranslation,
  policyError,
  type PolicyError,
  type PolicyRecord,
  publishTranslation,
  saveTranslation,
  type TranslationView,
} from '#policies';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { contextOf, onDocument } from './on-document.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const largest = 12_000_000;
const path = '/:lang{[a-z]{2}}/console/policies/:slug/translations/:language';

/** What a version says in other languages. */
export function translationRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withDesk(site, (desk, request) =>
      onDocument(desk, request, (record) => {
        const query = new URL(request.url).searchParams;
        const of = query.get('of');
        return show(desk, request, record, {
          number: of === null ? null : Number(of),
          state: { entered: null, errors: [], just: query.get('just') === 'saved' ? 'saved' : null },
        });
      }),
    ),
  );
  app.post(
    path,
    withForm(site, largest, (desk, request, form) => onDocument(desk, request, (record) => send(desk, request, record, form))),
  );
  return app;
}

type State = Pick<TranslationView, 'errors' | 'just'> & { entered: TranslationView['entered'] | null };
type Shown = { number: number | null; state: State; status?: number };

async function show(desk: Desk, request: Request, record: PolicyRecord, { number, state, status }: Shown): Promise<Response> {
  const { language = '' } = desk.params;
  if (language === record.document.language || !isLanguage(language)) return problemResponse(desk.site, request, 404);
  const ctx = contextOf(desk);
  const view = await loadTranslation(ctx, record, language, number, state);
  return view
    ? consoleResponse(desk, consoleTranslation(view, desk.reader), status ?? 200)
    : problemResponse(desk.site, request, 404);
}

/** Saves first whatever is wanted, so that nothing typed is lost by a refusal. */
async function send(desk: Desk, request: Request, record: PolicyRecord, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const { slug, id: documentId } = record.document;
  const { language = '' } = desk.params;
  const entered = {
    title: form.text('title'),
    text: form.text('text').replaceAll('\r\n', '\n'),
    summary: form.text('summary').replaceAll('\r\n', '\n'),
    revision: Number(form.text('revision')) || 0,
  };
  const number = Number(form.text('number'));
  const again = (error: PolicyError, status: number, revision = entered.revision) =>
    show(desk, request, record, {
      number,
      state: { entered: { ...entered, revision }, errors: [error], just: null },
      status,
    });
  const saved = await act(site.ledger, signedIn.actor, (ctx) => saveTranslation(ctx, { documentId, language, ...entered }));
  if (!saved.ok) {
    const { refusal } = saved;
    if (refusal === 'policies/document-not-found') throw new Error('a document does not vanish');
    if (refusal === 'policies/language-is-original' || refusal === 'policies/language-not-valid')
      return problemResponse(site, request, 404);
    // Saving again goes on from the other one: the text typed here is still in the form.
    const revision = refusal === 'policies/draft-changed-meanwhile' ? Number(saved.facts['revision'] ?? 0) : entered.revision;
    return again(policyError(reader.locale, { ...saved, refusal }), 409, revision);
  }
  const here = `/${reader.locale}/console/policies/${slug}`;
  if (form.text('act') !== 'publish') return seeOther(`${here}/translations/${language}?of=${number}&just=saved`);
  const said = { documentId, number, language, ...entered, text: Buffer.from(entered.text) };
  const published = await act(site.ledger, signedIn.actor, (ctx) => publishTranslation(ctx, said));
  if (published.ok) return seeOther(`${here}?just=translated`);
  const { refusal } = published;
  if (refusal === 'policies/document-not-found') throw new Error('a document does not vanish');
  if (refusal === 'policies/version-not-found') return problemResponse(site, request, 404);
  return again(policyError(reader.locale, { ...published, refusal }), 422, saved.value.revision);
}
