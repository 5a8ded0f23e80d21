import { address, Empty, Instant, Pagination, type Page, type Reader } from '#design';
import { supportConsoleText } from './console-text.ts';
import { QuestionClock, questionState, type QuestionState, type QuestionTimes } from './question-clock.tsx';

export type QueuedQuestion = QuestionTimes & {
  id: string;
  /** The text asked about; `heading` of the clause, `null` for the whole text or a clause that is gone. */
  about: { title: string; heading: string | null; language: string };
  published: boolean;
};

export type QuestionQueueView = {
  /** In any order; the page puts first what is late. */
  questions: readonly QueuedQuestion[];
  newer: string | null;
  older: string | null;
};

const order = ['late', 'due-soon', 'open', 'answered', 'erased'] as const;
const place = (state: QuestionState): number => order.indexOf(state === 'answered-late' ? 'answered' : state);

/** Late first, then by deadline; what is answered follows, newest first. */
export function sortQuestions(questions: readonly QueuedQuestion[], now: Temporal.Instant): QueuedQuestion[] {
  return questions.toSorted((a, b) => {
    const apart = place(questionState(a, now)) - place(questionState(b, now));
    if (apart !== 0) return apart;
    if (a.answeredAt && b.answeredAt) return Temporal.Instant.compare(b.answeredAt, a.answeredAt);
    return Temporal.Instant.compare(a.dueAt, b.dueAt);
  });
}

/** The queue of questions, each with its clock. */
export function consoleQuestions(view: QuestionQueueView, { locale, now }: Reader): Page {
  const t = supportConsoleText(locale);
  const questions = sortQuestions(view.questions, now);
  const count = (...states: QuestionState[]): number =>
    questions.filter((row) => states.includes(questionState(row, now))).length;
  return {
    title: t('questions'),
    description: '',
    section: 'questions',
    path: 'console/questions',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('questions')}</h1>
            <p class="lede">{t('questions.lede', { late: count('late'), open: count('due-soon', 'open') })}</p>
          </div>
          <p class="note">{t.rich('questions.public', { link: (text) => <a href={address(locale, 'questions')}>{text}</a> })}</p>
        </div>
        <div class="section">
          {questions.length === 0 ? (
            <Empty title={t('questions.empty')}>
              {t.rich('questions.empty.do', { link: (text) => <a href={address(locale, 'policies')}>{text}</a> })}
            </Empty>
          ) : (
            <Queue questions={questions} locale={locale} now={now} />
          )}
          <Pagination newer={view.newer ?? undefined} older={view.older ?? undefined} />
        </div>
      </>
    ),
  };
}

function Queue({ questions, locale, now }: { questions: readonly QueuedQuestion[]; locale: string; now: Temporal.Instant }) {
  const t = supportConsoleText(locale);
  return (
    <table class="rows queue">
      <caption class="visually-hidden">{t('questions')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('about')}</th>
          <th scope="col">{t('asked')}</th>
          <th scope="col">{t('clock')}</th>
          <th scope="col">{t('shown')}</th>
        </tr>
      </thead>
      <tbody>
        {questions.map((question) => (
          <tr class={questionState(question, now) === 'late' ? 'late-row' : undefined}>
            <th scope="row">
              <a href={address(locale, 'console', 'questions', question.id)}>
                <bdi lang={question.about.language}>{question.about.heading ?? question.about.title}</bdi>
              </a>
              {question.about.heading !== null && (
                <span class="quiet">
                  {' '}
                  <bdi lang={question.about.language}>{question.about.title}</bdi>
                </span>
              )}
            </th>
            <td data-label={t('asked')}>
              <Instant at={question.askedAt} day />
            </td>
            <td data-label={t('clock')}>
              <QuestionClock times={question} locale={locale} now={now} />
            </td>
            <td data-label={t('shown')}>
              {question.published ? (
                t('shown.public')
              ) : (
                <span class="quiet">{t(question.erasedAt ? 'shown.nobody' : 'shown.private')}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
