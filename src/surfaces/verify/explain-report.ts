import type { Bundle, ItemReport, Report, Step, StepCode, StepState } from '@troth/tlog';
import { explainItem, type ItemView } from './explain-item.ts';
import { explainStep, type Line } from './explain-step.ts';
import type { VerifyText } from './verify-text.ts';

/** What a check found, in words for people. Plain text throughout: a page and a terminal show the same sentences. */
export type ReportView = {
  readonly state: StepState;
  /** The first sentence, for somebody who reads no other. */
  readonly verdict: string;
  /** Each failed step, naming its entry. */
  readonly failures: readonly string[];
  /** What to do; only where something failed. */
  readonly advice: string | null;
  readonly kind: Bundle['kind'];
  /** How we know: the caption of the mark. */
  readonly known: string;
  /** That the file itself holds a later entry on the same matter. */
  readonly later: string | null;
  /** The line about witnesses, of the first item: "Signed by X alone; not witnessed." */
  readonly witnessed: string | null;
  /** 64 hexadecimal digits, where a trusted key signed. */
  readonly fingerprint: string | null;
  readonly items: readonly ItemView[];
  /** Steps about the file as a whole. */
  readonly whole: readonly Line[];
  readonly proves: readonly string[];
  readonly doesNotProve: readonly string[];
};

/** Turns a report into sentences. `bundle` is the one that the report is about; nothing is checked again here. */
export function explainReport(report: Report, bundle: Bundle, t: VerifyText): ReportView {
  const items = report.items.map((item, i) => explainItem(item, i, bundle, signerOf(item), t));
  const whole = report.whole.map((step) => explainStep(step, { place: placeOfWhole(step, t), signer: '' }, t));
  const failures = [...items.flatMap(({ lines }) => lines), ...whole].filter(({ state }) => state === 'failed');
  // A proof from the site brings the next entry on the same matter along; what was asked for is the rest.
  const asked = items.filter((item) => !item.later);
  const [first] = report.items;
  const witnessStep = first && first.steps.findIndex(({ code }) => code === 'checkpoint-witnessed');
  const later = items.find((item) => item.later);
  const fingerprint = stepOf(first, 'checkpoint-signed')?.facts['fingerprint'];
  return {
    state: report.state,
    verdict: verdictOf(report, bundle, asked.length, t),
    failures: failures.map(({ text }) => text),
    advice: report.state === 'failed' ? t('failed.do') : null,
    kind: bundle.kind,
    known: t(`kind.${report.state}`),
    later: later ? t('later.what', { place: later.place }) : null,
    witnessed: items[0]?.lines[witnessStep ?? -1]?.text ?? null,
    fingerprint: typeof fingerprint === 'string' ? fingerprint : null,
    items,
    whole,
    proves: report.state === 'ok' ? provesOf(report, bundle, t) : [],
    doesNotProve: report.state === 'failed' ? [] : limitsOf(report, t),
  };
}

function verdictOf(report: Report, bundle: Bundle, n: number, t: VerifyText): string {
  if (report.state === 'unknown') return t('verdict.unknown');
  if (report.state === 'ok') return t(`verdict.${contentOf(bundle)}`, { n });
  const steps = [...report.items.flatMap((item) => item.steps), ...report.whole];
  const failed = new Set(steps.filter(({ state }) => state === 'failed').map(({ code }) => code));
  const only = (code: StepCode): boolean => failed.size === 1 && failed.has(code);
  // Whoever pasted other keys has found no forgery, only that these keys do not speak for this log.
  if (only('checkpoint-signed')) return t('verdict.failed.key');
  return only('checkpoint-witnessed') ? t('verdict.failed.witness') : t('verdict.failed');
}

function contentOf(bundle: Bundle): 'text' | 'entry' | 'receipt' {
  if (bundle.kind === 'receipt') return 'receipt';
  return bundle.items[0]?.body ? 'text' : 'entry';
}

function provesOf(report: Report, bundle: Bundle, t: VerifyText): string[] {
  const list = t.list(report.items.map(({ index }) => String(index)));
  const proved = t(`proves.${contentOf(bundle)}`, { n: bundle.items.length, list });
  const witnessed = report.items.every((item) => stepOf(item, 'checkpoint-witnessed')?.state === 'ok');
  return [proved, t('proves.signed', { signer: signerOf(report.items[0]) }), ...(witnessed ? [t('proves.witnessed')] : [])];
}

function limitsOf(report: Report, t: VerifyText): string[] {
  const size = report.whole.find(({ code }) => code === 'superseding-excluded')?.facts['afterSize'] ?? '?';
  const alone = report.items.some((item) => stepOf(item, 'checkpoint-witnessed')?.state !== 'ok');
  return [
    t('not.true'),
    t('not.newer', { size: typeof size === 'object' ? t.list(size) : size }),
    ...(alone ? [t('not.witnessed', { signer: signerOf(report.items[0]) })] : []),
  ];
}

function placeOfWhole({ facts }: Step, t: VerifyText): string {
  const { index, n } = facts;
  if (typeof index === 'number') return t('place.entry', { index: String(index) });
  return typeof n === 'number' ? t('place.event', { n }) : t('place.file');
}

function stepOf(item: ItemReport | undefined, code: StepCode): Step | undefined {
  return item?.steps.find((step) => step.code === code);
}

/** The log's name, known only where its signature held. */
function signerOf(item: ItemReport | undefined): string {
  const origin = stepOf(item, 'checkpoint-signed')?.facts['origin'];
  return typeof origin === 'string' ? origin : '?';
}
