import { address, Instant, Notice, Pagination, urlPart, type Page, type Reader } from '#design';
import { dir, languageName } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { Crumbs } from './crumbs.tsx';
import { Emergency, EndingPart, NoticePart } from './notice-part.tsx';
import { policiesText } from './policies-text.ts';
import { Contents, PolicyText, type PolicySection } from './policy-text.tsx';
import { type TranslatedNotice, TranslatedText } from './translation/translated-notice.tsx';
import { Summary } from './trust-policy.tsx';
import { VersionEvidence } from './version-evidence.tsx';
import { scopeText } from './scope-text.ts';
import { everyone, sameScope } from './scope.ts';
import { SignedCopyLine } from './signed-copy/signed-copy-line.tsx';
import type { EndingView, VersionView } from './version-view.ts';

export type PolicyVersionView = {
  organisation: string;
  slug: string;
  title: string;
  /** Of the text on the page: the original's, or that of its translation. */
  language: string;
  translated: TranslatedNotice | null;
  /** Other languages in which this version can be read. */
  others: readonly string[];
  version: VersionView;
  /** Number of the version in force, when there is one. */
  inForce: number | null;
  /** Numbers of the neighbours, which need not be adjacent. */
  earlier: number | null;
  later: number | null;
  summary: ComponentChildren | null;
  sections: readonly PolicySection[];
  ending: EndingView | null;
};

/** The text of one version, whether in force or not. It says above the text whether it counts today. */
export function trustVersion(view: PolicyVersionView, { locale, now }: Reader): Page {
  const t = policiesText(locale);
  const { version, slug, title, organisation } = view;
  const number = version.number;
  const at = (other: number | null) => (other === null ? undefined : address(locale, 'policies', slug, 'v', other));
  return {
    title: view.translated
      ? t('translated.title', { title, number, language: languageName(view.language) })
      : t('version.title', { title, number }),
    description: t('version.description', { title, number, organisation }),
    section: 'policies',
    path: `policies/${urlPart(slug)}/v/${number}${view.translated ? `/in/${urlPart(view.language)}` : ''}`,
    body: (
      <>
        <Crumbs locale={locale} policy={{ slug, title }} />
        <div class="head">
          <div>
            <h1 lang={view.language} dir={dir(view.language)}>
              {title}
            </h1>
            <p class="lede">{t('version.number', { number })}</p>
            {!sameScope(version, everyone) && <p>{t('scope.only', { scope: scopeText(version, locale) })}</p>}
            {version.summary && <p class="text">{version.summary}</p>}
            <Others view={view} locale={locale} />
            <Contents sections={view.sections} locale={locale} />
          </div>
          <div class="note">
            <VersionEvidence version={version} organisation={organisation} locale={locale} />
          </div>
        </div>
        <Notice tone={version.standing === 'in-force' ? 'good' : 'warn'}>
          <p>
            <Validity view={view} locale={locale} />{' '}
            {view.earlier !== null && (
              <a href={address(locale, 'policies', slug, 'changes', number)}>
                {t('changes.against', { number, before: view.earlier })}
              </a>
            )}
          </p>
        </Notice>
        <Emergency basis={version.legalBasis} language={version.language} locale={locale} />
        <EndingPart ending={view.ending} language={version.language} now={now} locale={locale} />
        {view.translated && <TranslatedText notice={view.translated} slug={slug} locale={locale} />}
        {view.summary !== null && <Summary summary={view.summary} version={version} language={view.language} locale={locale} />}
        <div class="section">
          <SignedCopyLine version={version} slug={slug} locale={locale} />
          <PolicyText sections={view.sections} language={view.language} locale={locale} slug={slug} asking={false} />
        </div>
        <NoticePart version={version} locale={locale} />
        <Pagination newer={at(view.later)} older={at(view.earlier)} />
      </>
    ),
  };
}

function Validity({ view, locale }: { view: PolicyVersionView; locale: string }) {
  const t = policiesText(locale);
  const { version, inForce, slug } = view;
  const current = (inner: ComponentChildren) => <a href={address(locale, 'policies', slug)}>{inner}</a>;
  if (version.standing === 'in-force') return <>{t('validity.in-force')}</>;
  if (version.standing === 'scheduled' && version.effectiveAt) {
    return <>{t.rich('validity.scheduled', { date: <Instant at={version.effectiveAt} /> })}</>;
  }
  if (version.standing === 'ended') return <>{t('validity.ended')}</>;
  const key = version.standing === 'withdrawn' ? 'validity.withdrawn' : 'validity.superseded';
  return (
    <>
      {t(key)} {inForce !== null && t.rich('validity.current', { number: inForce, current })}
    </>
  );
}

function Others({ view, locale }: { view: PolicyVersionView; locale: string }) {
  if (view.others.length === 0) return null;
  const { slug, version } = view;
  return (
    <p class="quiet">
      {policiesText(locale)('translated.in')}
      {view.others.map((language, n) => (
        <>
          {n === 0 ? ': ' : ', '}
          <a
            href={`${address(locale, 'policies', slug, 'v', version.number)}/in/${urlPart(language)}`}
            lang={language}
            hreflang={language}
          >
            {languageName(language)}
          </a>
        </>
      ))}
    </p>
  );
}
