import { address, Button, Empty, ErrorSummary, Field, Notice, type Page, type Reader, Table } from '#design';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import type { Webhook } from './list-webhooks.ts';
import { WebhookStanding } from './webhook-standing.tsx';
import { webhooksText } from './webhooks-text.ts';

export type WebhookListView = {
  readonly webhooks: readonly Omit<Webhook, 'deliveries'>[];
  readonly knownTypes: readonly string[];
  readonly entered: { readonly url: string; readonly types: readonly string[] };
  readonly errors: readonly { readonly field: 'url' | 'types'; readonly message: string }[];
  readonly just: 'removed' | null;
};

/** Programs of the organisation that are told of the public record, and a new one. */
export function consoleWebhooks(view: WebhookListView, { locale }: Reader): Page {
  const t = webhooksText(locale);
  return {
    title: t(view.errors.length > 0 ? 'webhooks.error' : 'webhooks'),
    description: '',
    section: 'connections',
    path: 'console/connections/webhooks',
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} />
        <div class="head">
          <div>
            <h1>{t('webhooks')}</h1>
            <p class="lede">{t('webhooks.lede')}</p>
          </div>
          <p class="note">{t('webhooks.verify')}</p>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t('just.removed')}</p>
          </Notice>
        )}
        <ErrorSummary errors={view.errors} />
        <div class="section">
          {view.webhooks.length === 0 ? <Empty title={t('empty')} /> : <Receivers webhooks={view.webhooks} locale={locale} />}
        </div>
        <NewReceiver view={view} locale={locale} />
      </>
    ),
  };
}

function Receivers({ webhooks, locale }: { webhooks: WebhookListView['webhooks']; locale: string }) {
  const t = webhooksText(locale);
  return (
    <Table
      caption={t('webhooks')}
      quiet
      rows={webhooks}
      columns={[
        {
          head: t('receiver'),
          cell: ({ id, url }) => (
            <a href={address(locale, 'console', 'connections', 'webhooks', id)} dir="ltr">
              {url}
            </a>
          ),
        },
        { head: t('types'), cell: ({ types }) => types.flatMap((type, i) => [i === 0 ? '' : ', ', <code>{type}</code>]) },
        { head: t('state'), cell: (webhook) => <WebhookStanding webhook={webhook} locale={locale} /> },
      ]}
    />
  );
}

function NewReceiver({ view: { knownTypes, entered, errors }, locale }: { view: WebhookListView; locale: string }) {
  const t = webhooksText(locale);
  const errorAt = (field: 'url' | 'types') => errors.find((error) => error.field === field)?.message;
  const error = errorAt('types');
  return (
    <form method="post" action={address(locale, 'console', 'connections', 'webhooks')} class="section">
      <h2>{t('new')}</h2>
      <Field
        name="url"
        label={t('url')}
        hint={t('url.hint')}
        error={errorAt('url')}
        control={(props) => <input {...props} type="url" required maxlength={2_000} value={entered.url} dir="ltr" />}
      />
      <fieldset
        id="types"
        tabindex={-1}
        class={error ? 'field error' : 'field'}
        aria-describedby={error ? 'types-hint types-error' : 'types-hint'}
      >
        <legend>{t('types.which')}</legend>
        <p class="hint" id="types-hint">
          {t('types.hint')}
        </p>
        {error && (
          <p class="msg" id="types-error">
            {error}
          </p>
        )}
        {knownTypes.map((type, i) => (
          <div class="check">
            <input type="checkbox" id={`type-${i}`} name="types" value={type} checked={entered.types.includes(type)} />
            <label for={`type-${i}`}>
              <code>{type}</code>
            </label>
          </div>
        ))}
      </fieldset>
      <div class="actions">
        <Button>{t('add')}</Button>
      </div>
    </form>
  );
}
