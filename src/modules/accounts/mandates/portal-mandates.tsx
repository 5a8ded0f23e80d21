import { address, Button, Notice, type Page, type Reader, Table } from '#design';
import { ActList } from './act-list.tsx';
import type { MandateAct } from './acts-under.ts';
import type { OwnMandates, SeenMandate } from './list-mandates.ts';
import { LastDay, MandateStanding, Scope } from './mandate-marks.tsx';
import { mandatesText } from './mandates-text.ts';

export type PortalMandatesView = OwnMandates & {
  readonly just: 'requested' | 'offered' | 'accepted' | 'ended' | null;
};

type Part = { readonly mandates: readonly SeenMandate[]; readonly locale: string };

/** Who acts for whoever looks, and for whom they act. */
export function portalMandates(view: PortalMandatesView, { locale }: Reader): Page {
  const t = mandatesText(locale);
  return {
    title: t('mandates'),
    description: '',
    section: 'mandates',
    path: 'me/mandates',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('mandates')}</h1>
            <p class="lede">{t('mandates.lede')}</p>
          </div>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`just.${view.just}`)}</p>
          </Notice>
        )}
        {view.offers.map((offer) => (
          <Offer offer={offer} locale={locale} />
        ))}
        <section class="section" aria-labelledby="for-me">
          <h2 id="for-me">{t('for-me')}</h2>
          {view.forMe.length === 0 ? <p class="text">{t('for-me.empty')}</p> : <ForMe mandates={view.forMe} locale={locale} />}
          <p class="more">
            <a href={address(locale, 'me', 'mandates', 'offer')}>{t('for-me.new')}</a>
          </p>
        </section>
        <section class="section" aria-labelledby="as-delegate">
          <h2 id="as-delegate">{t('as-delegate')}</h2>
          {view.asDelegate.length === 0 ? (
            <p class="text">{t('as-delegate.empty')}</p>
          ) : (
            <AsDelegate mandates={view.asDelegate} locale={locale} />
          )}
          <p class="more">
            <a href={address(locale, 'me', 'mandates', 'request')}>{t('as-delegate.new')}</a>
          </p>
        </section>
      </>
    ),
  };
}

function Offer({ offer, locale }: { offer: SeenMandate; locale: string }) {
  const t = mandatesText(locale);
  const { id, kind, scope, person, words, expiresAt } = offer;
  return (
    <section class="section" aria-labelledby={`offer-${id}`}>
      <h2 id={`offer-${id}`}>{t.rich('offer', { person: <bdi>{person}</bdi> })}</h2>
      <p class="text">
        {t.rich(`offer.what`, {
          kind: t(`kind.${kind}`),
          scope: <Scope scope={scope} locale={locale} />,
          date: <LastDay expiresAt={expiresAt} />,
        })}
      </p>
      {words !== '' && (
        <p class="multiline cited" dir="auto">
          {words}
        </p>
      )}
      <div class="actions">
        <form method="post" action={address(locale, 'me', 'mandates', id, 'accept')}>
          <Button>{t('accept')}</Button>
        </form>
        <form method="post" action={address(locale, 'me', 'mandates', id, 'end')}>
          <Button tone="second">{t('decline')}</Button>
        </form>
      </div>
    </section>
  );
}

function ForMe({ mandates, locale }: Part) {
  const t = mandatesText(locale);
  return (
    <Table
      caption={t('for-me')}
      quiet
      rows={mandates}
      columns={[{ head: t('person'), cell: ({ person }) => <bdi>{person || t('person.gone')}</bdi> }, ...columns(locale)]}
    />
  );
}

function AsDelegate({ mandates, locale }: Part) {
  const t = mandatesText(locale);
  return (
    <Table
      caption={t('as-delegate')}
      quiet
      rows={mandates}
      columns={[
        {
          head: t('person'),
          cell: ({ id, person, state }) => {
            const name = <bdi>{person || t('person.gone')}</bdi>;
            return state === 'active' ? (
              <a href={address(locale, 'me', 'for', id)}>{t.rich('act-for', { person: name })}</a>
            ) : (
              name
            );
          },
        },
        ...columns(locale),
      ]}
    />
  );
}

function columns(locale: string) {
  const t = mandatesText(locale);
  return [
    {
      head: t('allowed'),
      cell: ({ kind, scope }: SeenMandate) => (
        <>
          {t(`kind.${kind}`)}: <Scope scope={scope} locale={locale} />
        </>
      ),
    },
    { head: t('until'), cell: ({ expiresAt }: SeenMandate) => <LastDay expiresAt={expiresAt} /> },
    {
      head: t('state'),
      cell: ({ state, reason }: SeenMandate) => (
        <>
          <MandateStanding state={state} locale={locale} />
          {reason !== null && <p dir="auto">{reason}</p>}
        </>
      ),
    },
    { head: t('acts'), cell: ({ acts }: SeenMandate) => <Acts acts={acts} locale={locale} /> },
    {
      head: t('change'),
      cell: ({ id, state, person }: SeenMandate) =>
        (state === 'active' || state === 'requested' || state === 'offered') && (
          <form method="post" action={address(locale, 'me', 'mandates', id, 'end')}>
            <button type="submit" class="linklike">
              {t.rich(state === 'active' ? 'end' : 'take-back', { person: <span class="visually-hidden">{person}</span> })}
            </button>
          </form>
        ),
    },
  ];
}

function Acts({ acts, locale }: { acts: readonly MandateAct[]; locale: string }) {
  const t = mandatesText(locale);
  if (acts.length === 0) return <span class="quiet">{t('acts.none')}</span>;
  return (
    <details>
      <summary>{t('acts.n', { n: acts.length })}</summary>
      <ActList acts={acts} locale={locale} />
    </details>
  );
}
