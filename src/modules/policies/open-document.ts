import type { Context, Visibility } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { openObject } from '#ledger';

export type NewDocument = { readonly slug: string; readonly title: string; readonly language: string };
export type OpenDocumentRefusal = 'policies/slug-not-valid' | 'policies/slug-taken' | 'policies/title-missing';

const slugForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

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
  if (!slugForm.test(slug) || slug.length > 80) return refuse('policies/slug-not-valid', { slug: slug.slice(0, 80) });
  const taken = await ctx.db.selectFrom('policies.document').select('id').where('slug', '=', slug).executeTakeFirst();
  if (taken) return refuse('policies/slug-taken', { slug });
  const id = await openObject(ctx, visibility);
  await ctx.db.insertInto('policies.document').values({ id, slug, title: name, language, createdAt: ctx.now() }).execute();
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
