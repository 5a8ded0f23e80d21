import { element } from './element.ts';
import type { ReportView } from './explain-report.ts';
import { lineOf, type Line } from './explain-step.ts';
import type { VerifyText } from './verify-text.ts';
import type { Alarm, Watched } from './watch-log.ts';

/** What the comparison with the browser's memory came to, as one line of the result. */
export function explainWatched(watched: Watched, t: VerifyText): Line {
  if (isAlarm(watched)) return lineOf('failed', t(`memory.${watched.kind}`), t);
  if (!('kept' in watched)) return lineOf('unknown', t(watched.kind === 'other-log' ? 'memory.other' : 'memory.unreachable'), t);
  if (!watched.kept) return lineOf('unknown', t('memory.not-kept'), t);
  return lineOf('ok', t(`memory.${watched.kind}`, { older: watched.older, size: watched.size }), t);
}

export function isAlarm(watched: Watched): watched is Alarm {
  return watched.kind === 'rolled-back' || watched.kind === 'split-view';
}

/** A proof out of a log that contradicts itself must not look as good as one out of a sound log. */
export function underAlarm(view: ReportView, t: VerifyText): ReportView {
  return view.state === 'ok' ? { ...view, state: 'unknown', verdict: t('verdict.alarm'), known: t('kind.unknown') } : view;
}

/** The loudest thing this product ever says: above all results, with both signed states to take away as evidence. */
export function showAlarm(alarm: Alarm, id: string, t: VerifyText): HTMLElement {
  const { kind, older, size, held, shown } = alarm;
  return element(
    'section',
    { class: 'errors', 'aria-labelledby': id },
    element('h2', { id, tabindex: '-1' }, t(`memory.${kind}`)),
    element('p', {}, t(`memory.${kind}.what`, { older, size })),
    element('p', {}, t('memory.do')),
    ...signedState(t('memory.held'), held),
    ...signedState(t('memory.shown'), shown),
  );
}

function signedState(title: string, text: string): HTMLElement[] {
  return [
    element('h3', { class: 'more' }, title),
    element('pre', { class: 'exact scroll', tabindex: '0', role: 'region', 'aria-label': title }, text),
  ];
}
