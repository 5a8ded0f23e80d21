import { accountsSentence, readSecondPerson } from '#accounts';
import { Hono } from 'hono';
import type { Form } from '#kernel/http';
import { act } from '#ledger';
import {
  answerReview,
  askForReview,
  askToPublish,
  changeClasses,
  consoleReview,
  type EnteredDraft,
  judgePublication,
  loadDraft,
  loadReview,
  loadReviewPart,
  policiesSentence,
  type PolicyError,
  policyError,
  type PolicyRecord,
  publicationDeed,
  publishVersion,
  setApprovers,
} from '#policies';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { contextOf, onDocument } from './on-document.ts';
import { editor } from './policy-routes.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const smallLimit = 64_000;
const path = '/:lang{[a-z]{2}}/console/policies/:slug';

/** The last look before a text is public: who must approve it, the question to them, their answers, and publishing. */
export function policyReviewRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    `${path}/review`,
    withDesk(site, (desk, request) => onDocument(desk, request, (record) => showReview(desk, record))),
  );
  for (const [name, answer] of [
    ['publish', publish],
    ['ask', askSecondPerson],
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
  const draft = await loadDraft(contextOf(desk), record);
  const errors = [{ field: 'approvers', message }] as const;
  return editor(desk, record, { ...draft, errors, just: null, withdrawal: null, preview: false }, 422);
}

async function ask(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const { entered } = await loadDraft(contextOf(desk), record);
  // What was looked at is what is asked about: a draft saved since then is looked at again.
  if (String(entered.revision) !== form.text('revision')) return showReview(desk, record, {}, 409);
  const asked = await act(site.ledger, signedIn.actor, (ctx) => askForReview(ctx, publicationOf(desk, record, entered)));
  if (asked.ok || asked.refusal === 'policies/review-asked' || asked.refusal === 'policies/review-objected')
    return seeOther(reviewPage(desk, record));
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

function publicationOf(desk: Desk, record: PolicyRecord, entered: EnteredDraft) {
  const { revision: _, changeClass, ...rest } = entered;
  const judged = changeClasses.find((each) => each === changeClass);
  const said = { ...rest, text: Buffer.from(entered.text), ...(judged && { changeClass: judged }) };
  return { documentId: record.document.id, zone: desk.organisation.timeZone, ...said };
}

type ReviewState = { errors?: readonly PolicyError[]; askError?: string | null; answerError?: string | null };

async function showReview(desk: Desk, record: PolicyRecord, state: ReviewState = {}, status = 200): Promise<Response> {
  const { errors = [], askError = null, answerError = null } = state;
  const ctx = contextOf(desk);
  const { entered } = await loadDraft(ctx, record);
  const publication = publicationOf(desk, record, entered);
  const judged = await judgePublication(ctx, publication);
  const found = errors.length > 0 || judged.ok ? errors : [policyError(desk.reader.locale, judged)];
  const deed = judged.ok ? await publicationDeed(ctx, publication, judged.value, record.document.departmentId) : null;
  const secondPerson = deed ? await readSecondPerson(ctx, deed) : ({ state: 'not-needed' } as const);
  const review = await loadReviewPart(ctx, record.document, deed?.digest ?? null);
  const view = await loadReview(ctx, record, desk.organisation.timeZone, {
    entered,
    errors: found,
    secondPerson,
    askError,
    review,
    answerError,
    noticed: judged.ok ? { ...judged.value, ...judged.value.scope } : null,
  });
  return consoleResponse(desk, consoleReview(view, desk.reader), status);
}

async function publish(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const ctx = contextOf(desk);
  const { entered } = await loadDraft(ctx, record);
  // What was reviewed is what is published: a draft saved since then is reviewed again.
  if (String(entered.revision) !== form.text('revision')) return showReview(desk, record, {}, 409);
  const published = await act(desk.site.ledger, desk.signedIn.actor, (tx) =>
    publishVersion(tx, publicationOf(desk, record, entered)),
  );
  if (published.ok) return seeOther(`/${desk.reader.locale}/console/policies/${record.document.slug}?just=published`);
  if (published.refusal === 'policies/document-not-found') throw new Error('a document does not vanish');
  if (published.refusal === 'accounts/second-person-needed' || published.refusal === 'policies/approvals-missing')
    return showReview(desk, record, {}, 422);
  const errors = [policyError(desk.reader.locale, { ...published, refusal: published.refusal })];
  return showReview(desk, record, { errors }, 422);
}

async function askSecondPerson(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const { reader, site, signedIn } = desk;
  const { entered } = await loadDraft(contextOf(desk), record);
  if (String(entered.revision) !== form.text('revision')) return showReview(desk, record, {}, 409);
  const request = { ...publicationOf(desk, record, entered), reason: form.text('reason').replaceAll('\r\n', '\n') };
  const asked = await act(site.ledger, signedIn.actor, (ctx) => askToPublish(ctx, request));
  if (asked.ok) return seeOther(`/${reader.locale}/console/policies/${record.document.slug}/review`);
  const { refusal, facts } = asked;
  switch (refusal) {
    case 'accounts/approval-asked':
    case 'accounts/approval-reason-missing':
    case 'accounts/second-person-not-needed':
      return showReview(desk, record, { askError: accountsSentence(refusal, facts, reader.locale) }, 422);
    default:
      return showReview(desk, record, {}, 422);
  }
}
