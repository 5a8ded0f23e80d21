import { type Acting, ActingHead, pathOf, placeOf } from '#accounts';
import { Empty, type Page, type Reader } from '#design';
import { supportPortalText } from './portal-text.ts';

export type AskForView = {
  readonly under: Acting | null;
  readonly organisation: string;
  readonly policies: readonly {
    readonly slug: string;
    readonly title: string;
    readonly current: { readonly language: string };
  }[];
};

/** Which text a question in another person's name is about. */
export function portalAskFor({ under, organisation, policies }: AskForView, { locale }: Reader): Page {
  const t = supportPortalText(locale);
  return {
    title: t('room.ask.title'),
    description: '',
    section: 'acting',
    path: pathOf(under, 'ask'),
    unlisted: true,
    body: (
      <>
        <ActingHead under={under} title={t('room.ask.title')} lede={t('room.ask.lede')} current="ask" locale={locale} />
        {policies.length === 0 ? (
          <Empty title={t('room.ask.none')}>{t('room.ask.none.what', { organisation })}</Empty>
        ) : (
          <ul class="section">
            {policies.map(({ slug, title, current }) => (
              <li>
                <a href={placeOf(locale, under, 'ask', slug)}>
                  <bdi lang={current.language}>{title}</bdi>
                </a>
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  };
}
