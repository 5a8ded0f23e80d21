import type { Outcome } from '#kernel/outcome';
import { policiesConsoleText, type PoliciesRefusal, policiesSentence } from '#policies';
import type { Desk } from './session.ts';

/** For the script of the page: a sentence, and the revision to go on from where it is saved. */
export function answerAutosave({ reader }: Desk, saved: Outcome<{ revision: number }, PoliciesRefusal>): Response {
  const { locale, now, zone } = reader;
  const t = policiesConsoleText(locale);
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (saved.ok) {
    const time = now
      .toZonedDateTimeISO(zone)
      .toPlainTime()
      .toLocaleString(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    return Response.json({ says: t('autosave.saved', { time }), revision: saved.value.revision }, { headers });
  }
  const { refusal, facts } = saved;
  const met = refusal === 'policies/draft-changed-meanwhile';
  const says = met ? t('autosave.conflict') : policiesSentence(refusal, facts, locale);
  return Response.json({ says }, { status: met ? 409 : 422, headers });
}
