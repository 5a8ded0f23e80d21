import type { z } from 'zod';
import { answered, publicRead, type RefusalAnswer, type Route, route } from '#kernel/contract';
import { parseReceiptCode } from '#kernel/ids';
import { refuse } from '#kernel/outcome';
import { entriesOf } from '#ledger';
import { countForm, matterForm, newQuestionForm, publishedForm, receiptCodeForm, receiptForm } from './api-forms.ts';
import { type AskRefusal, askQuestion } from './ask-question.ts';
import { longestQuestion, shortestQuestion } from './place-question.ts';
import { takeReceiptAllowance } from './receipt-allowance.ts';
import { readStatedCount } from './count-questions.ts';
import { listPublished, type Question, readByReceipt } from './read-questions.ts';

const mediaType = 'application/json';

const askRefusals = {
  'support/policy-not-found': [422, 'This text is not public, or the version does not exist.'],
  'support/clause-not-found': [422, 'This clause does not exist in that version.'],
  'support/question-too-short': [422, `A question needs at least ${shortestQuestion} characters.`],
  'support/question-too-long': [422, `A question may have ${longestQuestion} characters. Nothing was sent.`],
  'support/reference-not-valid': [422, 'A number has 4 to 50 letters and digits. Leave it out to use the receipt code only.'],
  'support/email-not-valid': [422, 'This is not an e-mail address. Leave it out to use the receipt code only.'],
} as const satisfies Record<AskRefusal, RefusalAnswer>;

const code = '7K3QD-M2X9P-0BVTW-4HRNE';
const asked = {
  policy: 'privacy-policy',
  version: 2,
  clause: 'c-storage',
  question: 'Does the six years begin with the order or with the delivery?',
} as const;

export const supportRoutes: readonly Route[] = [
  route(
    {
      ...publicRead,
      path: '/questions',
      summary: 'Questions that were published with the consent of those who asked.',
      responses: {
        200: {
          description: 'Newest first.',
          mediaType,
          schema: publishedForm,
          example: {
            questions: [
              {
                id: '0b6c8d0e-5f55-4c0e-9f0e-0d6b7a1f2c3d',
                policy: 'privacy-policy',
                title: 'Privacy policy',
                clause: 'c-storage',
                question: asked.question,
                answer: 'With the delivery.',
                dueAt: '2026-11-04T09:00:00Z',
                answeredAt: '2026-11-03T10:00:00Z',
                late: false,
              },
            ],
          },
        },
      },
      refusals: {},
    },
    async (ctx) => {
      const questions = (await listPublished(ctx)).map(
        ({ object, slug, title, clauseId, question, answer, dueAt, answeredAt }) => {
          const late = Temporal.Instant.compare(answeredAt, dueAt) > 0;
          const times = { dueAt: dueAt.toString(), answeredAt: answeredAt.toString() };
          return { id: object, policy: slug, title, clause: clauseId, question, answer, ...times, late };
        },
      );
      return answered(200, { questions });
    },
  ),
  route(
    {
      ...publicRead,
      path: '/questions/count',
      summary: 'How many questions were asked and what became of them, as last stated in the public log.',
      description: 'Stated at fixed times only: a count after each question would tell when somebody asked.',
      responses: {
        200: {
          description: 'The count; null before the first was stated.',
          mediaType,
          schema: countForm,
          example: {
            counted: {
              at: '2026-11-20T00:00:00Z',
              asked: 50,
              answeredInTime: 47,
              answeredLate: 2,
              openInTime: 1,
              openLate: 0,
              entry: 31,
            },
          },
        },
      },
      refusals: {},
    },
    async (ctx) => {
      const stated = await readStatedCount(ctx);
      if (!stated) return answered(200, { counted: null });
      const { at, eventId, ...counts } = stated;
      const entry = (await entriesOf(ctx.db, [eventId])).get(eventId)?.index ?? null;
      return answered(200, { counted: { at: at.toString(), ...counts, entry } });
    },
  ),
  route(
    {
      method: 'post',
      path: '/questions',
      summary: 'Ask about a text, or about one of its clauses.',
      description: 'Needs no account and no e-mail address. Keep the code: nobody can tell it again.',
      body: newQuestionForm,
      bodyExample: asked,
      responses: {
        201: {
          description: 'The question was received and recorded.',
          mediaType,
          schema: receiptForm,
          example: { code, dueAt: '2026-11-04T09:00:00Z', page: '/me' },
        },
      },
      refusals: askRefusals,
      auth: 'none',
      limit: 'asking',
      effect: 'records',
    },
    async (ctx, { body }) => {
      const { policy, clause, ...rest } = body;
      const outcome = await askQuestion(ctx, { ...rest, slug: policy, clauseId: clause });
      if (!outcome.ok) return outcome;
      return answered(201, { code: outcome.value.code, dueAt: outcome.value.dueAt.toString(), page: '/me' });
    },
  ),
  route(
    {
      method: 'post',
      path: '/receipts/lookup',
      summary: 'A question and its answer, by the receipt code.',
      description: 'A POST, so that the code stands in no address, history or log.',
      body: receiptCodeForm,
      bodyExample: { code },
      responses: {
        200: {
          description: 'The matter.',
          mediaType,
          schema: matterForm,
          example: {
            ...asked,
            state: 'answered',
            late: false,
            answer: 'With the delivery.',
            askedAt: '2026-11-02T09:00:00Z',
            dueAt: '2026-11-04T09:00:00Z',
            answeredAt: '2026-11-03T10:00:00Z',
            mayPublish: false,
            published: false,
          },
        },
      },
      refusals: {
        'support/receipt-unknown': [404, 'Nothing is known under this code, or what was known was erased.'],
        'support/receipt-tried-too-often': [
          429,
          'This code was tried ten times within an hour. Wait, and compare it with the receipt.',
        ],
        'support/receipt-not-valid': [422, 'A code has 20 letters and digits, in four groups of five.'],
      },
      auth: 'none',
      limit: 'lookup',
      effect: 'reads',
    },
    async (ctx, { body }) => {
      if (parseReceiptCode(body.code) === null) return refuse('support/receipt-not-valid');
      if ((await takeReceiptAllowance(ctx, body)) > 0) return refuse('support/receipt-tried-too-often');
      const question = await readByReceipt(ctx, body);
      if (!question?.content) return refuse('support/receipt-unknown');
      return answered(200, describeMatter(question, question.content, ctx.now()));
    },
  ),
];

function describeMatter(
  matter: Question,
  content: NonNullable<Question['content']>,
  now: Temporal.Instant,
): z.input<typeof matterForm> {
  const { answeredAt, dueAt } = matter;
  return {
    state: answeredAt ? 'answered' : 'open',
    late: Temporal.Instant.compare(answeredAt ?? now, dueAt) > 0,
    policy: matter.slug,
    version: matter.versionNumber,
    clause: matter.clauseId,
    question: content.question,
    answer: content.answer,
    askedAt: matter.askedAt.toString(),
    dueAt: dueAt.toString(),
    answeredAt: answeredAt && answeredAt.toString(),
    mayPublish: matter.mayPublish,
    published: matter.publishedAt !== null,
  };
}
