import { DiffView, Instant, Notice, type Compared, type Page, type Reader } from '#design';
import { dir } from '#kernel/i18n';
import { ConsoleCrumbs } from './console-crumbs.tsx';
import { EditorForm, type EnteredDraft } from './console-editor-form.tsx';
import { policiesConsoleText } from './console-text.ts';
import type { DraftedCopy } from './signed-copy/read-signed-copy.ts';

export type PolicyConflictView = {
  slug: string;
  title: string;
  language: string;
  zone: string;
  /** What this person wrote, not saved. */
  mine: EnteredDraft;
  /** What is saved now. */
  theirs: EnteredDraft & { savedAt: Temporal.Instant; role: string };
  /** From theirs to mine; `null` when comparing took too long. */
  comparison: Compared | null;
  signedCopy: DraftedCopy | null;
};

/** Two people wrote at once: both texts, what differs, and a form in which the second decides knowingly. */
export function consoleConflict(view: PolicyConflictView, { locale }: Reader): Page {
  const t = policiesConsoleText(locale);
  const { slug, title, language, mine, theirs } = view;
  const text = { lang: language, dir: dir(language) } as const;
  return {
    title: t('conflict.title', { title }),
    description: '',
    section: 'policies',
    path: `console/policies/${encodeURIComponent(slug)}`,
    unlisted: true,
    body: (
      <>
        <ConsoleCrumbs locale={locale} policy={{ slug, title }} />
        <div class="head">
          <div>
            <h1>{t('conflict')}</h1>
            <p class="lede">{t('conflict.lede')}</p>
          </div>
        </div>
        <Notice tone="warn" announce>
          <p>
            {t.rich('conflict.what', {
              date: <Instant at={theirs.savedAt} age />,
              role: theirs.role === 'owner' ? t('role.owner') : theirs.role,
            })}
          </p>
        </Notice>
        <section class="section" aria-labelledby="differ">
          <h2 id="differ">{t('conflict.differ')}</h2>
          <p class="hint">{t('conflict.differ.hint')}</p>
          <div {...text}>
            {view.comparison ? <DiffView comparison={view.comparison} /> : <p class="empty">{t('too-long')}</p>}
          </div>
        </section>
        <div class="section editor">
          <section aria-labelledby="mine">
            <h2 id="mine">{t('conflict.mine')}</h2>
            <p class="hint">{t('conflict.mine.hint')}</p>
            <EditorForm view={{ ...view, entered: { ...mine, revision: theirs.revision }, errors: [] }} locale={locale} />
          </section>
          <section aria-labelledby="theirs">
            <h2 id="theirs">{t('conflict.theirs')}</h2>
            <p class="hint">{t('conflict.theirs.hint')}</p>
            <div class="field">
              <label for="their-text">{t('text')}</label>
              <textarea id="their-text" class="source" rows={18} readonly {...text}>
                {theirs.text}
              </textarea>
            </div>
            <div class="field">
              <label for="their-summary">{t('summary')}</label>
              <textarea id="their-summary" class="short" rows={3} readonly {...text}>
                {theirs.summary}
              </textarea>
            </div>
          </section>
        </div>
      </>
    ),
  };
}
