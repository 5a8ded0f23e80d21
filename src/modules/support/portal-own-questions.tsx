import { address, Button, Empty, ErrorSummary, Field, Instant, Notice, type Page, type Reader, urlPart } from '#design';
import { type Acting, ActingHead, ForWhom, offers, pathOf, placeOf } from '#accounts';
import { supportPortalText } from './portal-text.ts';
import { QuestionClock } from './question-clock.tsx';
import type { Question } from './read-questions.ts';

export type OwnQuestionsView = {
  /** `null`: whoever looks at their own. */
  readonly under: Acting | null;
  readonly organisation: string;
  readonly questions: readonly Question[];
  readonly entered: { readonly code: string; readonly known: string };
  readonly error: string | null;
  readonly just: 'asked' | 'kept' | 'erased' | null;
};

/** Everything a signed-in person asked and keeps with their account, each with the clock that runs for it. */
export function portalOwnQuestions(view: OwnQuestionsView, { locale, now }: Reader): Page {
  const t = supportPortalText(locale);
  const { under } = view;
  const whose = { who: under ? 'other' : 'self' };
  return {
    title: t('own.title', whose),
    description: '',
    section: under ? 'acting' : 'questions',
    path: pathOf(under, 'questions'),
    unlisted: true,
    body: (
      <>
        <ActingHead
          under={under}
          title={t('own.title', whose)}
          lede={t('own.lede', { ...whose, organisation: view.organisation })}
          current="questions"
          locale={locale}
        />
        {view.error !== null && <ErrorSummary errors={[{ field: 'code', message: view.error }]} />}
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`own.${view.just}`)}</p>
          </Notice>
        )}
        {view.questions.length === 0 ? (
          <Empty title={t('own.none', whose)}>
            {under
              ? offers(under, 'self:manage') &&
                t.rich('own.none.ask', { ask: (text) => <a href={placeOf(locale, under, 'ask')}>{text}</a> })
              : t.rich('own.none.do', { policies: (text) => <a href={address(locale, 'policies')}>{text}</a> })}
          </Empty>
        ) : (
          view.questions.map((question) => <Own question={question} under={under} locale={locale} now={now} />)
        )}
        {offers(under, 'self:manage') && <Keep view={view} locale={locale} />}
      </>
    ),
  };
}

function Keep({ view, locale }: { view: OwnQuestionsView; locale: string }) {
  const t = supportPortalText(locale);
  return (
    <section class="section" aria-labelledby="keep">
      <h2 id="keep">{t('own.keep')}</h2>
      <p class="text">{t('own.keep.what', { who: view.under ? 'other' : 'self' })}</p>
      <form method="post" action={placeOf(locale, view.under, 'questions')} class="narrow">
        <ForWhom under={view.under} />
        <Field
          name="code"
          label={t('enter.code')}
          error={view.error ?? undefined}
          control={(props) => (
            <input {...props} class="code-input" required autocomplete="off" dir="ltr" maxlength={60} value={view.entered.code} />
          )}
        />
        <Field
          name="known"
          label={t('enter.known')}
          hint={t('enter.known.hint')}
          optional
          control={(props) => (
            <input {...props} inputmode="email" autocomplete="email" maxlength={254} value={view.entered.known} />
          )}
        />
        <Button tone="second">{t('own.keep.send')}</Button>
      </form>
    </section>
  );
}

type Shown = { question: Question; under: Acting | null; locale: string; now: Temporal.Instant };

function Own({ question, under, locale, now }: Shown) {
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
      {offers(under, 'self:manage') && (
        <p class="more">
          <a href={askAgain(question, under, locale)}>{t('own.follow-up')}</a>
        </p>
      )}
      {offers(under, 'self:erase') && (
        <details class="more danger-zone">
          <summary>{t('own.erase')}</summary>
          <p class="text">{t('own.erase.what', { who: under ? 'other' : 'self' })}</p>
          <form method="post" action={placeOf(locale, under, 'questions', id, 'erase')}>
            <ForWhom under={under} />
            <Button tone="danger">{t('own.erase.send')}</Button>
          </form>
        </details>
      )}
    </div>
  );
}

/** The form for another question about the same passage of the same version. */
function askAgain({ slug, versionNumber, clauseId }: Question, under: Acting | null, locale: string): string {
  const clause = clauseId === null ? '' : `&clause=${urlPart(clauseId)}`;
  const form = under ? placeOf(locale, under, 'ask', slug) : address(locale, 'policies', slug, 'ask');
  return `${form}?version=${versionNumber}${clause}`;
}
