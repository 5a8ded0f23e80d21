import { Instant } from '#design';
import type { Webhook } from './list-webhooks.ts';
import { webhooksText } from './webhooks-text.ts';

type Standing = Pick<Webhook, 'state' | 'attempts' | 'nextAttemptAt' | 'behind'>;

/** Whether a receiver gets what it should: in words, and never by colour alone. */
export function WebhookStanding({ webhook, locale }: { webhook: Standing; locale: string }) {
  const t = webhooksText(locale);
  const { state, attempts, nextAttemptAt, behind } = webhook;
  if (state === 'broken' || state === 'gone') return <span class="state broken">{t(`state.${state}`)}</span>;
  if (state === 'paused') return <span class="state wait">{t('state.paused')}</span>;
  if (attempts > 0)
    return (
      <>
        <span class="state wait">{t('state.retrying', { n: attempts })}</span>
        {nextAttemptAt && <>, {t.rich('state.retrying.at', { date: <Instant at={nextAttemptAt} /> })}</>}
      </>
    );
  return (
    <>
      <span class="state kept">{t('state.active')}</span>
      {behind > 0 && <>, {t('state.behind', { n: behind })}</>}
    </>
  );
}
