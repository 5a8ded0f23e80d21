import type { Context } from '#kernel/context';
import { entriesOf } from '#ledger';
import type { Organisation } from '#organisation';
import { replyDeadline } from './clock/reply-deadline.ts';
import { readStatedCount } from './count-questions.ts';
import type { ReplyPromise } from './reply-promise.tsx';
import { supportText } from './support-text.ts';

/** How the declared reply time is kept, by the last count that stands in the log: open late questions spend it like late answers. */
export async function loadReplyPromise(ctx: Context, organisation: Organisation, locale: string): Promise<ReplyPromise> {
  const count = await readStatedCount(ctx);
  const entry = count && (await entriesOf(ctx.db, [count.eventId])).get(count.eventId);
  return {
    within: supportText(locale)('within.hours', { hours: organisation.replyHours }),
    answeredInTime: count?.answeredInTime ?? 0,
    answeredLate: count?.answeredLate ?? 0,
    openLate: count?.openLate ?? 0,
    openInTime: count?.openInTime ?? 0,
    entry: entry?.index ?? null,
    countedAt: count?.at ?? null,
  };
}

/** What the form tells before anything is sent: the declared time in words, and when an answer would be due. */
export function replyDue(
  organisation: Organisation,
  now: Temporal.Instant,
  locale: string,
): { within: string; dueAt: Temporal.Instant } {
  const within = { businessHours: organisation.replyHours };
  return {
    within: supportText(locale)('within.hours', { hours: organisation.replyHours }),
    dueAt: replyDeadline({ askedAt: now, within, calendar: organisation.calendar }),
  };
}
