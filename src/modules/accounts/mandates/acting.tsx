import { address, urlPart } from '#design';
import type { ComponentChildren } from 'preact';
import type { SeenMandate } from './list-mandates.ts';
import type { MandateScope } from './mandate.ts';
import { MandateCrumbs } from './mandate-crumbs.tsx';
import { LastDay } from './mandate-marks.tsx';
import { mandatesText } from './mandates-text.ts';

/** The mandate inside which a page is seen. Pages about oneself are the same pages, with `null` in its place. */
export type Acting = Pick<SeenMandate, 'id' | 'kind' | 'scope' | 'person' | 'expiresAt'>;

/** Whether a page offers this: to oneself everything, to a delegate what the mandate names. */
export function offers(under: Acting | null, scope: MandateScope): boolean {
  return under === null || under.scope.includes(scope);
}

/** Where a page about oneself stands, or its counterpart inside a mandate. */
export function placeOf(locale: string, under: Acting | null, ...parts: readonly string[]): string {
  return address(locale, ...rooms(under), ...parts);
}

/** The same without the language: what a page calls its path. */
export function pathOf(under: Acting | null, ...parts: readonly string[]): string {
  return [...rooms(under), ...parts].map((part) => urlPart(part)).join('/');
}

function rooms(under: Acting | null): readonly string[] {
  return under ? ['me', 'for', under.id] : ['me'];
}

/** In every form inside a mandate: it is for this person, so that it does nothing at the place of another, nor at one's own. */
export function ForWhom({ under }: { under: Acting | null }) {
  return under && <input type="hidden" name="for" value={under.id} />;
}

/** What stands at the top of a page. Inside a mandate that is for whom one acts: it cannot be overlooked. */
export function ActingHead(props: {
  under: Acting | null;
  title: ComponentChildren;
  lede: ComponentChildren;
  /** Which of the pages inside a mandate this is. */
  current?: Room;
  locale: string;
}) {
  const { under, title, lede, current, locale } = props;
  return (
    <>
      {under && <ActingFrame under={under} current={current} locale={locale} />}
      <div class="head">
        <div>
          <h1>{title}</h1>
          <p class="lede">{lede}</p>
        </div>
      </div>
    </>
  );
}

const all = ['overview', 'questions', 'ask', 'acceptances', 'settings', 'data'] as const;
type Room = (typeof all)[number];
const needed = {
  overview: null,
  questions: 'self:read',
  ask: 'self:manage',
  acceptances: 'self:read',
  settings: 'self:read',
  data: null,
} as const satisfies Record<Room, MandateScope | null>;

/** What can be opened under a mandate. Data is there to be taken along or to be erased; with neither right there is nothing to see. */
export function roomsOf(under: Acting): Room[] {
  return all.filter((room) => {
    if (room === 'data') return offers(under, 'self:read') || offers(under, 'self:erase');
    const scope = needed[room];
    return scope === null || offers(under, scope);
  });
}

function ActingFrame({ under, current, locale }: { under: Acting; current: Room | undefined; locale: string }) {
  const t = mandatesText(locale);
  const { person, kind, expiresAt } = under;
  return (
    <>
      <MandateCrumbs surface="me" locale={locale} />
      <div class="notice warn">
        <p>
          <b>{t.rich('acting.heading', { person: <bdi>{person}</bdi> })}</b>
        </p>
        <p>{t.rich('acting.frame', { kind: t(`kind.${kind}`), date: <LastDay expiresAt={expiresAt} /> })} </p>
        <nav class="site-nav" aria-label={t('acting.rooms')}>
          <ul>
            {roomsOf(under).map((room) => (
              <li>
                <a
                  href={room === 'overview' ? placeOf(locale, under) : placeOf(locale, under, room)}
                  aria-current={room === current ? 'page' : undefined}
                >
                  {t(`room.${room}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </>
  );
}
