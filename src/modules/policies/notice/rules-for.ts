import type { Context } from '#kernel/context';
import type { NoticeRule } from './notice-rule.ts';
import { findRule } from './notice-rules.ts';

export type NoticeChoice = { readonly audience: string; readonly rules: readonly string[] };

/** The rules that a publication for an audience has to keep. A text for everyone concerns each group that has rules of its own. */
export async function rulesFor(ctx: Context, documentId: string, audience: string): Promise<NoticeRule[]> {
  const choices = await readNoticeChoices(ctx, documentId);
  const names = choices
    .filter((choice) => audience === 'everyone' || choice.audience === 'everyone' || choice.audience === audience)
    .flatMap(({ rules }) => rules);
  return [...new Set(names)].toSorted().map((name) => {
    const rule = findRule(name);
    if (!rule) throw new Error(`document ${documentId} has chosen the notice rule ${name}, which this release does not know`);
    return rule;
  });
}

/** What a document has chosen, by audience. For whoever may see the document. */
export async function readNoticeChoices(ctx: Context, documentId: string): Promise<NoticeChoice[]> {
  const rows = await ctx.db
    .selectFrom('policies.noticeChoice')
    .select(['audience', 'rule'])
    .where('documentId', '=', documentId)
    .orderBy('audience')
    .orderBy('rule')
    .execute();
  return [...Map.groupBy(rows, ({ audience }) => audience)].map(([audience, chosen]) => ({
    audience,
    rules: chosen.map(({ rule }) => rule),
  }));
}
