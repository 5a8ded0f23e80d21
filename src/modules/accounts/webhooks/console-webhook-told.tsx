import { address, Notice, type Page, type Reader } from '#design';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import { webhooksText } from './webhooks-text.ts';

export type WebhookToldView = {
  readonly webhookId: string;
  readonly url: string;
  readonly secret: string;
  /** It takes the place of another one, which goes on signing for a while. */
  readonly replaces: boolean;
};

/** The one page on which a secret can be read. */
export function consoleWebhookTold({ webhookId, url, secret, replaces }: WebhookToldView, { locale }: Reader): Page {
  const t = webhooksText(locale);
  return {
    title: t('told'),
    description: '',
    section: 'connections',
    path: 'console/connections/webhooks',
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} below="webhooks" />
        <div class="head">
          <div>
            <h1>{t('told')}</h1>
            <p class="lede" dir="ltr">
              {url}
            </p>
          </div>
        </div>
        <Notice tone="warn" announce>
          <p>{t('told.why')}</p>
        </Notice>
        <div class="section">
          <p>{t('told.use')}</p>
          <pre class="command" dir="ltr" translate={false}>
            <code>{secret}</code>
          </pre>
          {replaces && <p>{t('told.overlap')}</p>}
          <p class="actions">
            <a href={address(locale, 'console', 'connections', 'webhooks', webhookId)}>{t('told.done')}</a>
          </p>
        </div>
      </>
    ),
  };
}
