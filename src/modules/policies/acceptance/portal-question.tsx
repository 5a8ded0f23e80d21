import type { Page, Reader } from '#design';
import type { ComponentChildren } from 'preact';
import { acceptanceText } from './acceptance-text.ts';
import { QuestionPart, type QuestionView } from './question-part.tsx';
import { WithdrawForm } from './withdraw-form.tsx';

export type PortalQuestionView = {
  readonly question: QuestionView;
  /** What was wrong with the answer that was just sent; nothing was recorded. */
  readonly error: string | null;
  readonly mayAnswer: boolean;
  readonly path: string;
  readonly frame: ((children: ComponentChildren) => ComponentChildren) | null;
};

/** One document, asked of one person who is signed in. */
export function portalQuestion(view: PortalQuestionView, { locale }: Reader): Page {
  const t = acceptanceText(locale);
  const { question, frame, path } = view;
  const action = `/${locale}/${path}/${question.slug}`;
  const title = <bdi lang={question.language}>{question.title}</bdi>;
  const body = (
    <>
      <nav class="crumbs" aria-label={t('crumbs')}>
        <ol>
          <li>
            <a href={`/${locale}/${path}`}>{t('acceptances')}</a>
          </li>
        </ol>
      </nav>
      <div class="head">
        <div>
          {frame ? <h2>{title}</h2> : <h1>{title}</h1>}
          <p class="lede">{question.since === null ? t('question.lede') : t('question.lede.again', { since: question.since })}</p>
          {question.answer === 'no' && <p class="text">{t('question.no')}</p>}
        </div>
      </div>
      {view.error !== null && (
        <div class="notice bad" role="alert">
          <p>{view.error}</p>
        </div>
      )}
      {view.mayAnswer ? (
        <QuestionPart view={question} action={action} whole={false} locale={locale} />
      ) : (
        <p class="text">{t('question.look-only')}</p>
      )}
      {question.answer === 'yes' && view.mayAnswer && (
        <WithdrawForm action={action} after={question.after} organisation={question.organisation} locale={locale} />
      )}
    </>
  );
  return {
    title: t('question.title', { title: question.title }),
    description: '',
    section: frame ? 'mandates' : 'acceptances',
    path: `${path}/${question.slug}`,
    unlisted: true,
    body: frame ? frame(body) : body,
  };
}
