import type { Context } from '#kernel/context';
import { type Outcome, done } from '#kernel/outcome';
import { readOrganisation } from '#organisation';

export type QuestionCount = {
  readonly asked: number;
  readonly answeredInTime: number;
  readonly answeredLate: number;
  readonly openInTime: number;
  readonly openLate: number;
};

/** How many were asked, and what became of each; erased ones stay counted, or erasing would mend the figure. */
export async function readLiveCount(ctx: Context): Promise<QuestionCount> {
  const now = ctx.now();
  const rows = await ctx.db.selectFrom('support.question').select(['dueAt', 'answeredAt', 'erasedAt']).execute();
  const answered = rows.flatMap(({ answeredAt, dueAt }) => (answeredAt ? [{ answeredAt, dueAt }] : []));
  // Erased while open: judged at the moment of erasure, after which nobody could answer any more.
  const open = rows.filter(({ answeredAt }) => !answeredAt);
  const openLate = open.filter(({ dueAt, erasedAt }) => isLate(erasedAt ?? now, dueAt)).length;
  const answeredLate = answered.filter(({ answeredAt, dueAt }) => isLate(answeredAt, dueAt)).length;
  return {
    asked: rows.length,
    answeredInTime: answered.length - answeredLate,
    answeredLate,
    openInTime: open.length - openLate,
    openLate,
  };
}

/**
 * States the count in the public record, when it changed. Called at fixed times only: a statement after each question
 * would tell when somebody asked.
 */
export async function countQuestions(ctx: Context): Promise<Outcome<{ stated: boolean }, never>> {
  ctx.require('support:read');
  const organisation = await readOrganisation(ctx);
  const last = await readStatedCount(ctx);
  const count = await readLiveCount(ctx);
  if (!organisation || (last ? same(last, count) : count.asked === 0)) return done({ stated: false });
  const eventId = await ctx.record({ type: 'questions.counted', object: organisation.object, fields: { ...count } });
  await ctx.db
    .insertInto('support.count')
    .values({ at: ctx.now(), ...count, eventId })
    .execute();
  return done({ stated: true });
}

/** The count that everybody can check in the log; `null` before the first statement. */
export async function readStatedCount(ctx: Context) {
  return (await ctx.db.selectFrom('support.count').selectAll().orderBy('at', 'desc').limit(1).executeTakeFirst()) ?? null;
}

function same(a: QuestionCount, b: QuestionCount): boolean {
  return (['asked', 'answeredInTime', 'answeredLate', 'openInTime', 'openLate'] as const).every((name) => a[name] === b[name]);
}

function isLate(at: Temporal.Instant, due: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, due) > 0;
}
