import { address, EntryNumber, Notice, urlPart } from '#design';
import { languageName } from '#kernel/i18n';
import { policiesText } from '../policies-text.ts';

/** What a reader is told who reads this text in another language than its own, or would like to. */
export type TranslatedNotice = {
  /** `current`: the page shows the translation; `lagging`: there is one of an earlier version only. */
  readonly standing: 'current' | 'lagging';
  readonly language: string;
  /** The language that binds. */
  readonly master: string;
  /** The version on the page. */
  readonly number: number;
  /** The version that was translated. */
  readonly translated: number;
  readonly edition: number;
  readonly entry: number | null;
};

type Props = { notice: TranslatedNotice; slug: string; locale: string };

/** A translation never stands alone: what binds is named beside it, and so is a newer version that nobody has translated. */
export function TranslatedText({ notice, slug, locale }: Props) {
  const t = policiesText(locale);
  const { standing, number, translated, entry, edition } = notice;
  const language = languageName(notice.language);
  const versionAt = (other: number) => address(locale, 'policies', slug, 'v', other);
  if (standing === 'lagging') {
    return (
      <Notice>
        <p>
          {t.rich('translated.lags', {
            number,
            language,
            translated,
            older: (inner) => <a href={`${versionAt(translated)}/in/${urlPart(notice.language)}`}>{inner}</a>,
          })}
        </p>
      </Notice>
    );
  }
  return (
    <Notice>
      <p>
        {t.rich('translated', {
          number,
          language,
          master: languageName(notice.master),
          original: (inner) => <a href={versionAt(number)}>{inner}</a>,
        })}{' '}
        {t('translated.edition', { edition })}
        {entry !== null && (
          <a href={address(locale, 'log', 'public', 'entry', entry)}>
            <EntryNumber index={entry} />
          </a>
        )}
      </p>
    </Notice>
  );
}
