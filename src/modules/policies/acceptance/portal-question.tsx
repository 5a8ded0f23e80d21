import { type Acting, ActingHead, pathOf, placeOf } from '#accounts';
import type { Page, Reader } from '#design';
import { acceptanceText } from './acceptance-text.ts';
import { QuestionPart, type QuestionView } from './question-part.tsx';
import { WithdrawForm } from './withdraw-form.tsx';

export type PortalQuestionView = {
  readonly question: QuestionView;
  /** What was wrong with the answer that was just sent; nothing was recorded. */
  readonly error: string | null;
  readonly mayAnswer: boolean;
  /** Inside which mandate; `null` for oneself. */
  readonly under: Acting | null;
};

/** One document, asked of one person who is signed in. */
export function portalQuestion(view: PortalQuestionView, { locale }: Reader): Page {
  const t = acceptanceText(locale);
  const { question, under } = view;
  const action = placeOf(locale, under, 'acceptances', question.slug);
  const title = <bdi lang={question.language}>{question.title}</bdi>;
  const body = (
    <>
      <nav class="crumbs" aria-label={t('crumbs')}>
        <ol>
          <li>
            <a href={placeOf(locale, under, 'acceptances')}>{t('acceptances')}</a>
          </li>
        </ol>
      </nav>
      <ActingHead
        under={under}
        title={title}
        lede={question.since === null ? t('question.lede') : t('question.lede.again', { since: question.since })}
        current="acceptances"
        locale={locale}
      />
      {question.answer === 'no' && <p class="text">{t('question.no')}</p>}
      {view.error !== null && (
        <div class="notice bad" role="alert">
          <p>{view.error}</p>
        </div>
      )}
      {view.mayAnswer ? (
        <QuestionPart view={question} under={under} action={action} whole={false} locale={locale} />
      ) : (
        <p class="text">{t('question.look-only')}</p>
      )}
      {question.answer === 'yes' && view.mayAnswer && (
        <WithdrawForm under={under} action={action} after={question.after} organisation={question.organisation} locale={locale} />
      )}
    </>
  );
  return {
    title: t('question.title', { title: question.title }),
    description: '',
    section: under ? 'acting' : 'acceptances',
    path: pathOf(under, 'acceptances', question.slug),
    unlisted: true,
    body,
  };
}
