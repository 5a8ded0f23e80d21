import { address, Button, ErrorSummary, Field, type Page, type Reader } from '#design';
import { languageName } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { ConsoleCrumbs } from './console-crumbs.tsx';
import { type DepartmentChoices, DepartmentField } from './console-department.tsx';
import { errorAt, type PolicyError } from './console-errors.ts';
import { policiesConsoleText } from './console-text.ts';

export type NewPolicyWay = 'paste' | 'upload' | 'template';

export type NewPolicyView = {
  /** `id` is what the field `template` carries. */
  templates: readonly { id: string; title: string; language: string; blanks: number }[];
  /** Those of the organisation; the first is chosen when nothing was. */
  languages: readonly string[];
  departments: DepartmentChoices;
  /** What was sent. A file never comes back; the browser forgets it. */
  entered: {
    way: NewPolicyWay;
    title: string;
    slug: string;
    language: string;
    department: string;
    text: string;
    template: string;
  };
  errors: readonly PolicyError[];
};

type Part = { view: NewPolicyView; locale: string };

/** A document begins: in rehearsal, with a first draft from one of three sources. */
export function consoleNewPolicy(view: NewPolicyView, { locale }: Reader): Page {
  const t = policiesConsoleText(locale);
  const { entered, errors } = view;
  return {
    title: t(errors.length > 0 ? 'new.title.error' : 'new.title'),
    description: '',
    section: 'policies',
    path: 'console/policies/new',
    unlisted: true,
    body: (
      <>
        <ConsoleCrumbs locale={locale} />
        <div class="head">
          <div>
            <h1>{t('new.title')}</h1>
            <p class="lede">{t('new.lede')}</p>
          </div>
        </div>
        <div class="section">
          <ErrorSummary errors={errors} />
          <form method="post" action={address(locale, 'console', 'policies', 'new')} enctype="multipart/form-data">
            <Field
              name="title"
              label={t('title')}
              hint={t('title.hint')}
              error={errorAt(errors, 'title')}
              control={(props) => <input {...props} maxlength={200} value={entered.title} dir="auto" />}
            />
            <Field
              name="slug"
              label={t('slug')}
              optional
              hint={t.rich('slug.hint', { example: <code>/{locale}/policies/privacy</code> })}
              error={errorAt(errors, 'slug')}
              control={(props) => (
                <input {...props} maxlength={80} autocapitalize="none" spellcheck={false} value={entered.slug} dir="ltr" />
              )}
            />
            <Field
              name="language"
              label={t('language')}
              hint={t('language.hint')}
              error={errorAt(errors, 'language')}
              control={(props) => (
                <select {...props}>
                  {view.languages.map((language) => (
                    <option value={language} lang={language} selected={entered.language === language}>
                      {languageName(language)}
                    </option>
                  ))}
                </select>
              )}
            />
            <DepartmentField choices={view.departments} chosen={entered.department} errors={errors} locale={locale} />
            <Ways view={view} locale={locale} />
            <div class="actions">
              <Button>{t('new.send')}</Button>
            </div>
          </form>
        </div>
      </>
    ),
  };
}

/** What belongs to the other ways is folded away by the stylesheet; without it, everything is there. */
function Ways({ view, locale }: Part) {
  const t = policiesConsoleText(locale);
  const error = errorAt(view.errors, 'way');
  return (
    <fieldset id="way" tabindex={-1} class={error ? 'field error' : 'field'} aria-describedby={error ? 'way-error' : undefined}>
      <legend>{t('way')}</legend>
      {error && (
        <p class="msg" id="way-error">
          {error}
        </p>
      )}
      <Way way="paste" view={view} locale={locale}>
        <Field
          name="text"
          label={t('text')}
          hint={t('text.hint')}
          error={errorAt(view.errors, 'text')}
          control={(props) => (
            <textarea {...props} class="source" rows={10} dir="auto" spellcheck>
              {view.entered.text}
            </textarea>
          )}
        />
      </Way>
      <Way way="upload" view={view} locale={locale}>
        <Field
          name="file"
          label={t('file')}
          hint={t('file.hint')}
          error={errorAt(view.errors, 'file')}
          control={(props) => (
            <input {...props} type="file" accept=".md,.markdown,.txt,.html,.htm,.docx,text/markdown,text/plain,text/html" />
          )}
        />
      </Way>
      {view.templates.length > 0 && (
        <Way way="template" view={view} locale={locale}>
          <Templates view={view} locale={locale} />
        </Way>
      )}
    </fieldset>
  );
}

function Way({ way, view, locale, children }: Part & { way: NewPolicyWay; children: ComponentChildren }) {
  const t = policiesConsoleText(locale);
  return (
    <div class="way">
      <div class="check">
        <input type="radio" id={`way-${way}`} name="way" value={way} checked={view.entered.way === way} />
        <label for={`way-${way}`}>{t(`way.${way}`)}</label>
      </div>
      <div class="way-body">{children}</div>
    </div>
  );
}

function Templates({ view, locale }: Part) {
  const t = policiesConsoleText(locale);
  const error = errorAt(view.errors, 'template');
  return (
    <fieldset
      id="template"
      tabindex={-1}
      class={error ? 'field error' : 'field'}
      aria-describedby={error ? 'template-error' : undefined}
    >
      <legend>{t('template')}</legend>
      {error && (
        <p class="msg" id="template-error">
          {error}
        </p>
      )}
      {view.templates.map(({ id, title, language, blanks }) => (
        <div class="check">
          <input type="radio" id={`template-${id}`} name="template" value={id} checked={view.entered.template === id} />
          <div>
            <label for={`template-${id}`} lang={language}>
              {title}
            </label>
            <p class="hint">{t('template.blanks', { n: blanks, language: languageName(language) })}</p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
