import { address, Empty, Instant, Notice, type Page, type Reader, Table } from '#design';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import { connectionsText } from '../connections-text.ts';
import type { Provider } from './list-providers.ts';

export type ProviderListView = {
  readonly providers: readonly Provider[];
  readonly just: 'added' | 'changed' | 'disabled' | 'enabled' | null;
};

/** Where people may sign in instead of here. */
export function consoleProviders({ providers, just }: ProviderListView, { locale }: Reader): Page {
  const t = connectionsText(locale);
  const at = (...rest: string[]) => address(locale, 'console', 'connections', 'providers', ...rest);
  return {
    title: t('providers'),
    description: '',
    section: 'connections',
    path: 'console/connections/providers',
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} />
        <div class="head">
          <div>
            <h1>{t('providers')}</h1>
            <p class="lede">{t('providers.lede')}</p>
          </div>
          <p class="note">
            <a href={at('new')}>{t('providers.add')}</a>
          </p>
        </div>
        {just && (
          <Notice tone="good" announce>
            <p>{t(`just.${just}`)}</p>
          </Notice>
        )}
        <div class="section">
          {providers.length === 0 ? (
            <Empty title={t('providers.empty')}>
              <p>{t('providers.empty.do')}</p>
            </Empty>
          ) : (
            <Table
              caption={t('providers')}
              quiet
              rows={providers}
              columns={[
                {
                  head: t('provider'),
                  cell: ({ id, name, issuer }) => (
                    <>
                      <a href={at(id)}>
                        <bdi>{name}</bdi>
                      </a>
                      <br />
                      <bdi class="quiet">{issuer}</bdi>
                    </>
                  ),
                },
                { head: t('audience'), cell: ({ audience }) => t(`audience.${audience}`) },
                { head: t('people'), number: true, cell: ({ people }) => people },
                {
                  head: t('state'),
                  cell: ({ disabledAt }) =>
                    disabledAt ? (
                      <>
                        {t('state.off')} <Instant at={disabledAt} day />
                      </>
                    ) : (
                      t('state.on')
                    ),
                },
              ]}
            />
          )}
        </div>
      </>
    ),
  };
}
