import { address, Button, Empty, ErrorSummary, Field, Instant, Notice, type Page, type Reader } from '#design';
import { supportPortalText } from './portal-text.ts';
import { QuestionClock } from './question-clock.tsx';
import type { Question } from './read-questions.ts';

export type OwnQuestionsView = {
  readonly organisation: string;
  readonly questions: readonly Question[];
  readonly entered: { readonly code: string; readonly email: string };
  readonly error: string | null;
  readonly just: 'kept' | 'erased' | null;
};

/** Everything a signed-in person asked and keeps with their account, each with the clock that runs for it. */
export function portalOwnQuestions(view: OwnQuestionsView, { locale, now }: Reader): Page {
  const t = supportPortalText(locale);
  return {
    title: t('own.title'),
    description: '',
    section: 'questions',
    path: 'me/questions',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('own.title')}</h1>
            <p class="lede">{t('own.lede', { organisation: view.organisation })}</p>
          </div>
        </div>
        {view.error !== null && <ErrorSummary errors={[{ field: 'code', message: view.error }]} />}
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`own.${view.just}`)}</p>
          </Notice>
        )}
        {view.questions.length === 0 ? (
          <Empty title={t('own.none')}>
            {t.rich('enter.none.do', { policies: (text) => <a href={address(locale, 'policies')}>{text}</a> })}
          </Empty>
        ) : (
          view.questions.map((question) => <Own question={question} locale={locale} now={now} />)
        )}
        <section class="section" aria-labelledby="keep">
          <h2 id="keep">{t('own.keep')}</h2>
          <p class="text">{t('own.keep.what')}</p>
          <form method="post" action={address(locale, 'me', 'questions')} class="narrow">
            <Field
              name="code"
              label={t('enter.code')}
              error={view.error ?? undefined}
              control={(props) => (
                <input
                  {...props}
                  class="code-input"
                  required
                  autocomplete="off"
                  dir="ltr"
                  maxlength={60}
                  value={view.entered.code}
                />
              )}
            />
            <Field
              name="email"
              label={t('enter.email')}
              hint={t('enter.email.hint')}
              optional
              control={(props) => <input {...props} type="email" autocomplete="email" value={view.entered.email} />}
            />
            <Button tone="second">{t('own.keep.send')}</Button>
          </form>
        </section>
      </>
    ),
  };
}

function Own({ question, locale, now }: { question: Question; locale: string; now: Temporal.Instant }) {
  const t = supportPortalText(locale);
  const { id, content } = question;
  if (!content) return null;
  return (
    <div class="section">
      <h2 id={`q-${id}`}>
        <bdi lang={question.documentLanguage}>{question.title}</bdi>
      </h2>
      <p class="quiet">
        <Instant at={question.askedAt} /> · <QuestionClock times={question} locale={locale} now={now} />
      </p>
      <p class="multiline spoken" lang={question.language} dir="auto">
        {content.question}
      </p>
      {content.answer !== null && (
        <>
          <h3>{t('own.answer')}</h3>
          <p class="multiline spoken" dir="auto">
            {content.answer}
          </p>
        </>
      )}
      <details class="more danger-zone">
        <summary>{t('own.erase')}</summary>
        <p class="text">{t('own.erase.what')}</p>
        <form method="post" action={address(locale, 'me', 'questions', id, 'erase')}>
          <Button tone="danger">{t('own.erase.send')}</Button>
        </form>
      </details>
    </div>
  );
}
