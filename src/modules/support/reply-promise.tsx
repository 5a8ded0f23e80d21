import { Claim, Evidence, Instant, type Reader } from '#design';
import { supportText } from './support-text.ts';

/** A question past its deadline and still without answer. Its text is not public; that it waits is. */
export type LateQuestion = {
  /** Public reference, not the receipt code. */
  reference: string;
  receivedAt: Temporal.Instant;
  dueAt: Temporal.Instant;
};

/** The reply-time promise and how it is kept, unanswered questions included. */
export type ReplyPromise = {
  /** In the reader's language, from the organisation's settings: `2 working days`. `null` when none is promised. */
  within: string | null;
  /** Questions whose deadline has passed or that were answered before it, over the window. */
  due: number;
  answeredInTime: number;
  /** Received, not answered, deadline still ahead: counted neither way. */
  waiting: number;
  /** Longest overdue first. */
  late: readonly LateQuestion[];
  /** Days over which is counted. */
  windowDays: number;
  /** Index of the public statement that declared the reply time. */
  entry: number | null;
  since: Temporal.Instant | null;
};

/** The promise as a row with its mark. Without a promise or without a case it is unknown, never kept. */
export function ReplyPromiseClaim(props: { promise: ReplyPromise; organisation: string; reader: Reader; level?: 2 | 3 }) {
  const { promise, organisation, reader, level = 3 } = props;
  const t = supportText(reader.locale);
  const { within, due, answeredInTime, late } = promise;
  const broken = due > answeredInTime;
  const tone = within === null || due === 0 ? 'unknown' : broken ? 'broken' : 'kept';
  const figure = due === 0 ? '?' : percent(answeredInTime, due);
  const mark = { kind: 'measured', state: tone === 'unknown' ? 'unknown' : broken ? 'broken' : 'current', figure } as const;
  return (
    <Claim
      level={level}
      tone={tone}
      state={tone === 'broken' ? t('promise.broken', { n: due - answeredInTime }) : t(`promise.${tone}`)}
      title={within === null ? t('promise.none', { organisation }) : t('promise.text', { within })}
      evidence={
        <Evidence
          mark={mark}
          who={t('promise.who')}
          remedy={within === null ? t('promise.remedy.none') : t('promise.remedy.empty')}
          since={promise.since ?? undefined}
          entry={promise.entry ?? undefined}
        />
      }
    >
      <p>{t('promise.counts', { due, inTime: answeredInTime, waiting: promise.waiting, days: promise.windowDays })}</p>
      {late.length > 0 && (
        <ul class="late">
          {late.slice(0, 5).map((question) => (
            <li>
              {t.rich('promise.late', {
                reference: <code>{question.reference}</code>,
                due: <Instant at={question.dueAt} day age />,
              })}
            </li>
          ))}
          {late.length > 5 && <li>{t('promise.late.more', { n: late.length - 5 })}</li>}
        </ul>
      )}
    </Claim>
  );
}

/** Rounded down, so that 399 of 400 never reads as 100 %. */
function percent(part: number, whole: number): string {
  return `${Math.floor((part / whole) * 100)}%`;
}
