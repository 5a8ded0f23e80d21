import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { askedDocuments } from './asked-documents.ts';
import type { AskingRule } from './asking.ts';

/** How one document is asked about, and of which versions it can still be said that they ask again, newest first. */
export async function readAcceptanceSetting(
  ctx: Context,
  { documentId, departmentId }: { documentId: string; departmentId: string | null },
): Promise<Outcome<AskingRule & { readonly callable: readonly number[] }, 'policies/document-not-found'>> {
  ctx.require('policies:read', { department: departmentId });
  const [document] = await askedDocuments(ctx, { id: documentId });
  if (!document) return refuse('policies/document-not-found');
  const { rule, versions } = document;
  const callable = versions.filter(({ number, withdrawnAt }) => !withdrawnAt && !rule.calls.includes(number));
  return done({ ...rule, callable: callable.map(({ number }) => number) });
}
