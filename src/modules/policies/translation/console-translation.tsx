import { address, Button, ErrorSummary, Field, Notice, type Page, type Reader } from '#design';
import { dir, languageName } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { ConsoleCrumbs } from '../console-crumbs.tsx';
import { errorAt, type PolicyError } from '../console-errors.ts';
import { policiesConsoleText } from '../console-text.ts';

export type TranslationView = {
  slug: string;
  /** Title of the original. */
  title: string;
  original: { language: string; text: ComponentChildren; summary: string };
  language: string;
  /** The version that is translated, and those that could be, newest first. */
  number: number;
  numbers: readonly number[];
  /** The version the text in the form was written for, when it is an earlier one. */
  writtenFor: number | null;
  entered: { title: string; text: string; summary: string; revision: number };
  errors: readonly PolicyError[];
  just: 'saved' | null;
};

/** The original on one side, its translation on the other. */
export function consoleTranslation(view: TranslationView, { locale }: Reader): Page {
  const t = policiesConsoleText(locale);
  const { slug, title, language, number, errors } = view;
  const name = languageName(language);
  return {
    title: t(errors.length > 0 ? 'translation.title.error' : 'translation.title', { title, language: name }),
    description: '',
    section: 'policies',
    path: `console/policies/${encodeURIComponent(slug)}/translations/${language}`,
    unlisted: true,
    body: (
      <>
        <ConsoleCrumbs locale={locale} policy={{ slug, title }} />
        <div class="head">
          <div>
            <h1>{t('translation.heading', { number, language: name })}</h1>
            <p class="lede">{t('translation.lede', { original: languageName(view.original.language) })}</p>
          </div>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t('just.saved')}</p>
          </Notice>
        )}
        {view.writtenFor !== null && (
          <Notice tone="warn">
            <p>
              {t('translation.older', { writtenFor: view.writtenFor, number })}{' '}
              <a href={address(locale, 'policies', slug, 'changes', number)}>{t('translation.changes')}</a>
            </p>
          </Notice>
        )}
        <ErrorSummary errors={errors} />
        <div class="section editor">
          <TranslationForm view={view} locale={locale} />
          <section class="preview" aria-labelledby="original">
            <h2 class="label" id="original">
              {t('translation.original', { number })}
            </h2>
            <div class="statute body" lang={view.original.language} dir={dir(view.original.language)}>
              {view.original.summary !== '' && <p class="multiline">{view.original.summary}</p>}
              {view.original.text}
            </div>
          </section>
        </div>
      </>
    ),
  };
}

function TranslationForm({ view, locale }: { view: TranslationView; locale: string }) {
  const t = policiesConsoleText(locale);
  const { slug, language, entered, errors } = view;
  const text = { lang: language, dir: dir(language) } as const;
  return (
    <form
      method="post"
      action={address(locale, 'console', 'policies', slug, 'translations', language)}
      enctype="multipart/form-data"
      class="editor-form"
    >
      <input type="hidden" name="revision" value={entered.revision} />
      <Field
        name="number"
        label={t('translation.of')}
        control={(props) => (
          <select {...props}>
            {view.numbers.map((number) => (
              <option value={number} selected={number === view.number}>
                {t('version.number', { number })}
              </option>
            ))}
          </select>
        )}
      />
      <Field
        name="title"
        label={t('title')}
        error={errorAt(errors, 'title')}
        control={(props) => <input {...props} {...text} maxlength={200} value={entered.title} />}
      />
      <Field
        name="text"
        label={t('text')}
        hint={t('text.hint')}
        error={errorAt(errors, 'text')}
        control={(props) => (
          <textarea {...props} {...text} class="source" rows={18} spellcheck>
            {entered.text}
          </textarea>
        )}
      />
      <Field
        name="summary"
        label={t('summary')}
        hint={t('translation.summary.hint')}
        error={errorAt(errors, 'summary')}
        control={(props) => (
          <textarea {...props} {...text} class="short" rows={3} spellcheck>
            {entered.summary}
          </textarea>
        )}
      />
      <p class="hint">{t('translation.then')}</p>
      <div class="actions">
        <Button name="act" value="save" tone="second">
          {t('save')}
        </Button>
        <Button name="act" value="publish">
          {t('translation.publish')}
        </Button>
      </div>
    </form>
  );
}
