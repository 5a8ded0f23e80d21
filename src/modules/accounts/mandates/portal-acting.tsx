import { address, Button, type Page, type Reader } from '#design';
import type { ComponentChildren } from 'preact';
import type { SeenMandate } from './list-mandates.ts';
import { MandateCrumbs } from './mandate-crumbs.tsx';
import { LastDay } from './mandate-marks.tsx';
import { mandatesText } from './mandates-text.ts';

export type ActingView = {
  readonly mandate: Pick<SeenMandate, 'id' | 'kind' | 'scope' | 'person' | 'expiresAt'>;
  /** What can be done here under this mandate, each a link or a form that leads to verbs for the principal. */
  readonly rooms: readonly { readonly href: string; readonly label: string }[];
};

/** The first page inside a mandate. */
export function portalActing(view: ActingView, { locale }: Reader): Page {
  const t = mandatesText(locale);
  const { id, person, scope } = view.mandate;
  return {
    title: t('acting.title', { person }),
    description: '',
    section: 'mandates',
    path: `me/for/${encodeURIComponent(id)}`,
    unlisted: true,
    body: (
      <ActingFrame mandate={view.mandate} locale={locale}>
        <section class="section" aria-labelledby="allowed">
          <h2 id="allowed">{t('acting.allowed')}</h2>
          <ul>
            {scope.map((each) => (
              <li>{t(`scope.${each}`)}</li>
            ))}
          </ul>
          {view.rooms.length === 0 ? (
            <p class="text">{t('acting.nothing')}</p>
          ) : (
            <ul>
              {view.rooms.map(({ href, label }) => (
                <li>
                  <a href={href}>{label}</a>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section class="section" aria-labelledby="stop">
          <h2 id="stop">{t('acting.stop')}</h2>
          <p class="text">{t('acting.stop.what')}</p>
          <form method="post" action={address(locale, 'me', 'mandates', id, 'end')}>
            <div class="actions">
              <Button tone="danger">{t('acting.stop.send')}</Button>
            </div>
          </form>
        </section>
      </ActingFrame>
    ),
  };
}

/** Around every page inside a mandate: for whom one acts stands above everything else and cannot be overlooked. */
export function ActingFrame(props: { mandate: ActingView['mandate']; locale: string; children: ComponentChildren }) {
  const { mandate, locale } = props;
  const t = mandatesText(locale);
  const { person, kind, expiresAt } = mandate;
  return (
    <>
      <MandateCrumbs surface="me" locale={locale} />
      <div class="notice warn">
        <h1>{t.rich('acting.heading', { person: <bdi>{person}</bdi> })}</h1>
        <p>
          {t.rich('acting.frame', { kind: t(`kind.${kind}`), date: <LastDay expiresAt={expiresAt} /> })}{' '}
          <a href={address(locale, 'me')}>{t('acting.leave')}</a>
        </p>
      </div>
      {props.children}
    </>
  );
}
