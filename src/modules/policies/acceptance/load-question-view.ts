import type { Context } from '#kernel/context';
import { bodyOfEvent } from '#ledger';
import { policySections } from '../load-trust-views.tsx';
import { diffTexts } from '../text/diff-texts.ts';
import type { Standing } from './fold-decisions.ts';
import type { Question } from './read-asking.ts';
import type { QuestionView } from './question-part.tsx';
import type { DecisionRow } from './acceptor.ts';

/** Longer texts are read on their own page: this one must stay quick on a phone. */
const longestShown = 100_000;

type Answered = Pick<Standing<DecisionRow>, 'answer'> & { readonly after: number };

/** The question as its page shows it. Only the clauses whose wording changed are in it, not the whole text again. */
export async function loadQuestionView(
  ctx: Context,
  question: Question,
  { answer, after }: Answered,
  organisation: string,
): Promise<QuestionView> {
  const { document, version, text, since } = question;
  const before = since?.eventId ? await bodyOfEvent(ctx.db, since.eventId) : null;
  const compared = before && diffTexts(before.toString('utf8'), text.toString('utf8'), document.language);
  return {
    organisation,
    slug: document.slug,
    title: document.title,
    language: document.language,
    version: version.number,
    since: since?.number ?? null,
    words: question.words,
    changes: compared && { ...compared, clauses: compared.clauses.filter(({ kind }) => kind !== 'same') },
    sections: text.length <= longestShown ? policySections(text, document.title, []) : null,
    textHash: question.textHash.toString('hex'),
    wordingHash: question.wordingHash.toString('hex'),
    after,
    answer,
  };
}
