import { Hono } from 'hono';
import type { Context } from '#kernel/context';
import { type Form, logHeaders } from '#kernel/http';
import { act } from '#ledger';
import {
  attachSignedCopy,
  consoleConflict,
  consoleEditPolicy,
  consolePolicies,
  diffTexts,
  type DraftEdit,
  type EditPolicyView,
  type EnteredDraft,
  formError,
  hideDocument,
  loadConsolePolicies,
  loadDraft,
  loadEditor,
  mergeDraft,
  moveDocument,
  policyError,
  type PolicyRecord,
  readDraft,
  readSignedBytes,
  readSignedCopy,
  readUpload,
  removeSignedCopy,
  saveDraft,
  translatedViews,
  withdrawError,
  withdrawVersion,
} from '#policies';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { answerAutosave } from './answer-autosave.ts';
import { departmentIn, departmentsToWrite } from './departments-to-write.ts';
import { contextOf, onDocument } from './on-document.ts';
import { newPolicyForm, sendNewPolicy } from './new-policy-routes.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

/** A little more than the largest text and the largest signed copy; a file of 2 GB is refused at its first megabytes. */
const editorLimit = 17_000_000;
const smallLimit = 64_000;
const path = '/:lang{[a-z]{2}}/console/policies';

export function policyRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withDesk(site, async (desk) =>
      consoleResponse(desk, consolePolicies({ policies: await loadConsolePolicies(contextOf(desk)) }, desk.reader)),
    ),
  );
  app.get(`${path}/new`, withDesk(site, newPolicyForm));
  app.post(`${path}/new`, withForm(site, editorLimit, sendNewPolicy));
  app.get(
    `${path}/:slug`,
    withDesk(site, async (desk, request) => onDocument(desk, request, (record) => showEditor(desk, request, record))),
  );
  app.get(
    `${path}/:slug/signed-copy`,
    withDesk(site, async (desk, request) => onDocument(desk, request, (record) => showSignedCopy(desk, request, record))),
  );
  app.post(
    `${path}/:slug`,
    withForm(site, editorLimit, (desk, request, form) => onDocument(desk, request, (record) => sendEditor(desk, record, form))),
  );
  app.post(
    `${path}/:slug/withdraw`,
    withForm(site, smallLimit, (desk, request, form) =>
      onDocument(desk, request, (record) => withdraw(desk, request, record, form)),
    ),
  );
  app.post(
    `${path}/:slug/visibility`,
    withForm(site, smallLimit, (desk, request, form) => onDocument(desk, request, (record) => hide(desk, request, record, form))),
  );
  app.post(
    `${path}/:slug/department`,
    withForm(site, smallLimit, (desk, request, form) => onDocument(desk, request, (record) => move(desk, record, form))),
  );
  return app;
}

const justOf: Readonly<Record<string, string>> = {
  upload: 'replaced',
  attach: 'signed-copy-attached',
  detach: 'signed-copy-removed',
};

const justs = [
  'approvers',
  'translated',
  'opened',
  'saved',
  'replaced',
  'signed-copy-attached',
  'signed-copy-removed',
  'published',
  'withdrawn',
  'hidden',
  'moved',
  'rules-chosen',
  'ended',
] as const;

async function showEditor(desk: Desk, request: Request, record: PolicyRecord): Promise<Response> {
  const just = justs.find((name) => name === new URL(request.url).searchParams.get('just')) ?? null;
  const draft = await loadDraft(contextOf(desk), record);
  return editor(desk, record, { ...draft, errors: [], just, withdrawal: null, preview: false });
}

type EditState = Pick<EditPolicyView, 'entered' | 'savedAt' | 'errors' | 'just' | 'withdrawal'> &
  Partial<Pick<EditPolicyView, 'endingEntered'>> & { preview: boolean };

export async function editor(desk: Desk, record: PolicyRecord, state: EditState, status = 200): Promise<Response> {
  const ctx = contextOf(desk);
  const translations = await translatedViews(ctx, record, desk.organisation.languages);
  const placed = { ...state, translations, departments: await departmentsToWrite(ctx) };
  const view = await loadEditor(ctx, record, desk.organisation.timeZone, placed);
  return consoleResponse(desk, consoleEditPolicy(view, desk.reader), status);
}

async function sendEditor(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { locale } = desk.reader;
  const asked = form.text('act');
  const entered = enteredIn(form);
  let { text } = entered;
  if (asked === 'upload') {
    const bytes = await form.file('file');
    const error = bytes === null ? formError(locale, 'file-missing') : null;
    const read = bytes === null ? null : await readUpload(bytes);
    const wrong = error ?? (read && !read.ok ? policyError(locale, read, 'file') : null);
    if (wrong)
      return editor(desk, record, { entered, savedAt: null, errors: [wrong], just: null, withdrawal: null, preview: false }, 422);
    text = read?.ok ? read.value.text : text;
  }
  const edit = { ...entered, text, documentId: record.document.id };
  const copy = asked === 'attach' ? await form.file('signedCopy') : null;
  if (asked === 'attach' && copy === null) {
    const errors = [formError(locale, 'signed-copy-file-missing')];
    return editor(desk, record, { entered, savedAt: null, errors, just: null, withdrawal: null, preview: false }, 422);
  }
  const saved = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => saveWithCopy(ctx, edit, asked, copy));
  if (asked === 'autosave') return answerAutosave(desk, saved);
  if (!saved.ok) {
    if (saved.refusal === 'policies/draft-changed-meanwhile') return conflict(desk, record, { ...entered, text });
    if (saved.refusal === 'policies/document-not-found' || saved.refusal === 'policies/draft-missing')
      throw new Error('a document does not vanish');
    const errors = [policyError(locale, { ...saved, refusal: saved.refusal })];
    return editor(desk, record, { entered, savedAt: null, errors, just: null, withdrawal: null, preview: false }, 422);
  }
  const here = `/${locale}/console/policies/${record.document.slug}`;
  if (asked === 'review') return seeOther(`${here}/review`);
  if (asked === 'preview') {
    const state = {
      entered: { ...entered, revision: saved.value.revision },
      savedAt: desk.reader.now,
      errors: [],
      just: null,
      withdrawal: null,
    };
    return editor(desk, record, { ...state, preview: true });
  }
  return seeOther(`${here}?just=${justOf[asked] ?? 'saved'}`);
}

