import type { Translation } from './read-translations.ts';

/** `current`: of the version itself. `lagging`: only an earlier version was translated. */
export type Picked = { readonly standing: 'current' | 'lagging'; readonly translation: Translation } | null;

/** What a reader of a language is shown of a version: its own translation, else the news that there is an older one. */
export function pickTranslation(translations: readonly Translation[], number: number, language: string): Picked {
  const [best] = translations
    .filter((each) => each.language === language && each.number <= number)
    .toSorted((a, b) => b.number - a.number || b.edition - a.edition);
  return best ? { standing: best.number === number ? 'current' : 'lagging', translation: best } : null;
}
