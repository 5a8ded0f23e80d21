import { Hono } from 'hono';
import type { Form } from '#kernel/http';
import { act, observe } from '#ledger';
import { answerReview, askForReview, loadDraft, policyError, type PolicyRecord, policiesSentence, setApprovers } from '#policies';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { editor, onDocument, publicationOf, showReview } from './policy-routes.ts';
import type { Desk } from './session.ts';
import { withForm } from './with-desk.ts';

const smallLimit = 64_000;
const path = '/:lang{[a-z]{2}}/console/policies/:slug';

/** Who must approve a draft before it is published, the question to them, and their answers. */
export function draftReviewRoutes(site: Site): Hono {
  const app = new Hono();
  for (const [name, answer] of [
    ['approvers', approvers],
    ['ask-for-review', ask],
    ['answer-review', answerAsked],
  ] as const) {
    app.post(
      `${path}/${name}`,
      withForm(site, smallLimit, (desk, request, form) =>
        onDocument(desk, request, (record) => answer(desk, record, form, request)),
      ),
    );
  }
  return app;
}

const reviewPage = ({ reader }: Desk, { document }: PolicyRecord) => `/${reader.locale}/console/policies/${document.slug}/review`;

async function approvers(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const wanted = { documentId: record.document.id, approvers: Number(form.text('approvers') || Number.NaN) };
  const set = await act(site.ledger, signedIn.actor, (ctx) => setApprovers(ctx, wanted));
  if (set.ok) return seeOther(`/${reader.locale}/console/policies/${record.document.slug}?just=approvers`);
  const { refusal } = set;
  if (refusal === 'policies/document-not-found') throw new Error('a document does not vanish');
  const message = policiesSentence(refusal, set.facts, reader.locale);
  const draft = await loadDraft(observe(site.ledger, signedIn.actor), record);
  const errors = [{ field: 'approvers', message }] as const;
  return editor(desk, record, { ...draft, errors, just: null, withdrawal: null, preview: false }, 422);
}

async function ask(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const { entered } = await loadDraft(observe(site.ledger, signedIn.actor), record);
  // What was looked at is what is asked about: a draft saved since then is looked at again.
  if (String(entered.revision) !== form.text('revision')) return showReview(desk, record, {}, 409);
  const asked = await act(site.ledger, signedIn.actor, (ctx) => askForReview(ctx, publicationOf(desk, record, entered)));
  if (asked.ok || asked.refusal === 'policies/review-asked') return seeOther(reviewPage(desk, record));
  const { refusal } = asked;
  if (refusal === 'policies/document-not-found') throw new Error('a document does not vanish');
  if (refusal === 'policies/review-not-needed') return seeOther(reviewPage(desk, record));
  return showReview(desk, record, { errors: [policyError(reader.locale, { ...asked, refusal })] }, 422);
}

async function answerAsked(desk: Desk, record: PolicyRecord, form: Form, request: Request): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const said = form.text('answer');
  if (said !== 'approve' && said !== 'object') return problemResponse(site, request, 400);
  const answer = { reviewId: form.text('review'), approves: said === 'approve', note: form.text('note') };
  const answered = await act(site.ledger, signedIn.actor, (ctx) => answerReview(ctx, answer));
  if (answered.ok) return seeOther(reviewPage(desk, record));
  if (answered.refusal === 'policies/review-not-found') return problemResponse(site, request, 404);
  const answerError = policiesSentence(answered.refusal, answered.facts, reader.locale);
  return showReview(desk, record, { answerError }, answered.refusal === 'policies/review-note-missing' ? 422 : 409);
}
