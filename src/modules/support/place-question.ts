import { type Context, instantText } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { objectId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { sealFor, subjectKey } from '#ledger';
import { readOrganisation } from '#organisation';
import { readPolicy, readVersionText, splitClauses } from '#policies';
import { replyDeadline } from './clock/reply-deadline.ts';
import { referenceEnd, referenceHash } from './reference.ts';

export type AskedAbout = {
  readonly slug: string;
  readonly version: number;
  /** A clause id of that version; `null` when the question is about the text as a whole. */
  readonly clauseId: string | null;
  readonly question: string;
  readonly language: string;
};

/** Who asks, and what opens the question again. */
export type Asker = {
  readonly accountId: string | null;
  /** `null`: only the account opens it. */
  readonly code: string | null;
  readonly email: string;
  readonly reference: string;
  readonly mayPublish: boolean;
  /** The mandate by which somebody else asks for the person. */
  readonly by: string | null;
};

export type PlaceRefusal =
  | 'support/policy-not-found'
  | 'support/clause-not-found'
  | 'support/question-too-short'
  | 'support/question-too-long';

export const shortestQuestion = 10;
export const longestQuestion = 4000;

/** Keeps a question, sealed, and begins its clock, within an act that has decided who may ask. */
export async function placeQuestion(
  ctx: Context,
  about: AskedAbout,
  asker: Asker,
): Promise<Outcome<{ id: string; dueAt: Temporal.Instant }, PlaceRefusal>> {
  const question = about.question.trim();
  if (question.length < shortestQuestion) return refuse('support/question-too-short', { shortest: shortestQuestion });
  if (question.length > longestQuestion)
    return refuse('support/question-too-long', { longest: longestQuestion, length: question.length });
  const policy = await readPolicy(ctx, about.slug);
  const text = policy && (await readVersionText(ctx, policy.document.id, about.version));
  if (!policy || !text) return refuse('support/policy-not-found');
  const { clauseId } = about;
  if (clauseId !== null && !splitClauses(text.toString('utf8')).some(({ id }) => id === clauseId))
    return refuse('support/clause-not-found');
  const organisation = await readOrganisation(ctx);
  if (!organisation) return refuse('support/policy-not-found');

  const askedAt = ctx.now();
  const { replyHours: businessHours, calendar } = organisation;
  const dueAt = replyDeadline({ askedAt, within: { businessHours }, calendar });
  const id = objectId();
  const subject = objectId();
  const key = await subjectKey(ctx, subject);
  const { email, reference, mayPublish } = asker;
  const words = { question, email, referenceEnd: referenceEnd(reference) };
  await ctx.db
    .insertInto('support.question')
    .values({
      id,
      subject,
      accountId: asker.accountId,
      receiptHash: asker.code === null ? null : sha256(asker.code),
      referenceHash: reference === '' ? null : referenceHash(key.bytes, id, reference),
      documentId: policy.document.id,
      versionNumber: about.version,
      clauseId,
      language: about.language,
      sealed: sealFor(key, `question/${id}`, Buffer.from(JSON.stringify(words))),
      askedAt,
      dueAt,
      answeredAt: null,
      sealedAnswer: null,
      mayPublish,
      publishedObject: null,
      publishedAt: null,
      erasedAt: null,
    })
    .execute();
  const promised = { dueAt: instantText(dueAt), businessHours, calendarVersion: calendar.version };
  const said = { policy: about.slug, version: about.version, clause: clauseId, question, ...promised, mayPublish };
  await ctx.record({ type: 'question.asked', subject, body: asker.by === null ? said : { ...said, by: asker.by } });
  return done({ id, dueAt });
}
