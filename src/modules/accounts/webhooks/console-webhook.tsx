import {
  address,
  Button,
  Checkbox,
  Empty,
  EntryNumber,
  ErrorSummary,
  Instant,
  Notice,
  type Page,
  type Reader,
  Table,
} from '#design';
import type { FetchRefusal } from '#kernel/fetch';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import type { Delivery, Webhook } from './list-webhooks.ts';
import { WebhookStanding } from './webhook-standing.tsx';
import { webhooksText } from './webhooks-text.ts';

export type WebhookView = {
  readonly webhook: Webhook;
  readonly errors: readonly { readonly field: 'confirm'; readonly message: string }[];
  readonly just: 'queued' | 'paused' | 'resumed' | null;
};

type Part = { view: WebhookView; locale: string };

/** One receiver: how it stands, what was sent, what can be done about it. */
export function consoleWebhook(view: WebhookView, { locale }: Reader): Page {
  const t = webhooksText(locale);
  const { webhook } = view;
  return {
    title: t(view.errors.length > 0 ? 'webhooks.error' : 'webhooks'),
    description: '',
    section: 'connections',
    path: `console/connections/webhooks/${webhook.id}`,
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} below="webhooks" />
        <div class="head">
          <div>
            <h1 dir="ltr">{webhook.url}</h1>
            <p class="lede">
              <WebhookStanding webhook={webhook} locale={locale} />
            </p>
          </div>
          <p class="note">
            {t('types')}: {webhook.types.flatMap((type, i) => [i === 0 ? '' : ', ', <code>{type}</code>])}
          </p>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`just.${view.just}`)}</p>
          </Notice>
        )}
        <ErrorSummary errors={view.errors} />
        <Doing view={view} locale={locale} />
        <div class="section">
          <h2>{t('deliveries')}</h2>
          {webhook.deliveries.length === 0 ? (
            <Empty title={t('deliveries.empty')} />
          ) : (
            <Deliveries webhook={webhook} locale={locale} />
          )}
        </div>
        <Removing view={view} locale={locale} />
      </>
    ),
  };
}

function Doing({ view: { webhook }, locale }: Part) {
  const t = webhooksText(locale);
  const here = (act: string) => address(locale, 'console', 'connections', 'webhooks', webhook.id, act);
  const failed = webhook.state === 'broken' || webhook.state === 'gone' || webhook.attempts > 0;
  return (
    <form method="post" action={here('test')} class="section">
      {webhook.oldSecretUntil && <p>{t.rich('overlap', { date: <Instant at={webhook.oldSecretUntil} /> })}</p>}
      <div class="actions">
        <Button tone={failed ? 'second' : 'first'}>{t('test')}</Button>
        {(failed || webhook.state === 'paused') && (
          <Button tone={failed ? 'first' : 'second'} formaction={here('resume')}>
            {t(failed ? 'resume.failed' : 'resume')}
          </Button>
        )}
        {webhook.state === 'active' && (
          <Button tone="second" formaction={here('pause')}>
            {t('pause')}
          </Button>
        )}
        <Button tone="second" formaction={here('secret')}>
          {t('replace')}
        </Button>
      </div>
    </form>
  );
}

function Deliveries({ webhook, locale }: { webhook: Webhook; locale: string }) {
  const t = webhooksText(locale);
  return (
    <>
      <Table
        caption={t('deliveries')}
        quiet
        rows={webhook.deliveries}
        columns={[
          {
            head: t('entry'),
            cell: ({ index }) =>
              index === null ? (
                t('entry.none')
              ) : (
                <a href={address(locale, 'log', 'public', 'entry', index)}>
                  <EntryNumber index={index} />
                </a>
              ),
          },
          { head: t('message'), cell: ({ type }) => <code>{type}</code> },
          { head: t('when'), cell: ({ at }) => <Instant at={at} /> },
          { head: t('outcome'), cell: (delivery) => <Outcome delivery={delivery} locale={locale} /> },
          { head: t('again'), cell: (delivery) => <Again webhookId={webhook.id} delivery={delivery} locale={locale} /> },
        ]}
      />
      <p class="hint more">{t('deliveries.kept')}</p>
    </>
  );
}

function Outcome({ delivery, locale }: { delivery: Delivery; locale: string }) {
  const t = webhooksText(locale);
  const { status, milliseconds, fault, delivered, attempts } = delivery;
  return (
    <>
      <span class={`state ${delivered ? 'kept' : 'broken'}`}>{t(delivered ? 'outcome.delivered' : 'outcome.failed')}</span>:{' '}
      {status === null ? t(`fault.${knownFault(fault)}`) : t('outcome.status', { status, milliseconds })},{' '}
      {t('outcome.attempts', { n: attempts })}
    </>
  );
}

const faults: readonly FetchRefusal[] = [
  'fetch/address-not-valid',
  'fetch/not-https',
  'fetch/not-public',
  'fetch/name-unknown',
  'fetch/not-reached',
  'fetch/too-slow',
  'fetch/too-large',
  'fetch/too-many-redirects',
];

function knownFault(fault: string | null): FetchRefusal | 'unknown' {
  return faults.find((known) => known === fault) ?? 'unknown';
}

function Again({ webhookId, delivery, locale }: { webhookId: string; delivery: Delivery; locale: string }) {
  const t = webhooksText(locale);
  if (delivery.index === null) return <span class="quiet">{t('again.test')}</span>;
  return (
    <form method="post" action={address(locale, 'console', 'connections', 'webhooks', webhookId, 'replay')}>
      <input type="hidden" name="message" value={delivery.messageId} />
      <button type="submit" class="linklike">
        <span aria-hidden="true">{t('again.do')}</span>
        <span class="visually-hidden">{t('again.for', { entry: delivery.index })}</span>
      </button>
    </form>
  );
}

function Removing({ view: { webhook, errors }, locale }: Part) {
  const t = webhooksText(locale);
  return (
    <details class="section" open={errors.length > 0}>
      <summary>{t('remove')}</summary>
      <form method="post" action={address(locale, 'console', 'connections', 'webhooks', webhook.id, 'remove')}>
        <Checkbox name="confirm" label={t('remove.confirm')} error={errors[0]?.message} />
        <div class="actions">
          <Button tone="danger">{t('remove')}</Button>
        </div>
      </form>
    </details>
  );
}
