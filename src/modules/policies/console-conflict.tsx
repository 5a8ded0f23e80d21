import { DiffView, Instant, Notice, type Compared, type Page, type Reader } from '#design';
import { dir } from '#kernel/i18n';
import { ConsoleCrumbs } from './console-crumbs.tsx';
import { EditorForm, type EnteredDraft } from './console-editor-form.tsx';
import { policiesConsoleText } from './console-text.ts';
import type { MergedDraft, SingleField } from './merge-draft.ts';
import { changeClasses } from './notice/notice-rule.ts';
import { audienceText } from './scope-text.ts';
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
  /** Both together, with what each of them changed; `null` where nobody knows any more what both began from. */
  merged: (MergedDraft & { byMe: Compared | null; byThem: Compared | null }) | null;
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
        {view.merged && (
          <Notice tone={view.merged.conflicts + view.merged.overruled.length > 0 ? 'warn' : 'good'}>
            <p>{t('merge.outcome', { n: view.merged.conflicts })}</p>
            <Overruled view={view} locale={locale} />
          </Notice>
        )}
        {view.merged ? (
          <>
            <Differ id="by-them" head={t('merge.by-them')} comparison={view.merged.byThem} view={view} locale={locale} />
            <Differ id="by-me" head={t('merge.by-me')} comparison={view.merged.byMe} view={view} locale={locale} />
          </>
        ) : (
          <Differ id="differ" head={t('conflict.differ')} comparison={view.comparison} view={view} locale={locale} />
        )}
        <div class="section editor">
          <section aria-labelledby="mine">
            <h2 id="mine">{t(view.merged ? 'merge' : 'conflict.mine')}</h2>
            <p class="hint">{t(view.merged ? 'merge.hint' : 'conflict.mine.hint')}</p>
            <EditorForm
              view={{ ...view, entered: view.merged?.entered ?? { ...mine, revision: theirs.revision }, errors: [] }}
              locale={locale}
            />
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

const labels = { effectiveLocal: 'effective', audience: 'scope.who', jurisdiction: 'scope.where', changeClass: 'class' } as const;

function singleValue(name: SingleField, value: string, locale: string): string {
  const judged = changeClasses.find((each) => each === value);
  if (name === 'changeClass' && judged) return policiesConsoleText(locale)(`class.${judged}`);
  return name === 'audience' ? audienceText(value, locale) : value.replace('T', ' ');
}

type DifferProps = { id: string; head: string; comparison: Compared | null; view: PolicyConflictView; locale: string };

function Differ({ id, head, comparison, view, locale }: DifferProps) {
  const t = policiesConsoleText(locale);
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{head}</h2>
      {!view.merged && <p class="hint">{t('conflict.differ.hint')}</p>}
      <div lang={view.language} dir={dir(view.language)}>
        {comparison ? <DiffView comparison={comparison} /> : <p class="empty">{t('too-long')}</p>}
      </div>
    </section>
  );
}

/** A field that holds one value cannot hold both: the other's is said, so that it can be set again. */
function Overruled({ view, locale }: { view: PolicyConflictView; locale: string }) {
  const t = policiesConsoleText(locale);
  if (!view.merged || view.merged.overruled.length === 0) return null;
  return (
    <>
      <p>{t('merge.overruled')}</p>
      <ul>
        {view.merged.overruled.map((name) => (
          <li>
            {t(labels[name])}: {singleValue(name, view.theirs[name], locale) || t('merge.empty')}
          </li>
        ))}
      </ul>
    </>
  );
}
