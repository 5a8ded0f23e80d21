import { address, Button, Empty, Field, type Page, type Reader } from '#design';
import { trustText } from './trust-text.ts';

export type SearchResult = {
  href: string;
  title: string;
  kind: 'policy' | 'question' | 'entry';
  /** A passage around the hit, cut into what matched and what did not. */
  excerpt: readonly { text: string; hit: boolean }[];
};

export type SearchView = { query: string; results: readonly SearchResult[]; total: number };

/** Search in everything public. A form that works as a link, so that a result page can be passed on. */
export function searchPage({ query, results, total }: SearchView, { locale }: Reader): Page {
  const t = trustText(locale);
  return {
    title: query === '' ? t('search.title') : t('search.title.query', { query }),
    description: t('search.description'),
    section: 'search',
    path: 'search',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('search.title')}</h1>
            <search>
              <form method="get" action={address(locale, 'search')} class="inline-form more">
                <Field
                  name="q"
                  label={t('search.label')}
                  control={(props) => <input {...props} type="search" value={query} maxlength={200} autocomplete="off" />}
                />
                <Button>{t('search.button')}</Button>
              </form>
            </search>
          </div>
        </div>
        {query !== '' && (
          <section class="section" aria-labelledby="results">
            <h2 id="results">{t('search.count', { n: total, query })}</h2>
            {results.length === 0 ? (
              <Empty title={t('search.none')}>{t('search.none.do')}</Empty>
            ) : (
              <ol class="plain ruled">
                {results.map((result) => (
                  <Result result={result} locale={locale} />
                ))}
              </ol>
            )}
          </section>
        )}
      </>
    ),
  };
}

function Result({ result, locale }: { result: SearchResult; locale: string }) {
  const t = trustText(locale);
  return (
    <li class="qa">
      <p class="rubric">{t(`search.${result.kind}`)}</p>
      <h3>
        <a href={result.href}>{result.title}</a>
      </h3>
      <p class="text">{result.excerpt.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</p>
    </li>
  );
}

const before = 60;
const after = 140;

/** The passage around the first hit, cut into what matched and what did not; the beginning where nothing matched. */
export function excerptAround(text: string, query: string, locale: string): SearchResult['excerpt'] {
  const at = text.toLocaleLowerCase(locale).indexOf(query.toLocaleLowerCase(locale));
  if (at === -1) return [{ text: text.slice(0, before + after), hit: false }];
  const start = Math.max(0, at - before);
  const end = at + query.length;
  return [
    { text: `${start > 0 ? '…' : ''}${text.slice(start, at)}`, hit: false },
    { text: text.slice(at, end), hit: true },
    { text: `${text.slice(end, end + after)}${end + after < text.length ? '…' : ''}`, hit: false },
  ];
}
