import type { Context, Visibility } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { openObject } from '#ledger';

export type NewDocument = { readonly slug: string; readonly title: string; readonly language: string };
export type OpenDocumentRefusal = 'policies/slug-not-valid' | 'policies/slug-taken' | 'policies/title-missing';

/** Addresses that stand where a document's would: `/console/policies/new`. */
const reservedSlugs: ReadonlySet<string> = new Set(['new']);

const slugForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function isSlug(text: string): boolean {
  return slugForm.test(text) && text.length <= 80;
}

/** A document before its first version. It starts in rehearsal: staff see it, nobody else. */
export async function openDocument(
  ctx: Context,
  document: NewDocument,
): Promise<Outcome<{ documentId: string }, OpenDocumentRefusal>> {
  ctx.require('policies:write');
  return insertDocument(ctx, document, 'rehearsal');
}

/** Shared with the import, whose documents are public from their first version on. */
export async function insertDocument(
  ctx: Context,
  { slug, title, language }: NewDocument,
  visibility: Visibility,
): Promise<Outcome<{ documentId: string }, OpenDocumentRefusal>> {
  const name = title.trim();
  if (name === '' || name.length > 200) return refuse('policies/title-missing');
  if (!isSlug(slug) || reservedSlugs.has(slug)) return refuse('policies/slug-not-valid', { slug: slug.slice(0, 80) });
  const id = await openObject(ctx, visibility);
  // The row decides and not a look before it: of two that open the same slug at once, the second waits here and is refused.
  const written = await ctx.db
    .insertInto('policies.document')
    .values({ id, slug, title: name, language, createdAt: ctx.now() })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!written) return refuse('policies/slug-taken', { slug });
  await ctx.record({ type: 'policy.document-opened', object: id, fields: { slug, language } });
  return done({ documentId: id });
}

/** A slug for a title: lower case letters, digits and single hyphens, umlauts written out. May be empty. */
export function slugFor(title: string): string {
  const spelled = title.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss');
  const plain = spelled.normalize('NFKD').replace(/\p{M}/gu, '');
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
}
