import type { Page, Reader } from '#design';
import { connectionsText } from '../connections-text.ts';
import type { Surface } from '../tables.ts';

export type GoToProviderView = {
  readonly surface: Surface;
  readonly name: string;
  /** Where the link leads, for the reader to see before they follow it. */
  readonly host: string;
  readonly url: string;
  /** What they go for. */
  readonly kind: 'sign-in' | 'add' | 'accept';
};

/** The last page here. A plain link, because no form of ours may lead to another site. */
export function goToProvider(view: GoToProviderView, { locale }: Reader): Page {
  const t = connectionsText(locale);
  const { name, host } = view;
  return {
    title: t('go', { name }),
    description: '',
    section: null,
    path: view.surface === 'console' ? 'console/sign-in' : 'me/sign-in',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('go', { name })}</h1>
        <p class="lede">{t(`go.${view.kind}`, { name })}</p>
        <p class="actions">
          <a class="button" href={view.url} rel="noreferrer">
            {t('go.link', { host })}
          </a>
        </p>
        <p class="note more">{t('go.what')}</p>
      </div>
    ),
  };
}
