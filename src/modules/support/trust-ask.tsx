import { address, Button, Checkbox, ErrorSummary, Field, Instant, urlPart, type Page, type Reader } from '#design';
import { dir } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { type Acting, ActingHead, ForWhom, pathOf, placeOf } from '#accounts';
import { supportText } from './support-text.ts';

export type AskField = 'question' | 'email' | 'reference';

export type AskView = {
  /** Inside a mandate: for whom is asked. */
  under: Acting | null;
  organisation: string;
  policy: { slug: string; title: string; language: string; version: number };
  /** The clause as the asker reads it; `null` when the question is about the whole text. */
  clause: { id: string; heading: string | null; excerpt: ComponentChildren } | null;
  /** `2 working days`, in the reader's language; `null` when no reply time is promised. */
  within: string | null;
  /** When an answer would be due if the question came now. */
  dueAt: Temporal.Instant | null;
  /** What was sent, when it came back with errors. */
  entered: { question: string; email: string; reference: string; publish: boolean };
  /** Other passages of the text; offered inside a mandate, where nobody comes from the text itself. */
  passages: readonly { id: string; heading: string }[];
  errors: readonly { field: AskField; message: string }[];
  maxLength: number;
};

/** The form to ask about one clause. It needs no account, no e-mail and no script. */
export function trustAsk(view: AskView, { locale }: Reader): Page {
  const t = supportText(locale);
  const { policy, clause, errors, under, organisation } = view;
  const about = clause?.heading ?? policy.title;
  return {
    title: t(errors.length > 0 ? 'ask.title.error' : 'ask.title', { about }),
    description: t('ask.description', { title: policy.title, organisation: view.organisation }),
    section: under ? 'acting' : 'policies',
    path: under ? pathOf(under, 'ask', policy.slug) : `policies/${urlPart(policy.slug)}/ask`,
    unlisted: true,
    body: (
      <>
        {!under && (
          <nav class="crumbs" aria-label={t('crumbs')}>
            <ol>
              <li>
                <a href={address(locale, 'policies', policy.slug)}>{policy.title}</a>
              </li>
            </ol>
          </nav>
        )}
        <ActingHead
          under={under}
          title={t('ask.heading')}
          lede={under ? t('ask.for.lede', { organisation, person: under.person }) : t('ask.lede', { organisation })}
          current="ask"
          locale={locale}
        />
        <div class="section noted">
          <div>
            <ErrorSummary errors={errors} />
            <QuotedClause view={view} locale={locale} />
            <AskForm view={view} locale={locale} />
            {under && <Passages view={view} under={under} locale={locale} />}
          </div>
          <WhatHappens view={view} locale={locale} />
        </div>
      </>
    ),
  };
}

function QuotedClause({ view, locale }: { view: AskView; locale: string }) {
  const t = supportText(locale);
  const { policy, clause } = view;
  return (
    <>
      <p class="rubric">{t('ask.about', { title: policy.title, number: policy.version })}</p>
      {clause && (
        <blockquote class="cited body" lang={policy.language} dir={dir(policy.language)}>
          {clause.heading !== null && (
            <p>
              <b>{clause.heading}</b>
            </p>
          )}
          {clause.excerpt}
        </blockquote>
      )}
    </>
  );
}

function AskForm({ view, locale }: { view: AskView; locale: string }) {
  const t = supportText(locale);
  const { policy, clause, entered, under } = view;
  const errorOf = (field: AskField) => view.errors.find((error) => error.field === field)?.message;
  return (
    <form
      method="post"
      action={under ? placeOf(locale, under, 'ask', policy.slug) : address(locale, 'policies', policy.slug, 'ask')}
    >
      <ForWhom under={under} />
      <input type="hidden" name="version" value={policy.version} />
      {clause && <input type="hidden" name="clause" value={clause.id} />}
      <Field
        name="question"
        label={t('ask.question')}
        hint={t('ask.question.hint')}
        error={errorOf('question')}
        control={(props) => (
          <textarea {...props} rows={6} required maxlength={view.maxLength}>
            {entered.question}
          </textarea>
        )}
      />
      {!under && <OwnWords view={view} errorOf={errorOf} locale={locale} />}
      <div class="actions">
        <Button>{t('ask.send')}</Button>
      </div>
    </form>
  );
}

type OwnWordsProps = { view: AskView; errorOf: (field: AskField) => string | undefined; locale: string };

/** What only people themselves decide: what opens the receipt, and whether everybody may read it. */
function OwnWords({ view, errorOf, locale }: OwnWordsProps) {
  const t = supportText(locale);
  const { entered } = view;
  return (
    <>
      <Field
        name="email"
        label={t('ask.email')}
        optional
        hint={t('ask.email.hint')}
        error={errorOf('email')}
        control={(props) => <input {...props} type="email" autocomplete="email" value={entered.email} />}
      />
      <Field
        name="reference"
        label={t('ask.reference')}
        optional
        hint={t('ask.reference.hint')}
        error={errorOf('reference')}
        control={(props) => <input {...props} autocomplete="off" maxlength={100} dir="ltr" value={entered.reference} />}
      />
      <Checkbox
        name="publish"
        label={t('ask.publish', { organisation: view.organisation })}
        hint={t('ask.publish.hint')}
        checked={entered.publish}
      />
    </>
  );
}

function Passages({ view: { passages, policy }, under, locale }: { view: AskView; under: Acting; locale: string }) {
  if (passages.length === 0) return null;
  const form = `${placeOf(locale, under, 'ask', policy.slug)}?version=${policy.version}`;
  return (
    <details class="more">
      <summary>{supportText(locale)('ask.for.passages')}</summary>
      <ul lang={policy.language}>
        {passages.map(({ id, heading }) => (
          <li>
            <a href={`${form}&clause=${urlPart(id)}`}>{heading}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function WhatHappens({ view, locale }: { view: AskView; locale: string }) {
  const t = supportText(locale);
  return (
    <section class="note" aria-labelledby="next">
      <h2 class="label" id="next">
        {t('ask.next')}
      </h2>
      <ol class="next">
        <li>{view.under ? t('ask.for.receipt', { person: view.under.person }) : t('ask.next.receipt')}</li>
        <li>
          {view.within === null || view.dueAt === null
            ? t('ask.next.no-deadline', { organisation: view.organisation })
            : t.rich('ask.next.deadline', { within: view.within, date: <Instant at={view.dueAt} /> })}
        </li>
        <li>{t('ask.next.late')}</li>
        <li>{t('ask.next.log')}</li>
      </ol>
    </section>
  );
}
