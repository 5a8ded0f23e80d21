import { readForce, type Bundle, type ForcePeriod, type Report, type StepState } from '@troth/tlog';
import { localDay } from './local-day.ts';
import type { VerifyText } from './verify-text.ts';

/** What a proof of a version says about days: one sentence for all of them, or an answer to each. */
export type ForceAnswers =
  | { readonly kind: 'sentence'; readonly sentence: string }
  | { readonly kind: 'days'; readonly what: string; readonly limit: string; readonly on: (date: string) => DayAnswer };
/** `unknown`: what the file shows, and in words what it does not exclude. */
export type DayAnswer = { readonly state: StepState; readonly sentences: readonly string[] };

/** @returns `null` where the file is not about a version of a policy, or does not hold: nothing is read off what was changed. */
export function explainForce(report: Report, bundle: Bundle, t: VerifyText): ForceAnswers | null {
  if (bundle.kind !== 'statement' || report.state === 'failed') return null;
  const read = readForce(bundle.items);
  if (!read.ok) {
    if (read.refusal === 'force/not-a-version' || read.refusal === 'force/fields-missing') return null;
    const { seq = '?' } = read.facts;
    if (read.refusal === 'force/claimed-only') return { kind: 'sentence', sentence: t('force.claimed-only') };
    if (read.refusal === 'force/withdrawn') return { kind: 'sentence', sentence: t('force.withdrawn') };
    return { kind: 'sentence', sentence: t('force.contradiction', { seq: String(seq) }) };
  }
  const { version, audience, jurisdiction, zone } = read.value;
  const scope =
    jurisdiction === null ? t('force.scope', { audience }) : t('force.scope.place', { audience, place: jurisdiction });
  const size = report.whole.find(({ code }) => code === 'superseding-excluded')?.facts['afterSize'] ?? '?';
  return {
    kind: 'days',
    what: t('force.what', { version, scope, zone }),
    limit: t('force.closer'),
    on: (date) => answerDay(read.value, date, typeof size === 'object' ? t.list(size) : size, t),
  };
}

function answerDay(period: ForcePeriod, date: string, size: string | number, t: VerifyText): DayAnswer {
  const day = localDay(date, period.zone);
  if (!day) return { state: 'unknown', sentences: [t('force.no-day', { example: '2026-12-31' })] };
  const { version, by } = period;
  const from = Date.parse(period.from);
  const until = period.until === null ? Infinity : Date.parse(period.until);
  const known = Date.parse(period.knownUntil);
  const told = (state: StepState, sentence: string, certain: boolean): DayAnswer => ({
    state: certain ? state : 'unknown',
    sentences: [
      sentence,
      certain
        ? t('force.certain', { known: t.instant(known) })
        : t('force.open', { entry: String(period.knownEntry ?? '?'), known: t.instant(known), size }),
    ],
  });
  if (day.end <= from) return { state: 'failed', sentences: [t('force.not-yet', { version, from: t.instant(from) })] };
  if (until <= day.start) {
    const over = by === 'ending' ? 'force.ended' : 'force.superseded';
    // Until then what took its place could still be withdrawn.
    return told('failed', t(over, { by: by ?? '?', until: t.instant(until) }), until <= known);
  }
  const [begins, ends] = [Math.max(from, day.start), Math.min(until, day.end)];
  const whole = begins === day.start && ends === day.end;
  const part = { version, from: t.instant(begins), until: t.instant(ends) };
  return told('ok', whole ? t('force.whole', { version }) : t('force.part', part), ends <= known);
}
