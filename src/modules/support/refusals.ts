import type { SecondPersonRefusal } from '#accounts';
import type { Values } from '#kernel/i18n';
import { translator } from '#kernel/i18n';
import type { AnswerRefusal } from './answer-question.ts';
import type { AskRefusal } from './ask-question.ts';
import type { EraseRefusal } from './erase-question.ts';
import type { PublishQuestionRefusal } from './publish-question.ts';
import de from './messages/refusals.de.json' with { type: 'json' };
import en from './messages/refusals.en.json' with { type: 'json' };

export type SupportRefusal = AnswerRefusal | AskRefusal | Exclude<EraseRefusal, SecondPersonRefusal> | PublishQuestionRefusal;

const text = translator({ en, de });

/** What happened, what was kept and what to do, for whoever was refused. A refusal without a sentence does not compile. */
export function supportSentence(refusal: SupportRefusal, facts: Values, locale: string): string {
  return text(locale)(refusal, facts);
}
