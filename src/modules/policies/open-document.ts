import { listDepartments } from '#accounts';
import type { Context, Visibility } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { openObject } from '#ledger';

export type NewDocument = {
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  /** Whose it is; left out or `null`, the whole organisation's. */
  readonly departmentId?: string | null;
};
export type InsertRefusal = 'policies/slug-not-valid' | 'policies/slug-taken' | 'policies/title-missing';
export type OpenDocumentRefusal = InsertRefusal | 'policies/department-not-found';

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
  const departmentId = document.departmentId ?? null;
  ctx.require('policies:write', { department: departmentId });
  if (!(await departmentExists(ctx, departmentId))) return refuse('policies/department-not-found');
  const opened = await insertDocument(ctx, document, 'rehearsal');
  if (opened.ok && departmentId !== null) await recordPlace(ctx, opened.value.documentId, null, departmentId);
  return opened;
}

export async function departmentExists(ctx: Context, departmentId: string | null): Promise<boolean> {
  return departmentId === null || (await listDepartments(ctx)).some(({ id }) => id === departmentId);
}

/** Under whoever did it and not under the document: how the organisation divides its work is nothing for the public record. */
export async function recordPlace(ctx: Context, document: string, from: string | null, to: string | null): Promise<void> {
  if (ctx.actor.kind === 'staff')
    await ctx.record({ type: 'staff.document-placed', subject: ctx.actor.id, body: { document, from, to } });
}

/** Shared with the import, whose documents are public from their first version on. */
export async function insertDocument(
  ctx: Context,
  { slug, title, language, departmentId = null }: NewDocument,
  visibility: Visibility,
): Promise<Outcome<{ documentId: string }, InsertRefusal>> {
  const name = title.trim();
  if (name === '' || name.length > 200) return refuse('policies/title-missing');
  if (!isSlug(slug) || reservedSlugs.has(slug)) return refuse('policies/slug-not-valid', { slug: slug.slice(0, 80) });
  const id = await openObject(ctx, visibility);
  // The row decides and not a look before it: of two that open the same slug at once, the second waits here and is refused.
  const written = await ctx.db
    .insertInto('policies.document')
    .values({ id, slug, title: name, language, departmentId, createdAt: ctx.now() })
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
