import { address, Button, Field } from '#design';
import { dir } from '#kernel/i18n';
import { errorAt, type PolicyError } from './console-errors.ts';
import { type EnteredPublication, PublicationFields } from './console-publication-fields.tsx';
import { policiesConsoleText } from './console-text.ts';
import type { DraftedCopy } from './signed-copy/read-signed-copy.ts';
import { SignedCopyField } from './signed-copy/signed-copy-field.tsx';

/** A draft as it stands in the form. */
export type EnteredDraft = EnteredPublication & {
  text: string;
  summary: string;
  /** `YYYY-MM-DDTHH:mm` in the organisation's zone; empty for "at once". */
  effectiveLocal: string;
  /** The revision it began from; 0 for the first. */
  revision: number;
};

export type EditorFormView = {
  slug: string;
  language: string;
  zone: string;
  entered: EnteredDraft;
  errors: readonly PolicyError[];
  /** The PDF that was signed, as it lies beside the draft. */
  signedCopy: DraftedCopy | null;
};

/** Saves the draft while somebody writes. */
export const autosaveScript = 'autosave.js';

/** The draft. Each of its buttons sends all of it, so that none loses what another field holds. */
export function EditorForm({ view, locale }: { view: EditorFormView; locale: string }) {
  const t = policiesConsoleText(locale);
  const { slug, entered, errors } = view;
  const text = { lang: view.language, dir: dir(view.language) } as const;
  return (
    <form
      method="post"
      action={address(locale, 'console', 'policies', slug)}
      enctype="multipart/form-data"
      class="editor-form"
      data-autosave
    >
      <input type="hidden" name="revision" value={entered.revision} />
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
      <details class="replace" open={errorAt(errors, 'file') !== undefined}>
        <summary>{t('replace')}</summary>
        <Field
          name="file"
          label={t('file')}
          hint={t('replace.hint')}
          error={errorAt(errors, 'file')}
          control={(props) => (
            <input {...props} type="file" accept=".md,.markdown,.txt,.html,.htm,.docx,text/markdown,text/plain,text/html" />
          )}
        />
        <Button tone="second" name="act" value="upload">
          {t('replace.send')}
        </Button>
      </details>
      <SignedCopyField view={view} locale={locale} />
      <Field
        name="summary"
        label={t('summary')}
        hint={t('summary.hint')}
        error={errorAt(errors, 'summary')}
        control={(props) => (
          <textarea {...props} {...text} class="short" rows={3} spellcheck>
            {entered.summary}
          </textarea>
        )}
      />
      <Field
        name="effectiveLocal"
        label={t('effective')}
        optional
        hint={t('effective.hint', { zone: view.zone })}
        error={errorAt(errors, 'effectiveLocal')}
        control={(props) => <input {...props} type="datetime-local" value={entered.effectiveLocal} class="moment" />}
      />
      <PublicationFields entered={entered} errors={errors} language={view.language} locale={locale} />
      <p
        class="note"
        role="status"
        data-autosave-status
        data-signed-out={t('autosave.signed-out')}
        data-failed={t('autosave.failed')}
      />
      <div class="actions">
        {/* First, because the first button is the one that Enter in a field presses: it must never publish. */}
        <Button name="act" value="save" tone="second">
          {t('save')}
        </Button>
        <Button name="act" value="preview" tone="second">
          {t('preview.send')}
        </Button>
        <Button name="act" value="review">
          {t('review.send')}
        </Button>
      </div>
    </form>
  );
}
