import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isAudience } from '../scope.ts';
import { readNoticeChoices } from './rules-for.ts';
import { findRule } from './notice-rules.ts';

export type NoticeRulesChoice = {
  readonly documentId: string;
  readonly audience: string;
  /** Names with versions, such as `default@1`; none lets every change take effect at once. */
  readonly rules: readonly string[];
};
export type ChooseNoticeRulesRefusal =
  | 'policies/document-not-found'
  | 'policies/audience-unknown'
  | 'policies/notice-rule-unknown'
  | 'policies/notice-rules-unchanged';

/** Says which rules of notice a document follows from now on. Public with the document: who drops a rule does so in the open. */
export async function chooseNoticeRules(
  ctx: Context,
  { documentId, audience, ...sent }: NoticeRulesChoice,
): Promise<Outcome<null, ChooseNoticeRulesRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select(['slug', 'departmentId'])
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:publish', { department: document.departmentId });
  if (!isAudience(audience)) return refuse('policies/audience-unknown', { audience: audience.slice(0, 80) });
  const unknown = sent.rules.find((name) => !findRule(name));
  if (unknown !== undefined) return refuse('policies/notice-rule-unknown', { name: unknown.slice(0, 80) });
  const rules = [...new Set(sent.rules)].toSorted();
  const before = (await readNoticeChoices(ctx, documentId)).find((choice) => choice.audience === audience)?.rules ?? [];
  if (before.join() === rules.join()) return refuse('policies/notice-rules-unchanged');
  await ctx.db
    .deleteFrom('policies.noticeChoice')
    .where('documentId', '=', documentId)
    .where('audience', '=', audience)
    .execute();
  if (rules.length > 0)
    await ctx.db
      .insertInto('policies.noticeChoice')
      .values(rules.map((rule) => ({ documentId, audience, rule })))
      .execute();
  await ctx.record({
    type: 'policy.notice-rules-chosen',
    object: documentId,
    fields: { slug: document.slug, audience, noticeRules: rules },
  });
  return done(null);
}
