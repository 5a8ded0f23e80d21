import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Context, scopeOf } from '#kernel/context';
import { sameBytes, sha256 } from '#kernel/crypto';
import { isId, objectId, parseReceiptCode } from '#kernel/ids';
import { openKey, sealFor, type SubjectKey, subjectKey, unsealFor } from '#ledger';
import { referenceHash } from './reference.ts';

/** What was sealed when the question was asked. */
const asked = z.object({ question: z.string(), email: z.string(), referenceEnd: z.string().default('') });

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
  /** An order or customer number was given. It is not kept, only what tells whether another is the same. */
  readonly hasReference: boolean;
  readonly content: {
    readonly question: string;
    readonly email: string;
    /** The last letters of a long number, else empty. */
    readonly referenceEnd: string;
    readonly answer: string | null;
  } | null;
};

/** What opens a matter: its code and, where an address or a number was given with the question, one of the two. */
export type Receipt = { readonly code: string; readonly email?: string | undefined; readonly reference?: string | undefined };

/**
 * The one matter a receipt opens. A wrong code, a wrong address or number and a matter that was erased look the same, and take the same
 * work. A code alone may have been found on paper; the address or the number shows that whoever holds it is who asked.
 */
export async function readByReceipt(
  ctx: Context,
  { code: typed, email = '', reference = '' }: Receipt,
): Promise<Question | null> {
  const code = parseReceiptCode(typed);
  if (code === null) return null;
  const row = await questions(ctx)
    .leftJoin('ledger.subject as subject', 'subject.id', 'question.subject')
    .select('subject.wrappedKey')
    .where('question.receiptHash', '=', sha256(code))
    .executeTakeFirst();
  const { key, id, sealed, ...held } = row?.sealed && row.wrappedKey ? opened(ctx, row, row.sealed, row.wrappedKey) : decoy(ctx);
  const given = asked.parse(JSON.parse(unsealFor(key, `question/${id}`, sealed).toString('utf8'))).email;
  const sameAddress = sameBytes(sha256(addressOf(given)), sha256(addressOf(email))) && given !== '';
  const sameNumber = sameBytes(held.referenceHash ?? sha256(''), referenceHash(key.bytes, id, reference));
  const asksForNothing = given === '' && held.referenceHash === null;
  if (!row || !(sameAddress || sameNumber || asksForNothing)) return null;
  const { wrappedKey: _, ...found } = row;
  return open(ctx, found);
}

type Opened = { readonly key: SubjectKey; readonly id: string; readonly sealed: Buffer; readonly referenceHash: Buffer | null };

function opened({ secrets }: Context, row: Row, sealed: Buffer, wrappedKey: Buffer): Opened {
  return { key: openKey(secrets, row.subject, wrappedKey), id: row.id, sealed, referenceHash: row.referenceHash };
}

/** What is opened where there is nothing to open. */
function decoy({ secrets }: Context): Opened {
  const id = objectId();
  const key = { subject: id, bytes: secrets.unseal(id, secrets.seal(id, randomBytes(32))) };
  const words = { question: '', email: 'nobody@example.org' };
  return { key, id, sealed: sealFor(key, `question/${id}`, Buffer.from(JSON.stringify(words))), referenceHash: null };
}

function addressOf(typed: string): string {
  return typed.trim().toLowerCase();
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

/** Which questions go when their account is erased: their ids alone, for whoever may erase and not read. */
export async function ownQuestionIds(ctx: Context, { accountId }: { accountId: string }): Promise<string[]> {
  ctx.require('self:erase', { subject: accountId });
  const rows = await ctx.db
    .selectFrom('support.question')
    .select('id')
    .where('accountId', '=', accountId)
    .where('erasedAt', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
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
  const { sealed, sealedAnswer, receiptHash: _, referenceHash: number, ...kept } = row;
  const rest = { ...kept, hasReference: number !== null };
  if (!sealed || rest.erasedAt) return { ...rest, content: null };
  const key = await subjectKey(ctx, row.subject);
  const words = asked.parse(JSON.parse(unsealFor(key, `question/${row.id}`, sealed).toString('utf8')));
  const answer = sealedAnswer ? unsealFor(key, `answer/${row.id}`, sealedAnswer).toString('utf8') : null;
  return { ...rest, content: { ...words, answer } };
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
