import { address, Instant, Notice, urlPart, type Page, type Reader } from '#design';
import { dir } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { AtForm } from './at-form.tsx';
import { Crumbs } from './crumbs.tsx';
import { Emergency, EndingPart } from './notice-part.tsx';
import { policiesText } from './policies-text.ts';
import { Contents, PolicyText, type PolicySection } from './policy-text.tsx';
import { VersionEvidence } from './version-evidence.tsx';
import { VersionTable } from './version-table.tsx';
import { type TranslatedNotice, TranslatedText } from './translation/translated-notice.tsx';
import { SignedCopyLine } from './signed-copy/signed-copy-line.tsx';
import type { EndingView, VersionView } from './version-view.ts';

/** A question the organisation answered and published with the asker's consent. */
export type ClauseQuestion = {
  id: string;
  /** Clause of the text in force; `null` when that clause no longer exists. */
  clauseId: string | null;
  question: string;
  answer: string;
  answeredAt: Temporal.Instant;
};

export type PolicyView = {
  organisation: string;
  slug: string;
  title: string;
  /** The version in force, or the newest when none is yet. */
  /** Of the text on the page: the original's, or that of its translation. */
  language: string;
  translated: TranslatedNotice | null;
  current: VersionView;
  /** The next version that is published and not yet in force. */
  upcoming: VersionView | null;
  /** What the text says, in plain words; logged with it. */
  summary: ComponentChildren | null;
  sections: readonly PolicySection[];
  /** Newest first. */
  versions: readonly VersionView[];
  questions: readonly ClauseQuestion[];
  asking: boolean;
  /** That it ends, or has ended, without a successor. */
  ending: EndingView | null;
};

/** A policy: the summary, the text in force, how both are known, what was asked, what changed. */
export function trustPolicy(view: PolicyView, { locale, now, zone }: Reader): Page {
  const t = policiesText(locale);
  const { current, slug, organisation } = view;
  return {
    title: view.title,
    description: t('policy.description', { title: view.title, organisation, number: current.number }),
    section: 'policies',
    path: `policies/${urlPart(slug)}`,
    body: (
      <>
        <Crumbs locale={locale} />
        <div class="head">
          <div>
            <h1 lang={view.language} dir={dir(view.language)}>
              {view.title}
            </h1>
            <p class="lede">
              <Lead view={view} locale={locale} />
            </p>
            <Contents sections={view.sections} locale={locale} />
          </div>
          <div class="note">
            <VersionEvidence version={current} organisation={organisation} locale={locale} />
          </div>
        </div>
        <EndingPart ending={view.ending} language={current.language} now={now} locale={locale} />
        <Emergency basis={current.standing === 'ended' ? null : current.legalBasis} language={current.language} locale={locale} />
        {view.translated && <TranslatedText notice={view.translated} slug={slug} locale={locale} />}
        {view.upcoming && <Upcoming version={view.upcoming} slug={slug} locale={locale} />}
        {view.summary !== null && <Summary summary={view.summary} version={current} language={view.language} locale={locale} />}
        <div class="section">
          <SignedCopyLine version={current} slug={slug} locale={locale} />
          <PolicyText sections={view.sections} language={view.language} locale={locale} slug={slug} asking={view.asking} />
        </div>
        <Questions view={view} locale={locale} />
        <section class="section">
          <VersionTable versions={view.versions} slug={slug} locale={locale} />
          <details class="more">
            <summary>{t('at')}</summary>
            <AtForm versions={view.versions} slug={slug} zone={zone} locale={locale} />
          </details>
        </section>
      </>
    ),
  };
}

function Lead({ view, locale }: { view: PolicyView; locale: string }) {
  const t = policiesText(locale);
  const { current, versions } = view;
  const values = { number: current.number, total: versions.length };
  if (current.standing === 'scheduled' && current.effectiveAt) {
    return <>{t.rich('policy.lead.scheduled', { ...values, date: <Instant at={current.effectiveAt} day /> })}</>;
  }
  if (current.standing === 'ended') return <>{t('policy.lead.ended', values)}</>;
  if (current.effectiveAt === null) return <>{t('policy.lead.unknown', values)}</>;
  const key = current.origin === 'imported' ? 'policy.lead.claimed' : 'policy.lead';
  return <>{t.rich(key, { ...values, date: <Instant at={current.effectiveAt} day /> })}</>;
}

function Upcoming({ version, slug, locale }: { version: VersionView; slug: string; locale: string }) {
  const t = policiesText(locale);
  if (version.effectiveAt === null) return null;
  return (
    <Notice tone="warn">
      <p>
        {t.rich('upcoming', {
          number: version.number,
          date: <Instant at={version.effectiveAt} age />,
          text: (inner) => <a href={address(locale, 'policies', slug, 'v', version.number)}>{inner}</a>,
          change: (inner) => <a href={address(locale, 'policies', slug, 'changes', version.number)}>{inner}</a>,
        })}
      </p>
      <Emergency basis={version.legalBasis} language={version.language} locale={locale} />
    </Notice>
  );
}

type SummaryProps = { summary: ComponentChildren; version: VersionView; language: string; locale: string };

export function Summary({ summary, version, language, locale }: SummaryProps) {
  const t = policiesText(locale);
  return (
    <section class="section" aria-labelledby="summary">
      <div class="noted">
        <div class="summary">
          <h2 id="summary">{t('summary')}</h2>
          <div class="body" lang={language} dir={dir(language)}>
            {summary}
          </div>
        </div>
        <p class="note">{t('summary.note', { number: version.number })}</p>
      </div>
    </section>
  );
}

function Questions({ view, locale }: { view: PolicyView; locale: string }) {
  const t = policiesText(locale);
  if (view.questions.length === 0) return null;
  const anchored = new Set<string>();
  return (
    <section class="section" aria-labelledby="questions">
      <h2 id="questions">{t('questions')}</h2>
      {view.questions.map(({ clauseId, question, answer, answeredAt }) => {
        const clause = view.sections.find(({ id }) => id === clauseId);
        // Several questions may share a clause; the link beside the clause leads to the first.
        const anchor = clause && !anchored.has(clause.id) ? `questions-${clause.id}` : undefined;
        if (clause) anchored.add(clause.id);
        return (
          <article class="qa noted" id={anchor}>
            <div class="text">
              <h3>{question}</h3>
              <p class="multiline">{answer}</p>
            </div>
            <p class="note">
              {clause?.heading && (
                <>
                  {t.rich('questions.about', { clause: <a href={`#${clause.id}`}>{clause.heading}</a> })}
                  <br />
                </>
              )}
              {t.rich('questions.answered', { date: <Instant at={answeredAt} day /> })}
            </p>
          </article>
        );
      })}
    </section>
  );
}
