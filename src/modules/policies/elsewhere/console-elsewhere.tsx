import { address, Button, ErrorSummary, Field, Notice, type Page, type Reader } from '#design';
import { ConsoleCrumbs } from '../console-crumbs.tsx';
import { CopyStanding } from './copy-standing.tsx';
import { elsewhereText } from './elsewhere-text.ts';
import type { ElsewhereStanding } from './load-elsewhere.ts';
import { PullStanding } from './pull-standing.tsx';

export type ElsewhereField = 'copyUrl' | 'sourceUrl' | 'branch' | 'path' | 'take';

export type ElsewhereView = ElsewhereStanding & {
  /** What stands in the forms. */
  readonly entered: { readonly copyUrl: string; readonly sourceUrl: string; readonly branch: string; readonly path: string };
  readonly errors: readonly { readonly field: ElsewhereField; readonly message: string }[];
  readonly just: 'looking' | 'removed' | 'taken' | null;
};

type Part = { view: ElsewhereView; locale: string };

/** Where the website shows a document, and where its text is written if not here. */
export function consoleElsewhere(view: ElsewhereView, { locale }: Reader): Page {
  const t = elsewhereText(locale);
  const { slug, title, language, errors, just } = view;
  return {
    title: t(errors.length > 0 ? 'title.error' : 'title', { title }),
    description: '',
    section: 'policies',
    path: `console/policies/${encodeURIComponent(slug)}/elsewhere`,
    unlisted: true,
    body: (
      <>
        <ConsoleCrumbs locale={locale} policy={{ slug, title }} />
        <div class="head">
          <div>
            <h1>{t.rich('title', { title: <bdi lang={language}>{title}</bdi> })}</h1>
            <p class="lede">{t('lede')}</p>
          </div>
        </div>
        {just && (
          <Notice tone="good" announce>
            <p>{t(`just.${just}`)}</p>
          </Notice>
        )}
        <ErrorSummary errors={errors} />
        <CopyPart view={view} locale={locale} />
        <PullPart view={view} locale={locale} />
      </>
    ),
  };
}

function CopyPart({ view, locale }: Part) {
  const t = elsewhereText(locale);
  const { slug, copy, language, entered, errors } = view;
  return (
    <section class="section" aria-labelledby="copy">
      <h2 id="copy">{t('copy')}</h2>
      <p class="text">{t('copy.what')}</p>
      {copy && <CopyStanding copy={copy} language={language} locale={locale} />}
      <form method="post" action={address(locale, 'console', 'policies', slug, 'elsewhere', 'copy')} class="narrow">
        <Field
          name="copyUrl"
          label={t('copy.url')}
          hint={t('copy.url.hint')}
          error={errors.find(({ field }) => field === 'copyUrl')?.message}
          control={(props) => <input {...props} type="url" inputmode="url" dir="ltr" value={entered.copyUrl} />}
        />
        <Ends set={copy !== null} locale={locale} />
      </form>
    </section>
  );
}

function PullPart({ view, locale }: Part) {
  const t = elsewhereText(locale);
  const { slug, pull, entered, errors } = view;
  const errorAt = (name: ElsewhereField) => errors.find(({ field }) => field === name)?.message;
  return (
    <section class="section" aria-labelledby="pull" id="take">
      <h2 id="pull">{t('pull')}</h2>
      <p class="text">{t('pull.what')}</p>
      <PullStanding view={view} locale={locale} />
      <form method="post" action={address(locale, 'console', 'policies', slug, 'elsewhere', 'source')} class="narrow">
        <Field
          name="sourceUrl"
          label={t('source.url')}
          hint={t('source.url.hint')}
          error={errorAt('sourceUrl')}
          control={(props) => <input {...props} type="url" inputmode="url" dir="ltr" value={entered.sourceUrl} />}
        />
        <Field
          name="branch"
          label={t('branch')}
          optional
          hint={t('branch.hint')}
          error={errorAt('branch')}
          control={(props) => (
            <input {...props} dir="ltr" autocapitalize="none" spellcheck={false} maxlength={200} value={entered.branch} />
          )}
        />
        <Field
          name="path"
          label={t('path')}
          optional
          hint={t('path.hint')}
          error={errorAt('path')}
          control={(props) => (
            <input {...props} dir="ltr" autocapitalize="none" spellcheck={false} maxlength={500} value={entered.path} />
          )}
        />
        <Ends set={pull !== null} locale={locale} />
      </form>
    </section>
  );
}

/** The first button is the one that Enter in a field presses. */
function Ends({ set, locale }: { set: boolean; locale: string }) {
  const t = elsewhereText(locale);
  return (
    <div class="actions">
      <Button name="act" value="set">
        {t(set ? 'look' : 'set')}
      </Button>
      {set && (
        <Button name="act" value="remove" tone="second">
          {t('remove')}
        </Button>
      )}
    </div>
  );
}
