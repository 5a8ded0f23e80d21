import { address, Notice, type Page, type Reader } from '#design';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import { scimText } from './scim-text.ts';

export type ScimToldView = { readonly name: string; readonly token: string; readonly base: string };

/** The one page on which a token can be read. */
export function consoleScimTold({ name, token, base }: ScimToldView, { locale }: Reader): Page {
  const t = scimText(locale);
  return {
    title: t('told', { name }),
    description: '',
    section: 'connections',
    path: 'console/connections/scim',
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} />
        <div class="head">
          <div>
            <h1>{t.rich('told', { name: <bdi>{name}</bdi> })}</h1>
          </div>
        </div>
        <Notice tone="warn" announce>
          <p>{t('told.why')}</p>
        </Notice>
        <div class="section">
          <pre class="command" dir="ltr" translate={false}>
            <code>{token}</code>
          </pre>
          <p>{t('told.use')}</p>
          <pre class="command" dir="ltr" translate={false}>
            <code>{base}</code>
          </pre>
          <p class="actions">
            <a href={address(locale, 'console', 'connections', 'scim')}>{t('told.done')}</a>
          </p>
        </div>
      </>
    ),
  };
}
