import { address, Empty, Instant, Notice, type Page, type Reader, Table } from '#design';
import { LastDay, MandateStanding } from './mandate-marks.tsx';
import { mandatesText } from './mandates-text.ts';
import type { ReviewedMandate } from './review-mandates.ts';

export type ConsoleMandatesView = {
  /** The oldest first. */
  readonly mandates: readonly ReviewedMandate[];
  readonly just: 'approved' | 'refused' | 'ended' | null;
};

type Part = { readonly mandates: readonly ReviewedMandate[]; readonly locale: string };

/** Who asks to act for whom, who does, and who did. */
export function consoleMandates({ mandates, just }: ConsoleMandatesView, { locale }: Reader): Page {
  const t = mandatesText(locale);
  const waiting = mandates.filter(({ state }) => state === 'requested');
  const active = mandates.filter(({ state }) => state === 'active');
  const over = mandates.filter(({ state }) => state !== 'requested' && state !== 'active').toReversed();
  return {
    title: t('mandates'),
    description: '',
    section: 'mandates',
    path: 'console/mandates',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('mandates')}</h1>
            <p class="lede">{t('console.lede', { waiting: waiting.length, active: active.length })}</p>
          </div>
        </div>
        {just && (
          <Notice tone="good" announce>
            <p>{t(`just.${just}`)}</p>
          </Notice>
        )}
        <section class="section" aria-labelledby="waiting">
          <h2 id="waiting">{t('console.waiting')}</h2>
          {waiting.length === 0 ? (
            <Empty title={t('console.waiting.empty')}>{t('console.waiting.empty.what')}</Empty>
          ) : (
            <Waiting mandates={waiting} locale={locale} />
          )}
        </section>
        {active.length > 0 && <Decided id="active" title={t('console.active')} mandates={active} locale={locale} />}
        {over.length > 0 && <Decided id="over" title={t('console.over')} mandates={over} locale={locale} />}
      </>
    ),
  };
}

function Waiting({ mandates, locale }: Part) {
  const t = mandatesText(locale);
  return (
    <Table
      caption={t('console.waiting')}
      quiet
      rows={mandates}
      columns={[
        { head: t('delegate'), cell: (mandate) => <Link mandate={mandate} locale={locale} /> },
        { head: t('kind'), cell: ({ kind }) => t(`kind.${kind}`) },
        { head: t('asked'), cell: ({ requestedAt }) => <Instant at={requestedAt} age /> },
      ]}
    />
  );
}

function Decided({ id, title, mandates, locale }: Part & { id: string; title: string }) {
  const t = mandatesText(locale);
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Table
        caption={title}
        quiet
        rows={mandates}
        columns={[
          { head: t('delegate'), cell: (mandate) => <Link mandate={mandate} locale={locale} /> },
          { head: t('kind'), cell: ({ kind }) => t(`kind.${kind}`) },
          { head: t('principal'), cell: ({ principal }) => (principal === null ? '' : <bdi>{principal}</bdi>) },
          {
            head: t('until'),
            cell: ({ expiresAt, endedAt }) => (endedAt ? <Instant at={endedAt} day /> : <LastDay expiresAt={expiresAt} />),
          },
          { head: t('state'), cell: ({ state }) => <MandateStanding state={state} locale={locale} /> },
        ]}
      />
    </section>
  );
}

function Link({ mandate: { id, delegate }, locale }: { mandate: ReviewedMandate; locale: string }) {
  return (
    <a href={address(locale, 'console', 'mandates', id)}>
      <bdi>{delegate || mandatesText(locale)('person.gone')}</bdi>
    </a>
  );
}
