import { address, Button, EntryNumber, Field, Instant } from '#design';
import { errorAt, type QuestionError } from './console-errors.ts';
import { supportConsoleText } from './console-text.ts';

export type PublishView = {
  id: string;
  mayPublish: boolean;
  published: { question: string; answer: string; at: Temporal.Instant; entry: number | null } | null;
  /** What was sent when it came back with errors; else question and answer as they are. */
  entered: { publishedQuestion: string; publishedAnswer: string };
  errors: readonly QuestionError[];
};

/** Question and answer for everyone, in words that may leave out what is personal; only where the asker agreed. */
export function PublishForm({ view, locale }: { view: PublishView; locale: string }) {
  const t = supportConsoleText(locale);
  const { published, entered } = view;
  return (
    <section aria-labelledby="publish">
      <h2 id="publish">{t('publish')}</h2>
      {published ? (
        <>
          <p>
            {t.rich('published', { date: <Instant at={published.at} /> })}{' '}
            {published.entry === null ? (
              t('published.pending')
            ) : (
              <a href={address(locale, 'log', 'public', 'entry', published.entry)}>
                {t.rich('published.entry', { number: <EntryNumber index={published.entry} /> })}
              </a>
            )}
          </p>
          <blockquote class="cited" dir="auto" id="publishedQuestion">
            <p class="multiline">
              <b>{published.question}</b>
            </p>
            <p class="multiline">{published.answer}</p>
          </blockquote>
        </>
      ) : !view.mayPublish ? (
        <p id="publishedQuestion">{t('publish.no-consent')}</p>
      ) : (
        <form method="post" action={address(locale, 'console', 'questions', view.id, 'publish')}>
          <p class="hint">{t('publish.hint')}</p>
          <Field
            name="publishedQuestion"
            label={t('publish.question')}
            error={errorAt(view.errors, 'publishedQuestion')}
            control={(props) => (
              <textarea {...props} rows={3} required dir="auto">
                {entered.publishedQuestion}
              </textarea>
            )}
          />
          <Field
            name="publishedAnswer"
            label={t('publish.answer')}
            error={errorAt(view.errors, 'publishedAnswer')}
            control={(props) => (
              <textarea {...props} rows={5} required dir="auto">
                {entered.publishedAnswer}
              </textarea>
            )}
          />
          <div class="actions">
            <Button>{t('publish.send')}</Button>
          </div>
        </form>
      )}
    </section>
  );
}
