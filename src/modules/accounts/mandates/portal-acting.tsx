import { address, Button, type Page, type Reader } from '#design';
import { type Acting, ActingHead, pathOf, placeOf, roomsOf } from './acting.tsx';
import { ActList } from './act-list.tsx';
import type { MandateAct } from './acts-under.ts';
import { mandatesText } from './mandates-text.ts';

export type ActingView = {
  readonly under: Acting;
  /** What was done under it, newest first: the person reads the same. */
  readonly acts: readonly MandateAct[];
};

/** The first page inside a mandate: what it allows, where, and what was done under it. */
export function portalActing({ under, acts }: ActingView, { locale }: Reader): Page {
  const t = mandatesText(locale);
  const { id, person, scope } = under;
  return {
    title: t('acting.title', { person }),
    description: '',
    section: 'acting',
    path: pathOf(under),
    unlisted: true,
    body: (
      <>
        <ActingHead
          under={under}
          title={t.rich('acting.title', { person: <bdi>{person}</bdi> })}
          lede={t('acting.lede')}
          current="overview"
          locale={locale}
        />
        <section class="section" aria-labelledby="allowed">
          <h2 id="allowed">{t('acting.allowed')}</h2>
          <ul>
            {scope.map((each) => (
              <li>{t(`scope.${each}`)}</li>
            ))}
          </ul>
          <dl class="facts more">
            {roomsOf(under).flatMap((room) =>
              room === 'overview'
                ? []
                : [
                    <dt>
                      <a href={placeOf(locale, under, room)}>{t(`room.${room}`)}</a>
                    </dt>,
                    <dd>{t(`room.${room}.what`)}</dd>,
                  ],
            )}
          </dl>
        </section>
        <section class="section" aria-labelledby="done">
          <h2 id="done">{t('acting.done')}</h2>
          {acts.length === 0 ? <p class="text">{t('acting.done.none')}</p> : <ActList acts={acts} locale={locale} />}
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
      </>
    ),
  };
}
