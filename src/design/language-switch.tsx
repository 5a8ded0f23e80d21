import { languageName } from '#kernel/i18n';
import { useContext } from 'preact/hooks';
import { designText } from './design-text.ts';
import { ReaderContext } from './reader.ts';

/** The same page in the other languages, each named in itself. */
export function LanguageSwitch({ languages, hrefFor }: { languages: readonly string[]; hrefFor: (locale: string) => string }) {
  const { locale } = useContext(ReaderContext);
  if (languages.length < 2) return null;
  return (
    <nav class="languages" aria-label={designText(locale)('languages')}>
      <ul>
        {languages.map((other) => (
          <li>
            {other === locale ? (
              <span aria-current="true" lang={other}>
                {languageName(other)}
              </span>
            ) : (
              <a href={hrefFor(other)} lang={other} hreflang={other}>
                {languageName(other)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
