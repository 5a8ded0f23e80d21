import { address, ErrorSummary, Instant, Notice, type Page, type Reader } from '#design';
import type { Visibility } from '#kernel/context';
import { dir } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { ConsoleCrumbs } from './console-crumbs.tsx';
import { autosaveScript, EditorForm, type EnteredDraft } from './console-editor-form.tsx';
import { DepartmentSection, type PlacedView } from './console-department.tsx';
import { EndSection, NoticeSection, type NoticeView } from './console-notice.tsx';
import { ElsewhereSection } from './elsewhere/elsewhere-section.tsx';
import type { ElsewhereStanding } from './elsewhere/load-elsewhere.ts';
import type { PolicyError } from './console-errors.ts';
import { SeenBy } from './console-policies.tsx';
import { policiesConsoleText } from './console-text.ts';
import type { DraftedCopy } from './signed-copy/read-signed-copy.ts';
import { ConsoleVersions } from './console-versions.tsx';
import { ApproversSection } from './review/approvers-section.tsx';
import { type TranslatedView, TranslationsSection } from './translation/translations-section.tsx';
import { VisibilitySection } from './console-visibility.tsx';
import type { VersionView } from './version-view.ts';

export type EditPolicyView = PlacedView &
  NoticeView & {
    slug: string;
    /** How many people who wrote none of it must approve a version. */
    approvers: number;
    translations: readonly TranslatedView[];
    title: string;
    language: string;
    /** IANA zone in which the time of effect is meant. */
    zone: string;
    visibility: Visibility;
    visibleSince: Temporal.Instant;
    /** What stands in the form: the saved draft, or what was sent and came back. */
    entered: EnteredDraft;
    /** When the draft was last saved; `null` when the form shows the newest version, or nothing was ever saved. */
    savedAt: Temporal.Instant | null;
    /** The text as readers will see it, when a preview was asked for. */
    preview: ComponentChildren | null;
    /** The headings of the preview, to go to. */
    outline: readonly { id: string; heading: string }[];
    /** Newest first. */
    versions: readonly VersionView[];
    signedCopy: DraftedCopy | null;
    /** A reason that came back with an error. */
    withdrawal: { number: number; reason: string } | null;
    errors: readonly PolicyError[];
    /** Where else the text stands. */
    elsewhere: ElsewhereStanding;
    /** The answer to the form that was just sent. */
    just:
      | 'approvers'
      | 'translated'
      | 'opened'
      | 'saved'
      | 'replaced'
      | 'signed-copy-attached'
      | 'signed-copy-removed'
      | 'published'
      | 'withdrawn'
      | 'hidden'
      | 'moved'
      | 'rules-chosen'
      | 'ended'
      | null;
  };

/** The desk of one document: its draft, its versions, who may see it. */
export function consoleEditPolicy(view: EditPolicyView, { locale }: Reader): Page {
  const t = policiesConsoleText(locale);
  const { slug, title, errors, just } = view;
  return {
    title: t(errors.length > 0 ? 'edit.title.error' : 'edit.title', { title }),
    description: '',
    section: 'policies',
    path: `console/policies/${encodeURIComponent(slug)}`,
    unlisted: true,
    scripts: [autosaveScript],
    body: (
      <>
        <ConsoleCrumbs locale={locale} />
        <div class="head">
          <div>
            <h1>
              <bdi lang={view.language}>{title}</bdi>
            </h1>
            <p class="lede">
              <SeenBy visibility={view.visibility} locale={locale} /> {t('edit.versions', { n: view.versions.length })}
            </p>
          </div>
          <p class="note">
            {view.savedAt ? t.rich('edit.saved-at', { date: <Instant at={view.savedAt} age /> }) : t('edit.no-draft')}
            {view.visibility === 'public' && (
              <>
                <br />
                <a href={address(locale, 'policies', slug)}>{t('edit.public-page')}</a>
              </>
            )}
          </p>
        </div>
        {just && (
          <Notice tone="good" announce>
            <p>{t(`just.${just}`)}</p>
          </Notice>
        )}
        <ErrorSummary errors={errors} />
        <div class={view.preview === null ? 'section' : 'section editor'}>
          <EditorForm view={view} locale={locale} />
          {view.preview !== null && (
            <section class="preview" aria-labelledby="preview">
              <h2 class="label" id="preview" tabindex={-1}>
                {t('preview')}
              </h2>
              {view.outline.length > 1 && (
                <details class="more">
                  <summary>{t('preview.outline', { n: view.outline.length })}</summary>
                  <ol class="plain" lang={view.language} dir={dir(view.language)}>
                    {view.outline.map(({ id, heading }) => (
                      <li>
                        <a href={`#${id}`}>{heading}</a>
                      </li>
                    ))}
                  </ol>
                </details>
              )}
              <div class="statute body" lang={view.language} dir={dir(view.language)}>
                {view.preview}
              </div>
            </section>
          )}
        </div>
        <ConsoleVersions view={view} locale={locale} />
        <TranslationsSection slug={slug} translations={view.translations} locale={locale} />
        <NoticeSection view={view} locale={locale} />
        <EndSection view={view} locale={locale} />
        <ElsewhereSection view={view.elsewhere} locale={locale} />
        <section class="section" aria-labelledby="acceptance">
          <h2 id="acceptance">{t('acceptance')}</h2>
          <p class="text">
            <a href={address(locale, 'console', 'policies', slug, 'acceptance')}>{t('edit.acceptance')}</a>
          </p>
        </section>
        <VisibilitySection view={view} locale={locale} />
        <ApproversSection view={view} locale={locale} />
        <DepartmentSection view={view} locale={locale} />
      </>
    ),
  };
}
