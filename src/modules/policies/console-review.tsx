import { type SecondPerson, SecondPersonPart } from '#accounts';
import { address, Button, DiffView, ErrorSummary, Instant, type Compared, type Page, type Reader } from '#design';
import { dir } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { ConsoleCrumbs } from './console-crumbs.tsx';
import type { ChangeClass } from './notice/notice-rule.ts';
import { ruleTitle } from './notice/rule-title.ts';
import { scopeText } from './scope-text.ts';
import { everyone, sameScope, type Scope } from './scope.ts';
import type { PolicyError } from './console-errors.ts';
import { policiesConsoleText } from './console-text.ts';
import type { ReviewPartView } from './review/load-review-part.ts';
import { ReviewPart } from './review/review-part.tsx';

export type ReviewPolicyView = {
  slug: string;
  title: string;
  language: string;
  /** The number this version would get. */
  number: number;
  /** What is compared with; `null` for a first version, which is shown whole. */
  before: { number: number; comparison: Compared | 'too-long' } | null;
  /** The text as readers will see it. */
  text: ComponentChildren;
  summary: string;
  /** `null` means at once. */
  effectiveAt: Temporal.Instant | null;
  /** Revision of the draft that is shown; what is published is exactly this. */
  revision: number;
  /** First index the publication could get in the public record. */
  nextEntry: number;
  /** The first publication makes the document public. */
  firstPublication: boolean;
  /** What keeps it from being published. The button is there only when there is nothing. */
  errors: readonly PolicyError[];
  /** Who must agree before it is published. */
  secondPerson: SecondPerson;
  /** What is said about notice and scope; `null` while it cannot be published. */
  noticed: ReviewNotice | null;
  /** What was wrong with the request for a second person. */
  askError: string | null;
  /** Who must approve; `null` where nobody need, or where it could not be published anyway. */
  review: ReviewPartView | null;
  answerError: string | null;
};

export type ReviewNotice = Scope & {
  /** `null` where nothing counted for these people before. */
  changeClass: ChangeClass | null;
  /** The rule that decides; `null` where none asks for time. */
  noticeRule: string | null;
  shortening: { earliest: string; legalBasis: string } | null;
};

type Part = { view: ReviewPolicyView; locale: string };

/** The last look before a text is public for good. */
export function consoleReview(view: ReviewPolicyView, { locale }: Reader): Page {
  const t = policiesConsoleText(locale);
  const { slug, title, number, askError } = view;
  const errors = [
    ...view.errors.map((error) => ({ ...error, field: 'mend' })),
    ...(view.answerError === null ? [] : [{ field: 'note', message: view.answerError }]),
    ...(askError === null ? [] : [{ field: 'reason', message: askError }]),
  ];
  return {
    title: t(errors.length > 0 ? 'review.title.error' : 'review.title', { title, number }),
    description: '',
    section: 'policies',
    path: `console/policies/${encodeURIComponent(slug)}/review`,
    unlisted: true,
    body: (
      <>
        <ConsoleCrumbs locale={locale} policy={{ slug, title }} />
        <div class="head">
          <div>
            <h1>{t('review.heading', { number })}</h1>
            <p class="lede">{t('review.lede')}</p>
          </div>
        </div>
        <ErrorSummary errors={errors} />
        <div class="section noted">
          <div class="stack">
            <Summary view={view} locale={locale} />
            <Changes view={view} locale={locale} />
          </div>
          <Publish view={view} locale={locale} />
        </div>
      </>
    ),
  };
}

function Summary({ view, locale }: Part) {
  const t = policiesConsoleText(locale);
  return (
    <section aria-labelledby="summary">
      <h2 id="summary">{t('summary')}</h2>
      {view.summary === '' ? (
        <p class="quiet">{t('review.no-summary')}</p>
      ) : (
        <p class="multiline spoken" lang={view.language} dir={dir(view.language)}>
          {view.summary}
        </p>
      )}
    </section>
  );
}

function Changes({ view, locale }: Part) {
  const t = policiesConsoleText(locale);
  const { before } = view;
  const text = { lang: view.language, dir: dir(view.language) } as const;
  const whole = (
    <div class="statute body" {...text}>
      {view.text}
    </div>
  );
  if (before === null) {
    return (
      <section aria-labelledby="changes">
        <h2 id="changes">{t('review.first')}</h2>
        {whole}
      </section>
    );
  }
  const { comparison } = before;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t('review.changes', { before: before.number })}</h2>
      {comparison === 'too-long' ? (
        <p class="empty">{t('too-long')}</p>
      ) : (
        <>
          <p class="hint">
            {t('review.counts', { changed: comparison.changed, inserted: comparison.inserted, deleted: comparison.deleted })}
          </p>
          <div {...text}>
            <DiffView comparison={comparison} />
          </div>
        </>
      )}
      <details class="more">
        <summary>{t('review.whole')}</summary>
        {whole}
      </details>
    </section>
  );
}

function Publish({ view, locale }: Part) {
  const t = policiesConsoleText(locale);
  const { slug, effectiveAt } = view;
  const back = (
    <a href={address(locale, 'console', 'policies', slug)} id="mend">
      {t('review.back')}
    </a>
  );
  return (
    <section class="publish" aria-labelledby="then">
      <h2 id="then">{t('review.then')}</h2>
      <ul class="then">
        <li>
          {effectiveAt === null
            ? t('review.effective.now')
            : t.rich('review.effective.at', { date: <Instant at={effectiveAt} age /> })}
        </li>
        {view.noticed && <NoticeLines noticed={view.noticed} locale={locale} />}
        {view.firstPublication && <li>{t('review.first-public')}</li>}
        <li>{t('review.entry', { entry: view.nextEntry })}</li>
        <li>{t('review.for-ever')}</li>
      </ul>
      {view.errors.length > 0 ? (
        <p>{back}</p>
      ) : (
        <>
          {view.review && (
            <ReviewPart review={view.review} slug={slug} revision={view.revision} error={view.answerError} locale={locale} />
          )}
          {(view.review === null || view.review.state === 'approved') && (
            <SecondPersonPart
              secondPerson={view.secondPerson}
              action={address(locale, 'console', 'policies', slug, 'ask')}
              hidden={{ revision: view.revision }}
              error={view.askError}
              locale={locale}
            >
              <form method="post" action={address(locale, 'console', 'policies', slug, 'publish')}>
                <input type="hidden" name="revision" value={view.revision} />
                <Button>{t('publish', { number: view.number })}</Button>
              </form>
            </SecondPersonPart>
          )}
          <p class="more">{back}</p>
        </>
      )}
    </section>
  );
}

function NoticeLines({ noticed, locale }: { noticed: ReviewNotice; locale: string }) {
  const t = policiesConsoleText(locale);
  const { changeClass, noticeRule, shortening } = noticed;
  return (
    <>
      {!sameScope(noticed, everyone) && <li>{t('review.scope', { scope: scopeText(noticed, locale) })}</li>}
      {changeClass !== null && <li>{t('review.class', { what: t(`class.${changeClass}`) })}</li>}
      {noticeRule !== null && shortening === null && <li>{t('review.notice', { rule: ruleTitle(noticeRule, locale) })}</li>}
      {noticeRule !== null && shortening !== null && (
        <li class="marked-bad">
          {t.rich('review.emergency', { rule: ruleTitle(noticeRule, locale), basis: <bdi>{shortening.legalBasis}</bdi> })}
        </li>
      )}
    </>
  );
}
