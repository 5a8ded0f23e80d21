import { z } from 'zod';
import { type Context, scopeOf } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { parseReceiptCode, isId } from '#kernel/ids';
import { subjectKey, unsealFor } from '#ledger';

/** What was sealed when the question was asked. */
const asked = z.object({ question: z.string(), email: z.string() });

/** A question with its content, which only staff and the holder of the receipt see; content is `null` after an erasure. */
export type Question = {
  readonly id: string;
  readonly subject: string;
  /** Whose account keeps it; `null` for somebody without one. */
  readonly accountId: string | null;
  readonly documentId: string;
  readonly documentLanguage: string;
  readonly slug: string;
  readonly title: string;
  readonly versionNumber: number;
  readonly clauseId: string | null;
  readonly language: string;
  readonly askedAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  readonly answeredAt: Temporal.Instant | null;
  readonly erasedAt: Temporal.Instant | null;
  readonly mayPublish: boolean;
  readonly publishedAt: Temporal.Instant | null;
  readonly publishedObject: string | null;
  readonly content: { readonly question: string; readonly email: string; readonly answer: string | null } | null;
};

/** What opens a matter: its code and, where an address was given with the question, that address. */
export type Receipt = { readonly code: string; readonly email?: string | undefined };

/**
 * The one matter a receipt opens. A wrong code, a wrong address and a matter that was erased look the same.
 * A code alone may have been found on paper; the address shows that whoever holds it is who asked.
 */
export async function readByReceipt(ctx: Context, { code: typed, email = '' }: Receipt): Promise<Question | null> {
  const code = parseReceiptCode(typed);
  if (code === null) return null;
  const row = await questions(ctx).where('question.receiptHash', '=', sha256(code)).executeTakeFirst();
  const question = row ? await open(ctx, row) : null;
  const given = question?.content?.email ?? '';
  return given === '' || given.toLowerCase() === email.trim().toLowerCase() ? question : null;
}

/** The questions that a person keeps with their account, newest first. */
export async function listOwnQuestions(ctx: Context, { accountId }: { accountId: string }): Promise<Question[]> {
  ctx.require('self:read', { subject: accountId });
  const rows = await questions(ctx)
    .where('question.accountId', '=', accountId)
    .where('question.erasedAt', 'is', null)
    .orderBy('question.askedAt', 'desc')
    .limit(500)
    .execute();
  return Promise.all(rows.map((row) => open(ctx, row)));
}

export async function readQuestion(ctx: Context, id: string): Promise<Question | null> {
  const scoped = questionsInScope(ctx);
  if (!isId(id)) return null;
  const row = await scoped.where('question.id', '=', id).executeTakeFirst();
  return row ? open(ctx, row) : null;
}

/** The queue: unanswered first, the one due soonest on top; then the answered, newest first. */
export async function listQuestions(ctx: Context, limit: number): Promise<Question[]> {
  const rows = await questionsInScope(ctx)
    .where('question.erasedAt', 'is', null)
    .orderBy((eb) => eb('question.answeredAt', 'is not', null))
    .orderBy((eb) => eb.case().when('question.answeredAt', 'is', null).then(eb.ref('question.dueAt')).end())
    .orderBy('question.answeredAt', 'desc')
    .limit(limit)
    .execute();
  return Promise.all(rows.map((row) => open(ctx, row)));
}

export type PublishedQuestionRow = {
  readonly object: string;
  readonly slug: string;
  readonly title: string;
  readonly clauseId: string | null;
  readonly question: string;
  readonly answer: string;
  readonly dueAt: Temporal.Instant;
  readonly answeredAt: Temporal.Instant;
};

/** What everybody may read: published with consent, not erased and not withheld since. The words are those of the log entry. */
export async function listPublished(ctx: Context): Promise<PublishedQuestionRow[]> {
  const rows = await publications(ctx)
    .innerJoin('policies.document as document', 'document.id', 'question.documentId')
    .select([
      'question.publishedObject',
      'question.clauseId',
      'question.dueAt',
      'question.answeredAt',
      'document.slug',
      'document.title',
    ])
    .orderBy('question.publishedAt', 'desc')
    .execute();
  return rows.flatMap(({ publishedObject: object, answeredAt, bytes, slug, title, clauseId, dueAt }) => {
    const words = wordsIn(bytes);
    return object && answeredAt && words ? [{ object, slug, title, clauseId, ...words, dueAt, answeredAt }] : [];
  });
}

/** What `publishQuestion` logged as the body of its statement. */
const published = z.object({ question: z.string(), answer: z.string() });

function wordsIn(bytes: Buffer | null): z.infer<typeof published> | null {
  return bytes === null ? null : published.parse(JSON.parse(bytes.toString('utf8')));
}

function publications(ctx: Context) {
  return ctx.db
    .selectFrom('support.question as question')
    .innerJoin('ledger.event as event', 'event.object', 'question.publishedObject')
    .innerJoin('ledger.body as body', 'body.eventId', 'event.id')
    .select(['body.bytes', 'event.id', 'question.publishedAt'])
    .where('question.publishedAt', 'is not', null)
    .where('event.type', '=', 'question.published');
}

function questions(ctx: Context) {
  return ctx.db
    .selectFrom('support.question as question')
    .innerJoin('policies.document as document', 'document.id', 'question.documentId')
    .selectAll('question')
    .select(['document.slug', 'document.title', 'document.language as documentLanguage']);
}

/** A question belongs where the text belongs that it is about. */
function questionsInScope(ctx: Context) {
  const scope = scopeOf(ctx, 'support:read');
  return scope === 'all' ? questions(ctx) : questions(ctx).where('document.departmentId', 'in', scope);
}

type Row = Awaited<ReturnType<ReturnType<typeof questions>['executeTakeFirstOrThrow']>>;

async function open(ctx: Context, row: Row): Promise<Question> {
  const { sealed, sealedAnswer, receiptHash: _, ...rest } = row;
  if (!sealed || rest.erasedAt) return { ...rest, content: null };
  const key = await subjectKey(ctx, row.subject);
  const { question, email } = asked.parse(JSON.parse(unsealFor(key, `question/${row.id}`, sealed).toString('utf8')));
  const answer = sealedAnswer ? unsealFor(key, `answer/${row.id}`, sealedAnswer).toString('utf8') : null;
  return { ...rest, content: { question, email, answer } };
}

export type Publication = {
  readonly question: string;
  readonly answer: string;
  readonly at: Temporal.Instant;
  readonly eventId: string;
};

/** What was made public of a question, and the event that says so; `null` when nothing was, or it was erased. */
export async function readPublication(ctx: Context, { id }: { id: string }): Promise<Publication | null> {
  const row = await publications(ctx).where('question.id', '=', id).executeTakeFirst();
  const words = row ? wordsIn(row.bytes) : null;
  return row?.publishedAt && words ? { ...words, at: row.publishedAt, eventId: row.id } : null;
}
