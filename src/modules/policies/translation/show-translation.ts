import type { Context } from '#kernel/context';
import type { PolicyRecord } from '../read-policies.ts';
import { pickTranslation } from './pick-translation.ts';
import { type Translation, readTranslationSummary, readTranslationText } from './read-translations.ts';
import type { TranslatedNotice } from './translated-notice.tsx';

export type ShownTranslation = {
  readonly notice: TranslatedNotice;
  /** What stands in place of the original; `null` while only an earlier version is translated. */
  readonly text: { readonly title: string; readonly bytes: Buffer; readonly summary: string | null } | null;
};

/**
 * What a version is in another language, for a reader of it; `null` where it was never translated, or what was is withheld.
 * @param there All translations of the document.
 */
export async function showTranslation(
  ctx: Context,
  { document }: PolicyRecord,
  there: readonly Translation[],
  number: number,
  language: string,
): Promise<ShownTranslation | null> {
  if (language === document.language) return null;
  const picked = pickTranslation(there, number, language);
  if (!picked) return null;
  const { standing, translation } = picked;
  const { edition, entry, title } = translation;
  const notice = { standing, language, master: document.language, number, translated: translation.number, edition, entry };
  if (standing === 'lagging') return { notice, text: null };
  const bytes = await readTranslationText(ctx, translation);
  if (bytes === null) return null;
  return { notice, text: { title, bytes, summary: await readTranslationSummary(ctx, translation) } };
}
