import { useContext } from 'preact/hooks';
import { designText } from './design-text.ts';
import { ReaderContext } from './reader.ts';

/** Steps through a list that grows at its newer end. Nothing is shown when the list fits on one page. */
export function Pagination({
  newer,
  older,
  middle,
}: {
  newer?: string | undefined;
  older?: string | undefined;
  middle?: string;
}) {
  const t = designText(useContext(ReaderContext).locale);
  if (newer === undefined && older === undefined) return null;
  return (
    <nav class="pages" aria-label={t('pages')}>
      {newer === undefined ? (
        <span />
      ) : (
        <a rel="prev" href={newer}>
          {t('pages.newer')}
        </a>
      )}
      {middle && <span class="quiet">{middle}</span>}
      {older === undefined ? (
        <span />
      ) : (
        <a rel="next" href={older}>
          {t('pages.older')}
        </a>
      )}
    </nav>
  );
}
