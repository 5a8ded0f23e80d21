import { Instant, Notice } from '#design';
import { dir } from '#kernel/i18n';
import type { DeliverableNotice } from './notice/deliverable-notice.ts';
import { dayText } from './day-text.ts';
import { findRule } from './notice/notice-rules.ts';
import { policiesText } from './policies-text.ts';
import type { EndingView, VersionView } from './version-view.ts';

/** How a version was announced: what kind of change a person called it, by which rules its notice was judged, how far it came. */
export function NoticePart({ version, locale }: { version: VersionView; locale: string }) {
  const t = policiesText(locale);
  const { changeClass, noticeRules, notice } = version;
  if (changeClass === null) return null;
  return (
    <section class="section" aria-labelledby="notice">
      <h2 id="notice">{t('notice')}</h2>
      <div class="text">
        <p>
          {t('notice.class', { what: t(`class.${changeClass}`) })} {t('notice.rules', { n: noticeRules.length })}
        </p>
        {notice && <p>{deliveredText(notice, locale)}</p>}
        {noticeRules.map((name) => (
          <Rule name={name} locale={locale} />
        ))}
        {noticeRules.length > 0 && <p class="hint">{t('notice.not-advice')}</p>}
      </div>
    </section>
  );
}

/** One rule, folded, with the source that anybody can compare it with. */
export function Rule({ name, locale }: { name: string; locale: string }) {
  const t = policiesText(locale);
  const rule = findRule(name);
  if (!rule) return <p class="mono">{name}</p>;
  const language = locale === 'de' ? 'de' : 'en';
  const date = dayText(Temporal.PlainDate.from(rule.checkedOn), locale);
  const source = rule.source !== null && rule.article !== null && <a href={rule.source}>{rule.article}</a>;
  return (
    <details class="more">
      <summary>{rule.title[language]}</summary>
      <p>{rule.summary[language]}</p>
      <p>{t('notice.concerns', { text: rule.concerns[language] })}</p>
      <p class="small quiet">{source ? t.rich('notice.source', { article: source, date }) : t('notice.own', { date })}</p>
    </details>
  );
}

/** A notice shorter than its rule asks must not look like any other. */
export function Emergency({ basis, language, locale }: { basis: string | null; language: string; locale: string }) {
  const t = policiesText(locale);
  if (basis === null) return null;
  return (
    <Notice tone="bad">
      <p>{t.rich('emergency')}</p>
      {basis === '' ? (
        <p>{t('emergency.withheld')}</p>
      ) : (
        <p class="multiline" lang={language} dir={dir(language)}>
          {basis}
        </p>
      )}
    </Notice>
  );
}

/** That a document ends, or has ended, without a successor. */
export function EndingPart(props: { ending: EndingView | null; language: string; now: Temporal.Instant; locale: string }) {
  const { ending, language, now, locale } = props;
  const t = policiesText(locale);
  if (!ending) return null;
  const over = Temporal.Instant.compare(ending.endsAt, now) <= 0;
  const reason = <bdi lang={language}>{ending.reason}</bdi>;
  return (
    <>
      <Notice tone={over ? 'bad' : 'warn'}>
        <p>{t.rich(over ? 'ending.done' : 'ending.announced', { date: <Instant at={ending.endsAt} age={!over} /> })}</p>
        {ending.reason !== '' && <p class="multiline">{t.rich('ending.reason', { reason })}</p>}
      </Notice>
      <Emergency basis={ending.legalBasis} language={language} locale={locale} />
    </>
  );
}

function deliveredText(notice: DeliverableNotice, locale: string): string {
  const t = policiesText(locale);
  if (notice.kind === 'published-only') return t('notice.published-only');
  const { addressed, delivered, bounced } = notice;
  return t('notice.delivered', { addressed, delivered, bounced });
}
