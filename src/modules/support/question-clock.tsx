import { Instant } from '#design';
import { formatAge } from '#kernel/i18n';
import { supportConsoleText } from './console-text.ts';

/** Where a question stands on its way. The order is the order of the queue. */
export type QuestionState = 'late' | 'due-soon' | 'open' | 'answered' | 'answered-late' | 'erased';

export type QuestionTimes = {
  askedAt: Temporal.Instant;
  dueAt: Temporal.Instant;
  answeredAt: Temporal.Instant | null;
  erasedAt: Temporal.Instant | null;
};

// Half a working day before its deadline a question wants somebody today.
const soonHours = 4;

export function questionState({ dueAt, answeredAt, erasedAt }: QuestionTimes, now: Temporal.Instant): QuestionState {
  if (erasedAt) return 'erased';
  if (answeredAt) return Temporal.Instant.compare(answeredAt, dueAt) > 0 ? 'answered-late' : 'answered';
  if (Temporal.Instant.compare(now, dueAt) > 0) return 'late';
  return dueAt.since(now).total('hours') < soonHours ? 'due-soon' : 'open';
}

export const stateTone = {
  late: 'broken',
  'due-soon': 'wait',
  open: '',
  answered: 'kept',
  'answered-late': 'broken',
  erased: 'unknown',
} as const satisfies Record<QuestionState, string>;

/** Deadline of a question in words, and when it was kept. */
export function QuestionClock({ times, locale, now }: { times: QuestionTimes; locale: string; now: Temporal.Instant }) {
  const t = supportConsoleText(locale);
  const state = questionState(times, now);
  const at = times.erasedAt ?? times.answeredAt ?? times.dueAt;
  return (
    <>
      <span class={`state ${stateTone[state]}`}>{t(`clock.${state}`, { age: formatAge(locale, at, now) })}</span>{' '}
      <span class="quiet">
        <Instant at={at} />
      </span>
    </>
  );
}
