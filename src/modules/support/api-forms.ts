import { z } from 'zod';
import { address, entryIndex, instant, prose, slug, versionNumber } from '#kernel/json-forms';
import { interfaceLanguages } from '#kernel/i18n';
import { longestQuestion, shortestQuestion } from './place-question.ts';

const clause = z
  .string()
  .regex(/^[\w.~-]{1,400}$/)
  .nullable()
  .meta({ description: 'Id of a clause of that version, as pages and comparisons name it; null for the text as a whole.' });

/** Lengths are documented here and judged by the verb, which can say what was wrong. */
export const newQuestionForm = z
  .strictObject({
    policy: slug,
    version: versionNumber,
    clause: clause.default(null),
    question: prose.meta({ minLength: shortestQuestion, maxLength: longestQuestion }),
    email: prose.default('').meta({ description: 'May be left out: the receipt code is enough to read the answer.' }),
    reference: prose.default('').meta({
      description:
        'An order or customer number, which opens the receipt as the address does. Only what tells whether another is the same is kept.',
    }),
    mayPublish: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether question and answer may be shown to everyone, without the sender.' }),
    language: z.enum(interfaceLanguages).default('en').meta({ description: 'In which language an answer is wished for.' }),
  })
  .meta({ id: 'NewQuestion' });

export const receiptForm = z
  .strictObject({
    code: z.string().meta({ description: 'The only way back to the question; it is not kept here and cannot be sent again.' }),
    dueAt: instant.meta({ description: 'Until when an answer is promised.' }),
    page: address.meta({ description: 'Where a person enters the code.' }),
  })
  .meta({ id: 'Receipt' });

export const receiptCodeForm = z
  .strictObject({
    code: z.string().max(100).meta({ description: 'Case, spaces and hyphens do not matter.' }),
    email: z.string().max(254).optional().meta({ description: 'The address given with the question.' }),
    reference: z.string().max(100).optional().meta({
      description: 'The order or customer number given with the question. One of the two is needed if either was given.',
    }),
  })
  .meta({ id: 'ReceiptCode' });

export const matterForm = z
  .strictObject({
    state: z.enum(['open', 'answered']),
    late: z.boolean().meta({ description: 'Answered, or still open, after dueAt.' }),
    policy: slug,
    version: versionNumber,
    clause,
    question: z.string(),
    answer: z.string().nullable(),
    askedAt: instant,
    dueAt: instant,
    answeredAt: instant.nullable(),
    mayPublish: z.boolean(),
    published: z.boolean(),
  })
  .meta({ id: 'Matter' });

export const publishedForm = z
  .strictObject({
    questions: z.array(
      z
        .strictObject({
          id: z.string(),
          policy: slug,
          title: z.string().meta({ description: 'Of the policy.' }),
          clause,
          question: z.string(),
          answer: z.string(),
          dueAt: instant,
          answeredAt: instant,
          late: z.boolean(),
        })
        .meta({ id: 'PublishedQuestion' }),
    ),
  })
  .meta({ id: 'PublishedQuestionList' });

const count = z.int().min(0);

export const countForm = z
  .strictObject({
    counted: z
      .strictObject({
        at: instant,
        asked: count,
        answeredInTime: count,
        answeredLate: count,
        openInTime: count,
        openLate: count,
        entry: entryIndex.nullable().meta({ description: 'Where the count stands in the public log.' }),
      })
      .nullable(),
  })
  .meta({ id: 'QuestionCount' });
