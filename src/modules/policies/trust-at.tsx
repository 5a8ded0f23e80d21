import { address, Instant, Notice, urlPart, type Page, type Reader } from '#design';
import { dir, formatInstant } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { AtForm } from './at-form.tsx';
import { Crumbs } from './crumbs.tsx';
import type { ForceAt, ForceSpan } from './judge-moment.ts';
import { dayText } from './day-text.ts';
import { policiesText } from './policies-text.ts';
import { scopeText } from './scope-text.ts';
import { sameScope, everyone, type Scope } from './scope.ts';
import { VersionEvidence } from './version-evidence.tsx';
import type { VersionView } from './version-view.ts';

export type AtView = ForceAt & {
  organisation: string;
  slug: string;
  title: string;
  language: string;
  /** The day that was asked for; `null` where it was an instant. */
  day: Temporal.PlainDate | null;
  /** The instant, or the first one of the day. */
  from: Temporal.Instant;
  scope: Scope;
  /** Newest first. */
  versions: readonly VersionView[];
};

/** What was in force on a day or at an instant, each change within the day named. */
export function trustAt(view: AtView, { locale, zone }: Reader): Page {
  const t = policiesText(locale);
  const { slug, title, scope, organisation } = view;
  const moment = view.day ? dayText(view.day, locale) : formatInstant(locale, view.from, zone);
  const path = `policies/${urlPart(slug)}/at/${(view.day ?? view.from).toString()}`;
  return {
    title: t('at.title', { title, moment }),
    description: t('at.description', { title, organisation }),
    section: 'policies',
    path,
    // Any day can be asked for: no end of pages, which no search engine should walk.
    unlisted: true,
    body: (
      <>
        <Crumbs locale={locale} policy={{ slug, title }} />
        <div class="head">
          <div>
            <p class="lede" lang={view.language} dir={dir(view.language)}>
              {title}
            </p>
            <h1>{t(view.day ? 'at.heading.day' : 'at.heading.instant', { date: moment })}</h1>
            <p class="quiet">{t('at.for', { scope: scopeText(scope, locale), zone })}</p>
          </div>
        </div>
        {view.provisional && (
          <Notice tone="warn">
            <p>{t.rich('at.provisional')}</p>
          </Notice>
        )}
        {view.spans.map((span) => (
          <SpanPart span={span} view={view} locale={locale} />
        ))}
        <section class="section" aria-labelledby="at">
          <h2 id="at">{t('at')}</h2>
          <AtForm
            versions={view.versions}
            slug={slug}
            zone={zone}
            locale={locale}
            asked={{ date: view.from.toZonedDateTimeISO(zone).toPlainDate().toString(), scope }}
          />
          <p class="small quiet">{t.rich('at.program', { address: <code>{`/api/v1/${path}${queryOf(scope)}`}</code> })}</p>
        </section>
      </>
    ),
  };
}

function SpanPart({ span, view, locale }: { span: ForceSpan; view: AtView; locale: string }) {
  const t = policiesText(locale);
  const { slug } = view;
  const version = view.versions.find(({ number }) => number === span.number);
  const link = (inner: ComponentChildren) => <a href={address(locale, 'policies', slug, 'v', span.number ?? 0)}>{inner}</a>;
  const proof = (inner: ComponentChildren) => <a href={`/log/public/proof/${version?.entry ?? 0}`}>{inner}</a>;
  const when =
    view.spans.length > 1 ? t.rich('at.from', { date: <Instant at={span.from} /> }) : t(view.day ? 'at.whole' : 'at.instant');
  return (
    <section class="section">
      <div class="noted">
        <div class="text">
          <h2>{when}</h2>
          <p>
            {span.number === null
              ? nothing(span, view, locale)
              : t.rich(span.claimed ? 'at.claimed' : 'at.version', { number: span.number, link })}
          </p>
          {version?.summary && (
            <p lang={version.language} dir={dir(version.language)}>
              {version.summary}
            </p>
          )}
          {version && version.entry !== null && !span.claimed && (
            <p class="small">{t.rich('at.proof', { number: version.number, link: proof })}</p>
          )}
        </div>
        {version && (
          <div class="note">
            <VersionEvidence version={version} organisation={view.organisation} locale={locale} />
          </div>
        )}
      </div>
    </section>
  );
}

function nothing({ from, ended }: ForceSpan, { first }: AtView, locale: string): ComponentChildren {
  const t = policiesText(locale);
  if (ended) return t('at.ended');
  if (first === null) return t('at.never');
  if (Temporal.Instant.compare(from, first) >= 0) return t('at.none');
  return t.rich('at.before', { date: <Instant at={first} /> });
}

function queryOf(scope: Scope): string {
  if (sameScope(scope, everyone)) return '';
  const { audience, jurisdiction } = scope;
  return `?${new URLSearchParams({ audience, ...(jurisdiction === null ? {} : { jurisdiction }) }).toString()}`;
}