/** One act, so that a copy that is refused saves nothing, and the text is never left behind by its copy. */
async function saveWithCopy(ctx: Context, edit: DraftEdit, asked: string, bytes: Uint8Array | null) {
  const saved = await saveDraft(ctx, edit);
  if (!saved.ok) return saved;
  const { documentId } = edit;
  if (bytes) return attachSignedCopy(ctx, { documentId, bytes });
  return asked === 'detach' ? removeSignedCopy(ctx, { documentId }) : saved;
}

/** The copy beside the draft, as a file: what somebody uploaded must never run as a page of this site. */
async function showSignedCopy(desk: Desk, request: Request, record: PolicyRecord): Promise<Response> {
  const bytes = await readSignedBytes(contextOf(desk), record.document.id);
  if (!bytes) return problemResponse(desk.site, request, 404);
  const { 'x-content-type-options': nosniff, 'content-security-policy': sandbox } = logHeaders;
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${record.document.slug}-draft.pdf"`,
      'cache-control': 'no-store',
      'x-content-type-options': nosniff ?? '',
      'content-security-policy': sandbox ?? '',
    },
  });
}

function enteredIn(form: Form): EnteredDraft {
  return {
    text: form.text('text').replaceAll('\r\n', '\n'),
    summary: form.text('summary').replaceAll('\r\n', '\n'),
    effectiveLocal: form.text('effectiveLocal'),
    revision: Number(form.text('revision')) || 0,
    audience: form.text('audience') || 'everyone',
    jurisdiction: form.text('jurisdiction').trim().toUpperCase(),
    changeClass: form.text('changeClass'),
    legalBasis: form.text('legalBasis').replaceAll('\r\n', '\n'),
  };
}

/** Somebody saved meanwhile: both are brought together, and saving goes on from the newer one. Nothing is saved by itself. */
async function conflict(desk: Desk, record: PolicyRecord, mine: EnteredDraft): Promise<Response> {
  const { slug, title, language, id } = record.document;
  const draft = await readDraft(contextOf(desk), id);
  // Published meanwhile: there is no draft any more, so what was written goes on as a new one.
  const theirs = draft ?? { ...(await loadDraft(contextOf(desk), record)).entered, updatedAt: desk.reader.now };
  const merged = draft && (await mergeDraft(contextOf(desk), record, mine, desk.reader.locale));
  const view = {
    slug,
    title,
    language,
    zone: desk.organisation.timeZone,
    mine,
    signedCopy: await readSignedCopy(contextOf(desk), id),
    theirs: {
      ...theirs,
      savedAt: theirs.updatedAt,
      role: 'owner',
    },
    comparison: merged ? null : diffTexts(theirs.text, mine.text, language),
    merged: merged && {
      ...merged,
      byMe: diffTexts(merged.base, mine.text, language),
      byThem: diffTexts(merged.base, theirs.text, language),
    },
  };
  return consoleResponse(desk, consoleConflict(view, desk.reader), 409);
}

async function withdraw(desk: Desk, request: Request, record: PolicyRecord, form: Form): Promise<Response> {
  const { locale } = desk.reader;
  const number = Number(form.text('number'));
  const reason = form.text('reason');
  const done = await act(desk.site.ledger, desk.signedIn.actor, (ctx) =>
    withdrawVersion(ctx, { documentId: record.document.id, number, reason }),
  );
  if (done.ok) return seeOther(`/${locale}/console/policies/${record.document.slug}?just=withdrawn`);
  if (done.refusal === 'policies/version-not-found') return problemResponse(desk.site, request, 404);
  const draft = await loadDraft(contextOf(desk), record);
  const errors = [withdrawError(locale, number, { ...done, refusal: done.refusal })];
  return editor(desk, record, { ...draft, errors, just: null, withdrawal: { number, reason }, preview: false }, 422);
}

async function hide(desk: Desk, request: Request, record: PolicyRecord, form: Form): Promise<Response> {
  const { locale } = desk.reader;
  if (form.text('confirm') === '') {
    const draft = await loadDraft(contextOf(desk), record);
    return editor(
      desk,
      record,
      { ...draft, errors: [formError(locale, 'hide-unconfirmed')], just: null, withdrawal: null, preview: false },
      422,
    );
  }
  const hidden = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => hideDocument(ctx, { documentId: record.document.id }));
  if (!hidden.ok && hidden.refusal === 'policies/document-not-found') return problemResponse(desk.site, request, 404);
  return seeOther(`/${locale}/console/policies/${record.document.slug}?just=hidden`);
}

async function move(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { locale } = desk.reader;
  const to = { documentId: record.document.id, departmentId: departmentIn(form.text('department')) };
  const moved = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => moveDocument(ctx, to));
  if (moved.ok) return seeOther(`/${locale}/console/policies/${record.document.slug}?just=moved`);
  if (moved.refusal === 'policies/document-not-found') throw new Error('a document does not vanish');
  const draft = await loadDraft(contextOf(desk), record);
  const errors = [policyError(locale, { ...moved, refusal: moved.refusal })];
  return editor(desk, record, { ...draft, errors, just: null, withdrawal: null, preview: false }, 422);
}
