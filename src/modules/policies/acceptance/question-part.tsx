import { type Acting, ForWhom } from '#accounts';
import { address, Button, DiffView, type Compared } from '#design';
import { dir } from '#kernel/i18n';

import { type PolicySection, PolicyText } from '../policy-text.tsx';
import { acceptanceText } from './acceptance-text.ts';

export type QuestionView = {
  readonly organisation: string;
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly version: number;
  /** The version that the person answered about before. */
  readonly since: number | null;
  /** The question, what the versions since say in plain words, and what refusing means: exactly what is recorded. */
  readonly words: readonly string[];
  /** Clauses whose wording changed since; `null` at the first time, or where one of the texts was withheld. */
  readonly changes: Compared | null;
  /** The text as it is in force; `null` where it is too long for this page. */
  readonly sections: readonly PolicySection[] | null;
  readonly textHash: string;
  readonly wordingHash: string;
  readonly after: number;
  readonly answer: 'yes' | 'no' | 'never-asked';
};

type Part = {
  readonly view: QuestionView;
  /** Inside which mandate; `null` for oneself and through a link. */
  readonly under: Acting | null;
  /** Where the answer is sent. */
  readonly action: string;
  /** What else the form carries. */
  readonly ticket?: string;
  /** The text stands open where somebody comes only to read and answer it. */
  readonly whole: boolean;
  readonly locale: string;
};

/** The question about one document, with what changed for the reader, the text, and two buttons of one weight. */
export function QuestionPart({ view, under, action, ticket, whole, locale }: Part) {
  const t = acceptanceText(locale);
  const { slug, version, since, language, sections, changes } = view;
  const [question = '', ...rest] = view.words;
  const summaries = rest.slice(0, -1);
  return (
    <>
      {summaries.length > 0 && (
        <section class="section" aria-labelledby="means">
          <h2 id="means">{since === null ? t('means') : t('means.changed', { since })}</h2>
          <div lang={language} dir={dir(language)}>
            {summaries.map((summary) => (
              <p class="text">{summary}</p>
            ))}
          </div>
        </section>
      )}
      {changes && since !== null && (
        <section class="section" aria-labelledby="clauses">
          <h2 id="clauses">{t('clauses', { n: changes.clauses.length })}</h2>
          <div lang={language} dir={dir(language)}>
            <DiffView comparison={changes} />
          </div>
        </section>
      )}
      <section class="section" aria-labelledby="text">
        <h2 id="text">{t('text', { version })}</h2>
        <p>
          <a href={address(locale, 'policies', slug, 'v', version)}>{t('text.page')}</a>
        </p>
        {sections && (
          <details class="more" open={whole}>
            <summary>{t('text.here')}</summary>
            <PolicyText sections={sections} language={language} locale={locale} slug={slug} asking={false} />
          </details>
        )}
      </section>
      <section class="section" aria-labelledby="question">
        <h2 id="question">{question}</h2>
        <p class="text">{view.words.at(-1)}</p>
        <form method="post" action={action}>
          <ForWhom under={under} />
          {ticket !== undefined && <input type="hidden" name="ticket" value={ticket} />}
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="language" value={language} />
          <input type="hidden" name="text" value={view.textHash} />
          <input type="hidden" name="words" value={view.wordingHash} />
          <input type="hidden" name="after" value={view.after} />
          <div class="actions">
            <Button tone="second" name="decision" value="accept">
              {t('accept')}
            </Button>
            <Button tone="second" name="decision" value="refuse">
              {t('refuse')}
            </Button>
          </div>
        </form>
      </section>
    </>
  );
}
