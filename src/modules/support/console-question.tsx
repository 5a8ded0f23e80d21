import { type SecondPerson, SecondPersonPart } from '#accounts';
import { address, Button, Checkbox, ErrorSummary, Field, Instant, Notice, type Page, type Reader } from '#design';
import { dir } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { errorAt } from './console-errors.ts';
import { PublishForm, type PublishView } from './console-publish-form.tsx';
import { supportConsoleText } from './console-text.ts';
import { QuestionClock, type QuestionTimes } from './question-clock.tsx';

export type ConsoleQuestionView = QuestionTimes &
  PublishView & {
    /** Who must agree before staff erase it. */
    secondPerson: SecondPerson;
    /** `null` once erased. */
    content: { question: string; language: string; email: string } | null;
    policy: { slug: string; title: string; language: string; version: number };
    /** As the asker read it; `null` when the question is about the whole text or was erased. */
    clause: { id: string; heading: string | null; excerpt: ComponentChildren } | null;
    answer: string | null;
    /** What was written, when it came back with an error; else empty. */
    entered: { answer: string };
    /** The answer to the form that was just sent. */
    just: 'answered' | 'published' | null;
  };

type Part = { view: ConsoleQuestionView; locale: string };

/** One question from asking to answer, with what may be done next. */
export function consoleQuestion(view: ConsoleQuestionView, { locale, now }: Reader): Page {
  const t = supportConsoleText(locale);
  const about = view.clause?.heading ?? view.policy.title;
  return {
    title: t(view.errors.length > 0 ? 'question.title.error' : 'question.title', { about }),
    description: '',
    section: 'questions',
    path: `console/questions/${encodeURIComponent(view.id)}`,
    unlisted: true,
    body: (
      <>
        <nav class="crumbs" aria-label={t('crumbs')}>
          <ol>
            <li>
              <a href={address(locale, 'console', 'questions')}>{t('questions')}</a>
            </li>
          </ol>
        </nav>
        <div class="head">
          <div>
            <h1>{t.rich('question.heading', { about: <bdi lang={view.policy.language}>{about}</bdi> })}</h1>
            <p class="lede">
              <QuestionClock times={view} locale={locale} now={now} />
            </p>
          </div>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`just.${view.just}`)}</p>
          </Notice>
        )}
        <ErrorSummary errors={view.errors} />
        <div class="section noted">
          <div class="stack">
            <Asked view={view} locale={locale} />
            {view.content && <Reply view={view} locale={locale} />}
            {view.content && view.answer !== null && <PublishForm view={view} locale={locale} />}
          </div>
          <Facts view={view} locale={locale} />
        </div>
        {view.content && <EraseForm view={view} locale={locale} />}
      </>
    ),
  };
}

function Asked({ view, locale }: Part) {
  const t = supportConsoleText(locale);
  const { clause, policy, content } = view;
  if (!content) {
    return (
      <div id="answer">
        <Notice>
          <p>{t('erased')}</p>
        </Notice>
        <Unsent text={view.entered.answer} locale={locale} />
      </div>
    );
  }
  return (
    <section aria-labelledby="asked">
      {clause && (
        <blockquote class="cited body" lang={policy.language} dir={dir(policy.language)}>
          {clause.excerpt}
        </blockquote>
      )}
      <h2 id="asked">{t('question')}</h2>
      <p class="multiline spoken" lang={content.language} dir="auto">
        {content.question}
      </p>
    </section>
  );
}

function Facts({ view, locale }: Part) {
  const t = supportConsoleText(locale);
  const { policy, clause, content } = view;
  const anchor = clause ? `#${encodeURIComponent(clause.id)}` : '';
  return (
    <dl class="side-facts note">
      <dt>{t('about')}</dt>
      <dd>
        <a href={`${address(locale, 'policies', policy.slug, 'v', policy.version)}${anchor}`}>
          {t.rich('question.version', { title: <bdi lang={policy.language}>{policy.title}</bdi>, number: policy.version })}
        </a>
      </dd>
      <dt>{t('asked')}</dt>
      <dd>
        <Instant at={view.askedAt} />
      </dd>
      <dt>{t('due')}</dt>
      <dd>
        <Instant at={view.dueAt} />
      </dd>
      {content && (
        <>
          <dt>{t('email')}</dt>
          <dd>{content.email === '' ? t('email.none') : <a href={`mailto:${content.email}`}>{content.email}</a>}</dd>
          <dt>{t('consent')}</dt>
          <dd>{t(view.mayPublish ? 'consent.yes' : 'consent.no')}</dd>
        </>
      )}
    </dl>
  );
}

function Reply({ view, locale }: Part) {
  const t = supportConsoleText(locale);
  if (view.answer !== null) {
    return (
      <section aria-labelledby="reply" id="answer">
        <h2 id="reply">{t('answer')}</h2>
        <p class="multiline spoken" dir="auto">
          {view.answer}
        </p>
        <Unsent text={view.entered.answer} locale={locale} />
      </section>
    );
  }
  return (
    <section aria-labelledby="reply">
      <h2 id="reply">{t('answer')}</h2>
      <form method="post" action={address(locale, 'console', 'questions', view.id, 'answer')}>
        <Field
          name="answer"
          label={t('answer.label')}
          hint={t('answer.hint')}
          error={errorAt(view.errors, 'answer')}
          control={(props) => (
            <textarea {...props} rows={7} required maxlength={10_000} dir="auto">
              {view.entered.answer}
            </textarea>
          )}
        />
        <div class="actions">
          <Button>{t('answer.send')}</Button>
        </div>
      </form>
    </section>
  );
}

/** Somebody else was faster: what was written is shown once more, since nothing else keeps it. */
function Unsent({ text, locale }: { text: string; locale: string }) {
  if (text === '') return null;
  return (
    <>
      <p class="label more">{supportConsoleText(locale)('answer.unsent')}</p>
      <p class="multiline cited" dir="auto">
        {text}
      </p>
    </>
  );
}

function EraseForm({ view, locale }: Part) {
  const t = supportConsoleText(locale);
  const error = errorAt(view.errors, 'confirm');
  const askError = errorAt(view.errors, 'reason');
  return (
    <details class="section danger-zone" open={error !== undefined || askError !== undefined}>
      <summary>{t('erase')}</summary>
      <p class="text">{t('erase.what')}</p>
      <SecondPersonPart
        secondPerson={view.secondPerson}
        action={address(locale, 'console', 'questions', view.id, 'ask-erase')}
        hidden={{}}
        error={askError ?? null}
        locale={locale}
      >
        <form method="post" action={address(locale, 'console', 'questions', view.id, 'erase')}>
          <Checkbox name="confirm" label={t('erase.confirm')} error={error} />
          <div class="actions">
            <Button tone="danger">{t('erase.send')}</Button>
          </div>
        </form>
      </SecondPersonPart>
    </details>
  );
}
