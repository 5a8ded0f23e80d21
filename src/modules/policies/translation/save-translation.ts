import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { maxTextBytes } from '../text/read-text.ts';

export type TranslationEdit = {
  readonly documentId: string;
  /** BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly summary: string;
  /** The revision this edit began from; 0 for the first. */
  readonly revision: number;
};
export type SaveTranslationRefusal =
  | 'policies/document-not-found'
  | 'policies/language-not-valid'
  | 'policies/language-is-original'
  | 'policies/draft-changed-meanwhile'
  | 'policies/text-too-large';

/** Keeps the working text of a translation. Two translators never overwrite each other. */
export async function saveTranslation(
  ctx: Context,
  { documentId, language, title, text, summary, revision }: TranslationEdit,
): Promise<Outcome<{ revision: number }, SaveTranslationRefusal>> {
  scopeOf(ctx, 'policies:write');
  const bytes = Buffer.byteLength(text);
  if (bytes > maxTextBytes) return refuse('policies/text-too-large', { bytes, limit: maxTextBytes });
  const document = await ctx.db
    .selectFrom('policies.document')
    .select(['departmentId', 'language'])
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:write', { department: document.departmentId });
  if (!isLanguage(language)) return refuse('policies/language-not-valid');
  if (language === document.language) return refuse('policies/language-is-original');
  const current = await ctx.db
    .selectFrom('policies.translationDraft')
    .select('revision')
    .where('documentId', '=', documentId)
    .where('language', '=', language)
    .executeTakeFirst();
  if ((current?.revision ?? 0) !== revision)
    return refuse('policies/draft-changed-meanwhile', { revision: current?.revision ?? 0 });
  const said = { title: title.trim(), text: text.replaceAll('\r\n', '\n'), summary: summary.trim() };
  const draft = { ...said, revision: revision + 1, updatedAt: ctx.now() };
  await ctx.db
    .insertInto('policies.translationDraft')
    .values({ documentId, language, ...draft })
    .onConflict((conflict) => conflict.columns(['documentId', 'language']).doUpdateSet(draft))
    .execute();
  return done({ revision: draft.revision });
}

/** `de`, `pt-BR`: what a public leaf and an address can carry, and what has a name. */
export function isLanguage(text: string): boolean {
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/.test(text)) return false;
  try {
    return Intl.getCanonicalLocales(text)[0] === text;
  } catch {
    return false;
  }
}
