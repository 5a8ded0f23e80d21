import { address, Instant, Table } from '#design';
import { languageName } from '#kernel/i18n';
import { policiesConsoleText } from '../console-text.ts';

/** One language of a document that is not its own. */
export type TranslatedView = {
  readonly language: string;
  /** The newest version there is a translation of; `null` for none. */
  readonly number: number | null;
  readonly publishedAt: Temporal.Instant | null;
  /** How many versions came since; 0 for none. */
  readonly behind: number;
  readonly draftSavedAt: Temporal.Instant | null;
};

type Props = { slug: string; translations: readonly TranslatedView[]; locale: string };

/** How far each language is: what lags stands in words beside it. */
export function TranslationsSection({ slug, translations, locale }: Props) {
  const t = policiesConsoleText(locale);
  if (translations.length === 0) return null;
  return (
    <section class="section">
      <Table
        caption={t('translations')}
        rows={translations}
        columns={[
          {
            head: t('language'),
            cell: ({ language }) => (
              <a href={address(locale, 'console', 'policies', slug, 'translations', language)} lang={language}>
                {languageName(language)}
              </a>
            ),
          },
          { head: t('standing'), cell: (view) => <Standing view={view} locale={locale} /> },
          {
            head: t('draft'),
            cell: ({ draftSavedAt }) =>
              draftSavedAt ? t.rich('edit.saved-at', { date: <Instant at={draftSavedAt} age /> }) : t('none'),
          },
        ]}
      />
    </section>
  );
}

function Standing({ view: { number, behind, publishedAt }, locale }: { view: TranslatedView; locale: string }) {
  const t = policiesConsoleText(locale);
  if (number === null || publishedAt === null) return <span class="state unknown">{t('translation.none')}</span>;
  if (behind > 0) return <span class="state wait">{t('translation.lags', { number, behind })}</span>;
  return <>{t.rich('translation.current', { number, date: <Instant at={publishedAt} day /> })}</>;
}
