import { isEmailAddress } from '#accounts';
import type { Context } from '#kernel/context';
import { instantText } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { objectId, receiptCode } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { sealFor, subjectKey } from '#ledger';
import { readOrganisation } from '#organisation';
import { readPolicy, readVersionText, splitClauses } from '#policies';
import { replyDeadline } from './clock/reply-deadline.ts';

export type NewQuestion = {
  readonly slug: string;
  readonly version: number;
  /** A clause id of that version; `null` when the question is about the text as a whole. */
  readonly clauseId: string | null;
  readonly question: string;
  /** May be empty: the receipt code is enough to read the answer. */
  readonly email: string;
  readonly mayPublish: boolean;
  readonly language: string;
};

export type AskRefusal =
  | 'support/policy-not-found'
  | 'support/clause-not-found'
  | 'support/question-too-short'
  | 'support/question-too-long'
  | 'support/email-not-valid';

export const shortestQuestion = 10;
export const longestQuestion = 4000;

/** A visitor asks about a text. The code told here is the only way back to it; only its hash is kept. */
export async function askQuestion(
  ctx: Context,
  input: NewQuestion,
): Promise<Outcome<{ code: string; dueAt: Temporal.Instant }, AskRefusal>> {
  const question = input.question.trim();
  const email = input.email.trim();
  if (question.length < shortestQuestion) return refuse('support/question-too-short', { shortest: shortestQuestion });
  if (question.length > longestQuestion)
    return refuse('support/question-too-long', { longest: longestQuestion, length: question.length });
  if (email !== '' && !isEmailAddress(email)) return refuse('support/email-not-valid');
  const policy = await readPolicy(ctx, input.slug);
  const text = policy && (await readVersionText(ctx, policy.document.id, input.version));
  if (!policy || !text) return refuse('support/policy-not-found');
  const { clauseId } = input;
  if (clauseId !== null && !splitClauses(text.toString('utf8')).some(({ id }) => id === clauseId))
    return refuse('support/clause-not-found');
  const organisation = await readOrganisation(ctx);
  if (!organisation) return refuse('support/policy-not-found');

  const askedAt = ctx.now();
  const dueAt = replyDeadline({ askedAt, within: { businessHours: organisation.replyHours }, calendar: organisation.calendar });
  const code = receiptCode();
  const subject = objectId();
  const id = objectId();
  const key = await subjectKey(ctx, subject);
  await ctx.db
    .insertInto('support.question')
    .values({
      id,
      subject,
      accountId: ctx.actor.kind === 'user' ? ctx.actor.id : null,
      receiptHash: sha256(code),
      documentId: policy.document.id,
      versionNumber: input.version,
      clauseId,
      language: input.language,
      sealed: sealFor(key, `question/${id}`, Buffer.from(JSON.stringify({ question, email }))),
      askedAt,
      dueAt,
      answeredAt: null,
      sealedAnswer: null,
      mayPublish: input.mayPublish,
      publishedObject: null,
      publishedAt: null,
      erasedAt: null,
    })
    .execute();
  await ctx.record({
    type: 'question.asked',
    subject,
    body: {
      policy: input.slug,
      version: input.version,
      clause: clauseId,
      question,
      dueAt: instantText(dueAt),
      businessHours: organisation.replyHours,
      calendarVersion: organisation.calendar.version,
      mayPublish: input.mayPublish,
    },
  });
  return done({ code, dueAt });
}
