import { address, Instant, Notice, type Page, type Reader } from '#design';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import { connectionsText } from '../connections-text.ts';
import type { MadeKey } from './make-key.ts';

/** The one page on which a key can be read. */
export function consoleKeyTold({ key, programId, expiresAt }: MadeKey, { locale }: Reader): Page {
  const t = connectionsText(locale);
  return {
    title: t('key.told'),
    description: '',
    section: 'connections',
    path: 'console/connections/keys',
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} below="keys" />
        <div class="head">
          <div>
            <h1>{t('key.told')}</h1>
          </div>
          <p class="note">
            {t('keys.expires')} <Instant at={expiresAt} />
          </p>
        </div>
        <Notice tone="warn" announce>
          <p>{t('key.told.why')}</p>
        </Notice>
        <div class="section">
          <pre class="command" dir="ltr" translate={false}>
            <code>{key}</code>
          </pre>
          <p>{t('key.told.use')}</p>
          <pre class="command" dir="ltr" translate={false}>
            <code>Authorization: Bearer {key.slice(0, 15)}…</code>
          </pre>
          <p class="actions">
            <a href={address(locale, 'console', 'connections', 'keys', programId)}>{t('key.told.done')}</a>
          </p>
        </div>
      </>
    ),
  };
}
