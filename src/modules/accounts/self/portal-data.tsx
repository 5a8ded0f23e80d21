import { address, Button, Checkbox, ErrorSummary, type Page, type Reader } from '#design';
import { type Acting, ActingHead, ForWhom, offers, pathOf, placeOf } from '../mandates/acting.tsx';
import { selfText } from './self-text.ts';

export type PortalDataView = {
  /** `null`: whoever looks at their own. */
  readonly under: Acting | null;
  readonly organisation: string;
  readonly email: string | null;
  /** Sealed entries about this person in the private log. */
  readonly entries: number;
  readonly questions: number;
  readonly published: number;
  /** Documents that they accepted, refused or withdrew from. */
  readonly acceptances: number;
  readonly unconfirmed: boolean;
};

/** What is held here about a person: to take along, and to end, with what stays and why. */
export function portalData(view: PortalDataView, { locale }: Reader): Page {
  const t = selfText(locale);
  const { under } = view;
  const whose = { who: under ? 'other' : 'self' };
  const error = view.unconfirmed ? t('erase.unconfirmed') : undefined;
  return {
    title: t('data', whose),
    description: '',
    section: under ? 'acting' : 'data',
    path: pathOf(under, 'data'),
    unlisted: true,
    body: (
      <>
        <ActingHead
          under={under}
          title={t('data', whose)}
          lede={t('data.lede', { ...whose, organisation: view.organisation })}
          current="data"
          locale={locale}
        />
        <ErrorSummary errors={error === undefined ? [] : [{ field: 'confirm', message: error }]} />
        {offers(under, 'self:read') && (
          <section class="section" aria-labelledby="take">
            <h2 id="take">{t('take')}</h2>
            <p class="text">{t('take.what', whose)}</p>
            <p>
              <a class="button" href={placeOf(locale, under, 'data', 'account.json')} download>
                {t('take.send')}
              </a>
            </p>
          </section>
        )}
        {offers(under, 'self:erase') && <Erasure view={view} error={error} locale={locale} />}
      </>
    ),
  };
}

function Erasure({ view, error, locale }: { view: PortalDataView; error: string | undefined; locale: string }) {
  const t = selfText(locale);
  const { organisation, entries, questions, published, acceptances, under } = view;
  const whose = { who: under ? 'other' : 'self' };
  return (
    <section class="section" aria-labelledby="erase">
      <h2 id="erase">{t('erase', whose)}</h2>
      <div class="text">
        <p>{t('erase.what')}</p>
        <h3>{t('erase.goes')}</h3>
        <ul>
          <li>{t('erase.goes.account', { ...whose, email: view.email ?? '' })}</li>
          <li>{t('erase.goes.key', { ...whose, entries })}</li>
          {questions > 0 && <li>{t('erase.goes.questions', { ...whose, questions })}</li>}
          {acceptances > 0 && <li>{t('erase.goes.acceptances', { acceptances })}</li>}
        </ul>
        <h3>{t('erase.stays')}</h3>
        <ul>
          <li>{t('erase.stays.entries', { entries })}</li>
          {questions > 0 && <li>{t('erase.stays.count', { ...whose, questions })}</li>}
          {published > 0 && <li>{t('erase.stays.published', { ...whose, published })}</li>}
          {acceptances > 0 && <li>{t('erase.stays.acceptances', { organisation })}</li>}
          <li>{t('erase.stays.backups', { organisation })}</li>
        </ul>
      </div>
      <details class="more danger-zone" open={view.unconfirmed}>
        <summary>{t('erase.open', whose)}</summary>
        <form method="post" action={placeOf(locale, under, 'data', 'erase')}>
          <ForWhom under={under} />
          <Checkbox name="confirm" label={t('erase.confirm')} error={error} />
          <Button tone="danger">{t('erase.send')}</Button>
        </form>
      </details>
    </section>
  );
}

/** After a delegate erased somebody: the mandate is over, and what is left are their own pages. */
export function portalOtherErased(_: object, { locale }: Reader): Page {
  const t = selfText(locale);
  return {
    title: t('erased.other'),
    description: '',
    section: 'mandates',
    path: 'me/mandates',
    unlisted: true,
    body: (
      <div class="head">
        <div>
          <h1>{t('erased.other')}</h1>
          <p class="lede">{t('erased.other.lede')}</p>
          <p>
            <a href={address(locale, 'me')}>{t('erased.other.back')}</a>
          </p>
        </div>
      </div>
    ),
  };
}

/** After it: nobody is signed in any more. */
export function portalAccountErased({ organisation }: { organisation: string }, { locale }: Reader): Page {
  const t = selfText(locale);
  return {
    title: t('erased'),
    description: '',
    section: null,
    path: 'me',
    unlisted: true,
    body: (
      <div class="head">
        <div>
          <h1>{t('erased')}</h1>
          <p class="lede">{t('erased.lede')}</p>
          <p>
            <a href={address(locale)}>{t('erased.home', { organisation })}</a>
          </p>
        </div>
      </div>
    ),
  };
}
