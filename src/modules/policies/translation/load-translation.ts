import type { Context } from '#kernel/context';
import { type PolicyRecord, readVersionText } from '../read-policies.ts';
import { displaySource } from '../text/read-text.ts';
import { renderMarkdown } from '../text/render-markdown.tsx';
import type { TranslationView } from './console-translation.tsx';
import { listTranslations, readTranslationDraft, readTranslationSummary, readTranslationText } from './read-translations.ts';
import type { TranslatedView } from './translations-section.tsx';

type State = Pick<TranslationView, 'errors' | 'just'> & { readonly entered: TranslationView['entered'] | null };

/** The page of one language. `null` while there is no version to translate, or the asked one does not exist. */
export async function loadTranslation(
  ctx: Context,
  { document, versions }: PolicyRecord,
  language: string,
  asked: number | null,
  state: State,
): Promise<TranslationView | null> {
  const open = versions.filter(({ withdrawnAt }) => withdrawnAt === null);
  const version = asked === null ? open[0] : open.find(({ number }) => number === asked);
  if (!version) return null;
  const { number } = version;
  const original = await readVersionText(ctx, document.id, number);
  const draft = await readTranslationDraft(ctx, document.id, language);
  const [last] = (await listTranslations(ctx, document.id)).filter((each) => each.language === language);
  const begun = draft ?? {
    title: last?.title ?? '',
    text: (last && (await readTranslationText(ctx, last))?.toString('utf8')) ?? '',
    summary: last?.number === number ? ((await readTranslationSummary(ctx, last)) ?? '') : '',
    revision: 0,
  };
  return {
    slug: document.slug,
    title: document.title,
    original: {
      language: document.language,
      text: renderMarkdown(displaySource(original ?? '')),
      summary: version.summary,
    },
    language,
    number,
    numbers: open.map((each) => each.number),
    writtenFor: draft === null && last && last.number < number ? last.number : null,
    ...state,
    entered: state.entered ?? { title: begun.title, text: begun.text, summary: begun.summary, revision: begun.revision },
  };
}

/** How far each of the organisation's other languages is. */
export async function translatedViews(
  ctx: Context,
  { document, versions }: PolicyRecord,
  languages: readonly string[],
): Promise<TranslatedView[]> {
  if (versions.length === 0) return [];
  const there = await listTranslations(ctx, document.id);
  const others = [...new Set([...languages, ...there.map(({ language }) => language)])];
  return Promise.all(
    others
      .filter((language) => language !== document.language)
      .map(async (language) => {
        const [last] = there.filter((each) => each.language === language);
        const draft = await readTranslationDraft(ctx, document.id, language);
        const since = versions.filter(({ number, withdrawnAt }) => !withdrawnAt && number > (last?.number ?? 0)).length;
        return {
          language,
          number: last?.number ?? null,
          publishedAt: last?.publishedAt ?? null,
          behind: since,
          draftSavedAt: draft?.updatedAt ?? null,
        };
      }),
  );
}
