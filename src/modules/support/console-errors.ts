import type { Refused } from '#kernel/outcome';
import type { AnswerRefusal } from './answer-question.ts';
import { supportConsoleText } from './console-text.ts';
import type { EraseRefusal } from './erase-question.ts';
import type { PublishQuestionRefusal } from './publish-question.ts';
import { supportSentence } from './refusals.ts';

export type QuestionField = 'answer' | 'publishedQuestion' | 'publishedAnswer' | 'confirm' | 'reason';
export type QuestionError = { field: QuestionField; message: string };

/** A question that is not there is a page of its own (404); a missing second person is a part of the question's page. */
type Refusal = Exclude<
  AnswerRefusal | PublishQuestionRefusal | EraseRefusal,
  'support/question-not-found' | 'accounts/second-person-needed'
>;

// Those that name what somebody else did meanwhile lead to the place where the page now shows it.
const fields = {
  'support/answer-too-short': 'answer',
  'support/answer-too-long': 'answer',
  'support/already-answered': 'answer',
  'support/erased': 'answer',
  'support/not-answered': 'answer',
  'support/no-consent-to-publish': 'publishedQuestion',
  'support/already-published': 'publishedQuestion',
  'support/published-text-missing': 'publishedQuestion',
} as const satisfies Record<Refusal, QuestionField>;

/** Where a refusal of a support verb stands on the page of its question. */
export function questionError(locale: string, { refusal, facts }: Refused<Refusal>): QuestionError {
  return { field: fields[refusal], message: supportSentence(refusal, facts, locale) };
}

export function errorAt(errors: readonly QuestionError[], field: QuestionField): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}

/** The erase form was sent without its tick. */
export function eraseUnconfirmed(locale: string): QuestionError {
  return { field: 'confirm', message: supportConsoleText(locale)('erase.unconfirmed') };
}
