import { address, Button, Checkbox, ErrorSummary, Instant, Notice, type Page, type Reader } from '#design';
import { dir, formatAge } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { RecordedEvents, type RecordedEvent } from './portal-recorded.tsx';
import { supportPortalText } from './portal-text.ts';

export type PortalReceiptView = {
  organisation: string;
  /** `XXXXX-XXXXX-XXXXX-XXXXX`. */
  code: string;
  /** The question was sent a moment ago: this page is the receipt. */
  justAsked: boolean;
  policy: { slug: string; title: string; language: string; version: number };
  clause: { id: string; heading: string | null; excerpt: ComponentChildren } | null;
  question: string;
  language: string;
  askedAt: Temporal.Instant;
  dueAt: Temporal.Instant;
  answer: { text: string; at: Temporal.Instant; late: boolean } | null;
  /** An order or customer number was given; its last letters, if it is long. */
  reference: { end: string } | null;
  mayPublish: boolean;
  published: { question: string; answer: string; at: Temporal.Instant } | null;
  /** Oldest first. */
  recorded: readonly RecordedEvent[];
  /** The erase form was sent without its tick. */
  eraseUnconfirmed: boolean;
};

type Part = { view: PortalReceiptView; locale: string };

/** Everything one receipt opens: question, deadline, answer, what was recorded, and the way out. */
export function portalReceipt(view: PortalReceiptView, { locale, now }: Reader): Page {
  const t = supportPortalText(locale);
  const errors = view.eraseUnconfirmed ? [{ field: 'confirm', message: t('erase.unconfirmed') }] : [];
  return {
    title: t(errors.length > 0 ? 'receipt.title.error' : 'receipt.title'),
    description: '',
    section: null,
    // Not `me`: somebody who is signed in has another page there.
    path: 'me/matter',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t(view.justAsked ? 'receipt.just-asked' : 'receipt.title')}</h1>
            <p class="lede">
              <Standing view={view} locale={locale} now={now} />
            </p>
          </div>
        </div>
        <ErrorSummary errors={errors} />
        <Code view={view} locale={locale} />
        <div class="section noted">
          <div class="stack">
            <Question view={view} locale={locale} />
            <Answer view={view} locale={locale} />
          </div>
          <Facts view={view} locale={locale} />
        </div>
        <RecordedEvents recorded={view.recorded} locale={locale} />
        <EraseForm view={view} locale={locale} />
        <form method="post" action={address(locale, 'me', 'leave')} class="section">
          <p class="text">{t('leave.why')}</p>
          <div class="actions">
            <Button tone="second">{t('leave')}</Button>
          </div>
        </form>
      </>
    ),
  };
}

function Standing({ view, locale, now }: Part & { now: Temporal.Instant }) {
  const t = supportPortalText(locale);
  const { answer, dueAt, organisation } = view;
  if (answer)
    return (
      <>
        {t.rich(answer.late ? 'standing.answered-late' : 'standing.answered', { organisation, date: <Instant at={answer.at} /> })}
      </>
    );
  const values = { organisation, date: <Instant at={dueAt} />, age: formatAge(locale, dueAt, now) };
  return <>{t.rich(Temporal.Instant.compare(dueAt, now) < 0 ? 'standing.late' : 'standing.waiting', values)}</>;
}

/** The code in groups. The gaps are drawn, so that copying gives the code itself. */
function Code({ view, locale }: Part) {
  const t = supportPortalText(locale);
  const groups = view.code.split('-');
  return (
    <section class="receipt" aria-labelledby="code">
      <h2 class="label" id="code">
        {t('code')}
      </h2>
      <p class="receipt-code" dir="ltr" translate={false}>
        {groups.flatMap((group, i) => [
          <span>
            {group}
            {i < groups.length - 1 && <span class="dash">-</span>}
          </span>,
          <wbr />,
        ])}
      </p>
      <p>{t('code.keep', { organisation: view.organisation })}</p>
      <p>
        <a href={address(locale, 'me', 'receipt')} download>
          {t('download')}
        </a>{' '}
        <span class="quiet">
          {t.rich('download.check', { verify: (text) => <a href={address(locale, 'verify')}>{text}</a> })}
        </span>
      </p>
    </section>
  );
}

function Question({ view, locale }: Part) {
  const t = supportPortalText(locale);
  const { clause, policy } = view;
  return (
    <section aria-labelledby="question">
      <h2 id="question">{t('question')}</h2>
      {clause && (
        <blockquote class="cited body" lang={policy.language} dir={dir(policy.language)}>
          {clause.excerpt}
        </blockquote>
      )}
      <p class="multiline spoken" lang={view.language} dir="auto">
        {view.question}
      </p>
    </section>
  );
}

function Answer({ view, locale }: Part) {
  const t = supportPortalText(locale);
  return (
    <section aria-labelledby="answer">
      <h2 id="answer">{t('answer', { organisation: view.organisation })}</h2>
      {view.answer ? (
        <p class="multiline spoken" dir="auto">
          {view.answer.text}
        </p>
      ) : (
        <p class="quiet">{t('answer.none')}</p>
      )}
      {view.published && (
        <Notice>
          <p>{t.rich('published', { date: <Instant at={view.published.at} day /> })}</p>
          <p class="multiline" dir="auto">
            <b>{view.published.question}</b>
          </p>
          <p class="multiline" dir="auto">
            {view.published.answer}
          </p>
        </Notice>
      )}
    </section>
  );
}

function Facts({ view, locale }: Part) {
  const t = supportPortalText(locale);
  const { policy, clause } = view;
  const anchor = clause ? `#${encodeURIComponent(clause.id)}` : '';
  return (
    <dl class="side-facts note">
      <dt>{t('about')}</dt>
      <dd>
        <a href={`${address(locale, 'policies', policy.slug, 'v', policy.version)}${anchor}`}>
          <bdi lang={policy.language}>{clause?.heading ?? policy.title}</bdi>
        </a>
        , {t('version', { number: policy.version })}
      </dd>
      <dt>{t('asked')}</dt>
      <dd>
        <Instant at={view.askedAt} />
      </dd>
      <dt>{t('due')}</dt>
      <dd>
        <Instant at={view.dueAt} />
      </dd>
      {view.reference && (
        <>
          <dt>{t('reference')}</dt>
          <dd>{view.reference.end === '' ? t('reference.given') : t('reference.ends', { end: view.reference.end })}</dd>
        </>
      )}
      <dt>{t('consent')}</dt>
      <dd>{t(view.mayPublish ? 'consent.yes' : 'consent.no', { organisation: view.organisation })}</dd>
    </dl>
  );
}

function EraseForm({ view, locale }: Part) {
  const t = supportPortalText(locale);
  const { organisation } = view;
  return (
    <section class="section" aria-labelledby="erase">
      <h2 id="erase">{t('erase')}</h2>
      <div class="text">
        <p>{t('erase.what', { organisation })}</p>
        <p>{t('erase.stays')}</p>
      </div>
      <form method="post" action={address(locale, 'me', 'erase')} class="more">
        <Checkbox name="confirm" label={t('erase.confirm')} error={view.eraseUnconfirmed ? t('erase.unconfirmed') : undefined} />
        <div class="actions">
          <Button tone="danger">{t('erase.send')}</Button>
        </div>
      </form>
    </section>
  );
}
