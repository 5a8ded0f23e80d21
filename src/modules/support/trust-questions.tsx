import { address, Empty, Instant, Pagination, urlPart, type Page, type Reader } from '#design';
import { ReplyPromiseClaim, type ReplyPromise } from './reply-promise.tsx';
import { supportText } from './support-text.ts';

/** A question and its answer, public with the asker's consent. */
export type PublishedQuestion = {
  id: string;
  question: string;
  answer: string;
  answeredAt: Temporal.Instant;
  /** How long after its deadline it was answered, as words; `null` when in time. */
  late: boolean;
  /** The text it is about; `null` for a question about nothing in particular. */
  about: { slug: string; title: string; clauseId: string | null; heading: string | null } | null;
};

export type QuestionsView = {
  organisation: string;
  promise: ReplyPromise;
  questions: readonly PublishedQuestion[];
  newer: string | null;
  older: string | null;
};

/** Answered questions that may be shown, below the count of all of them. */
export function trustQuestions(view: QuestionsView, reader: Reader): Page {
  const { locale } = reader;
  const t = supportText(locale);
  const { organisation } = view;
  return {
    title: t('questions'),
    description: t('questions.description', { organisation }),
    section: 'questions',
    path: 'questions',
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('questions')}</h1>
            <p class="lede">{t('questions.lede', { organisation })}</p>
          </div>
          <p class="note">
            {t.rich('questions.how', { policies: (inner) => <a href={address(locale, 'policies')}>{inner}</a> })}
          </p>
        </div>
        <ul class="claims">
          <ReplyPromiseClaim promise={view.promise} organisation={organisation} reader={reader} level={2} />
        </ul>
        <section class="section" aria-labelledby="answered">
          <h2 id="answered">{t('questions.answered')}</h2>
          {view.questions.length === 0 ? (
            <Empty title={t('questions.empty')}>
              {t.rich('questions.empty.do', { policies: (inner) => <a href={address(locale, 'policies')}>{inner}</a> })}
            </Empty>
          ) : (
            view.questions.map((question) => <Answered question={question} locale={locale} />)
          )}
          <Pagination newer={view.newer ?? undefined} older={view.older ?? undefined} />
        </section>
      </>
    ),
  };
}

function Answered({ question, locale }: { question: PublishedQuestion; locale: string }) {
  const t = supportText(locale);
  const { about } = question;
  const href =
    about && `${address(locale, 'policies', about.slug)}${about.clauseId === null ? '' : `#${urlPart(about.clauseId)}`}`;
  return (
    <article class="qa noted" id={question.id}>
      <div class="text">
        <h3>{question.question}</h3>
        <p class="multiline">{question.answer}</p>
      </div>
      <p class="note">
        {about && href && (
          <>
            {t.rich('questions.about', { text: <a href={href}>{about.heading ?? about.title}</a> })}
            <br />
          </>
        )}
        {t.rich('questions.on', { date: <Instant at={question.answeredAt} day /> })}
        {question.late && (
          <>
            <br />
            <span class="state broken">{t('questions.late')}</span>
          </>
        )}
      </p>
    </article>
  );
}
